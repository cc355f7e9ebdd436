/** What the signed numbers would be by what is known now. The signed ones stay. Pure. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import type { Restatement } from "@/lib/contract/review";
import type { MeasuredMonth } from "./measured-month";

const TOTALS = ["fires", "episodes", "clusters", "pages", "interrupts", "wakeUps", "noiseMinutes", "orphans"] as const;
const WORDS = {
  fires: "Fires",
  episodes: "Episodes",
  clusters: "Clusters",
  pages: "Pages",
  interrupts: "Interrupts",
  wakeUps: "Wake-ups",
  noiseMinutes: "Person-minutes of noise",
  orphans: "Orphan pages",
} as const;

export function restate(
  signed: NoiseReport,
  { report, input }: Pick<MeasuredMonth, "report" | "input">,
  signedAt: Date,
  now: Date,
): Restatement {
  const numbers = signed.numbers.map((one) => ({
    id: one.id,
    title: one.title,
    signed: one.estimate.value,
    now: report.numbers.find(({ id }) => id === one.id)?.estimate.value ?? null,
  }));
  const totals = TOTALS.map((id) => ({ id, title: WORDS[id], signed: signed.totals[id], now: report.totals[id] }));
  return {
    lines: [...numbers, ...totals].filter((line) => differs(line.signed, line.now)),
    lateVerdicts: input.verdicts.filter(({ createdAt }) => createdAt > signedAt).length,
    asOf: now.toISOString(),
  };
}

/** Sums of the same parts in another order differ in the last bit. */
function differs(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a !== b;
  return Math.abs(a - b) > 1e-9 * Math.max(1, Math.abs(a));
}
