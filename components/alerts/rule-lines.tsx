"use client";

/** One line per rule; a rule opens in place to its episodes. */
import clsx from "clsx";
import type { AlertRules } from "@/lib/contract/alert-rules";
import type { RuleSummary } from "@/lib/contract/alerts";
import { estimateText, monthName } from "@/lib/contract/noise-charts/report-words";
import type { RuleLine as MeasuredRule } from "@/lib/contract/noise-report";
import { Icon } from "../ui/icon";
import { DensityStrip } from "./density-strip";
import { useMonthMeasure } from "./use-month-measure";

export const RULE_COLUMNS =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-3 sm:grid-cols-[minmax(0,1fr)_120px_repeat(3,56px)_170px_minmax(80px,150px)]";

export function RuleLines({
  rules: { rules, to },
  open,
  onToggle,
  children,
}: {
  rules: AlertRules;
  /** The open rule. */
  open: string;
  onToggle: (rule: string) => void;
  /** The episodes of the open rule. */
  children: React.ReactNode;
}) {
  const { month, why, ruleLine } = useMonthMeasure(to);
  const inMonth = `In ${monthName(month)}, as the monthly review counts it`;
  return (
    <div className="mt-3 border-t border-line">
      <div aria-hidden="true" className={clsx(RULE_COLUMNS, "h-7 text-small text-muted max-sm:hidden")}>
        <span>Rule</span>
        <span>By day</span>
        <span className="text-right">Fires</span>
        <span className="text-right">Pages</span>
        <span className="text-right" title={inMonth}>
          Woke*
        </span>
        <span title={inMonth}>Worth paging* (90 %)</span>
        <span>Owner</span>
      </div>
      <ul aria-label="Rules">
        {rules.map((rule) => (
          <li key={rule.rule} className="border-t border-line/60">
            <RuleLine rule={rule} measured={ruleLine(rule.rule)} isOpen={rule.rule === open} onToggle={onToggle} />
            {rule.rule === open && children}
          </li>
        ))}
      </ul>
      <p className="mt-2 text-small text-muted max-sm:hidden">
        * {inMonth}
        {why === "" ? "." : `: ${why}.`}
      </p>
    </div>
  );
}

function RuleLine({
  rule,
  measured,
  isOpen,
  onToggle,
}: {
  rule: RuleSummary;
  measured: MeasuredRule | undefined;
  isOpen: boolean;
  onToggle: (rule: string) => void;
}) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      className={clsx(RULE_COLUMNS, "min-h-8 w-full py-1 text-left hover:bg-hover", isOpen && "bg-selected")}
      onClick={() => {
        onToggle(rule.rule);
      }}
    >
      <span className="flex min-w-0 items-center gap-2">
        <span className={clsx("text-muted", !isOpen && "-rotate-90")}>
          <Icon name="chevron" />
        </span>
        <span className="truncate">{rule.name}</span>
        <span className="truncate text-small text-muted">{rule.service}</span>
        {rule.open > 0 && <span className="shrink-0 text-small text-error">✕ {rule.open} firing</span>}
      </span>
      <span className="max-sm:hidden">
        <DensityStrip density={rule.density} />
      </span>
      <Count name="fires" count={rule.fires} />
      <Count name="pages" count={rule.pages} className="max-sm:hidden" />
      <Count name="wake-ups" count={measured?.wakeUps ?? null} className="max-sm:hidden" />
      <span className="truncate text-small max-sm:hidden">{measured ? worthText(measured.worthPaging) : "–"}</span>
      <span className="truncate text-small max-sm:hidden">
        {rule.owner === "" || rule.owner === "unknown" ? <span className="text-warning">! nobody</span> : rule.owner}
      </span>
    </button>
  );
}

/** Null: nobody counted, which is not the same as none. */
function Count({ name, count, className }: { name: string; count: number | null; className?: string }) {
  return (
    <span className={clsx("text-right font-mono text-small", className)}>
      {count === null ? "–" : count.toLocaleString("en-GB")}
      <span className="sr-only">
        {count === null && " not counted:"} {name}
      </span>
    </span>
  );
}

function worthText(worth: MeasuredRule["worthPaging"]): string {
  return worth.value === null ? estimateText(worth, "share") : `${estimateText(worth, "share")}, n ${String(worth.n)}`;
}
