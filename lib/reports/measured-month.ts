/** A month as measured by what is known now. Remembered until the data changes; two askers at once measure it once. */
import "server-only";
import { createHash } from "node:crypto";
import { configuration } from "@/lib/config/load-configuration";
import type { NoiseReport } from "@/lib/contract/noise-report";
import { monthBounds } from "@/lib/domain/month-bounds";
import type { NoiseInput } from "@/lib/domain/noise-input";
import { measureInSteps, type Measured } from "@/lib/noise/measure-month";
import type { ReviewFacts } from "@/lib/noise/review-facts";
import { store, type Store } from "@/lib/store/open-store";
import { collectMonth, MARGIN_MS } from "./collect-month";
import { keepBySize, type Kept } from "./keep-by-size";
import { takeTurns } from "./take-turns";

export interface MeasuredReport {
  readonly report: NoiseReport;
  /** SHA-256 over the rules in force at the month's end; null when none are known. */
  readonly ruleSet: string | null;
}

export interface MeasuredMonth extends Measured, MeasuredReport {
  /** Of the month itself; the one before it is only measured. */
  readonly input: Omit<NoiseInput, "before">;
}

/** Some 400 bytes each, with what is worked out from them: about 400 MB. */
const KEPT_ROWS = 1_000_000;
/** Without the rows behind them reports are small. */
const KEPT_REPORTS = 24;
const SLOT = Symbol.for("throughline.measured-months");
/** Next bundles this file several times into one process; what is kept is kept once. */
const holder: typeof globalThis & {
  [SLOT]?: { readonly months: Kept<MeasuredMonth>; readonly reports: Kept<MeasuredReport> };
} = globalThis;

/** With the rows behind the numbers. */
export async function measuredMonth(month: string, now: Date): Promise<MeasuredMonth> {
  const opened = await store();
  return kept().months.take(month, await markOf(month, now, opened), () => measure(month, now, opened));
}

/** The numbers alone, which are kept longer. */
export async function measuredReport(month: string, now: Date): Promise<MeasuredReport> {
  const opened = await store();
  const mark = await markOf(month, now, opened);
  return kept().reports.take(month, mark, async () => {
    const { report, ruleSet } = await kept().months.take(month, mark, () => measure(month, now, opened));
    return { report, ruleSet };
  });
}

function kept() {
  return (holder[SLOT] ??= {
    months: keepBySize(KEPT_ROWS, ({ input }) => input.fires.length + input.pages.length),
    reports: keepBySize(KEPT_REPORTS, () => 1),
  });
}

async function markOf(month: string, now: Date, { noise }: Store): Promise<string> {
  const data = await noise.mark(
    new Date(monthBounds(month, -1).from.getTime() - MARGIN_MS),
    new Date(monthBounds(month).to.getTime() + MARGIN_MS),
  );
  // Whether something is old enough to be judged depends on the hour too.
  return `${data} ${now.toISOString().slice(0, 13)}`;
}

async function measure(month: string, now: Date, opened: Store): Promise<MeasuredMonth> {
  const { input, ruleHashes } = await collectMonth(month, now, opened);
  const measured = await takeTurns(measureInSteps(input, configuration().noise, await factsOf(input, opened)));
  const ruleSet = ruleHashes.length === 0 ? null : createHash("sha256").update(ruleHashes.join("\n")).digest("hex");
  const { before: _before, ...own } = input;
  return { ...measured, input: own, ruleSet };
}

/** What the review knows beyond alerts. */
async function factsOf({ from, to }: Pick<NoiseInput, "from" | "to">, { accessRequests }: Store): Promise<ReviewFacts> {
  const asked = await accessRequests.asked(from, to, 100_000);
  const counts = new Map<string, { team: string; resource: string; requests: number }>();
  for (const { role, kind, wanted } of asked) {
    const line = { team: role, resource: `${kind} ${wanted}`, requests: 0 };
    const known = counts.get(`${role} ${line.resource}`) ?? line;
    counts.set(`${role} ${line.resource}`, { ...known, requests: known.requests + 1 });
  }
  return {
    accessRequests: [...counts.values()].sort((a, b) => b.requests - a.requests || (a.resource < b.resource ? -1 : 1)),
  };
}
