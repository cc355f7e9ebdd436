"use client";

/** Rules by what their noise costs, with what speaks against each and a way to decide. */
import { useState } from "react";
import type { Figure, RuleLine } from "@/lib/contract/noise-report";
import { Button } from "../ui/button";
import { Table } from "../ui/table";
import { estimateText, LINT_WORDS, minutesText } from "@/lib/contract/noise-charts/report-words";

const FIRST = 12;
const STANDINGS = { retire: "noise", trusted: "trusted", ask: "ask", "too-few": "too few verdicts" } as const;

export function RuleTable({
  rules,
  decided,
  onOpen,
  onDecide,
}: {
  rules: readonly RuleLine[];
  /** Rules that this review has a decision for. */
  decided: ReadonlySet<string>;
  onOpen: (figure: Figure, title: string, group: string) => void;
  /** Null for those who may not decide. */
  onDecide: ((rule: RuleLine) => void) | null;
}) {
  const [all, setAll] = useState(false);
  const ranked = [...rules].sort((a, b) => b.noiseMinutes - a.noiseMinutes || (a.rule < b.rule ? -1 : 1));
  const shown = all ? ranked : ranked.slice(0, FIRST);
  if (ranked.length === 0) return <p className="text-muted">No rule fired in what your role may read.</p>;
  return (
    <>
      <Table
        label="Rules by cost of noise"
        columns={["Rule", "Owner", "Noise", "Pages", "Wake-ups", "Worth paging (90 %)", "Standing", "Against it", ""]}
      >
        {shown.map((rule) => (
          <tr key={rule.rule} className="border-t border-line/60 align-top">
            <th scope="row" className="max-w-56 truncate py-1 pr-4 text-left font-normal" title={rule.name}>
              {rule.name}
              <span className="block truncate text-small text-muted">{rule.service}</span>
            </th>
            <td className="py-1 pr-4">
              {rule.owner === "" || rule.owner === "unknown" ? (
                <span className="text-warning">! nobody</span>
              ) : (
                rule.owner
              )}
            </td>
            <td className="py-1 pr-4 whitespace-nowrap">{minutesText(rule.noiseMinutes)}</td>
            <td className="py-1 pr-4">
              <Open count={rule.pages} figure="pages" rule={rule} onOpen={onOpen} />
            </td>
            <td className="py-1 pr-4">
              <Open count={rule.wakeUps} figure="wake-ups" rule={rule} onOpen={onOpen} />
            </td>
            <td className="py-1 pr-4 whitespace-nowrap">{estimateText(rule.worthPaging, "share")}</td>
            <td className="py-1 pr-4 whitespace-nowrap">{STANDINGS[rule.standing]}</td>
            <td className="py-1 pr-4 text-small text-muted">
              {rule.lint.map((word) => LINT_WORDS[word] ?? word).join(", ")}
            </td>
            <td className="py-1 text-right">
              {decided.has(rule.rule) ? (
                <span className="text-small text-good">✓ decided</span>
              ) : (
                onDecide && (
                  <Button
                    look="plain"
                    className="h-6 text-small print:hidden"
                    onClick={() => {
                      onDecide(rule);
                    }}
                  >
                    Decide<span className="sr-only"> about {rule.name}</span>
                  </Button>
                )
              )}
            </td>
          </tr>
        ))}
      </Table>
      {ranked.length > FIRST && (
        <p className="mt-1 text-small text-muted">
          {shown.length} shown of {ranked.length}.{" "}
          <Button
            look="plain"
            className="h-6 text-small print:hidden"
            onClick={() => {
              setAll(!all);
            }}
          >
            {all ? "Show fewer" : "Show all"}
          </Button>
        </p>
      )}
    </>
  );
}

function Open({
  count,
  figure,
  rule,
  onOpen,
}: {
  count: number;
  figure: Figure;
  rule: RuleLine;
  onOpen: (figure: Figure, title: string, group: string) => void;
}) {
  if (count === 0) return <>0</>;
  return (
    <button
      type="button"
      className="text-accent hover:underline"
      aria-label={`${String(count)} of ${rule.name}. Open the rows`}
      onClick={() => {
        onOpen(figure, `${rule.name}: ${figure}`, `rule:${rule.rule}`);
      }}
    >
      {count}
    </button>
  );
}
