/** Cost of noise by rule: the ten that cost most, and the rest as one. Pure. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { minutesText } from "./report-words";

export interface ParetoBar {
  readonly key: string;
  readonly name: string;
  readonly noiseMinutes: number;
  readonly wakeUps: number;
  /** Of all noise, this bar and those before it; 0 to 1. */
  readonly runningShare: number;
}

export interface Pareto {
  readonly finding: string;
  readonly bars: readonly ParetoBar[];
  readonly totalMinutes: number;
}

const TOP = 10;

export function preparePareto({ rules, totals }: Pick<NoiseReport, "rules" | "totals">): Pareto {
  const costly = rules
    .filter(({ noiseMinutes }) => noiseMinutes > 0)
    .sort((a, b) => b.noiseMinutes - a.noiseMinutes || (a.rule < b.rule ? -1 : 1));
  const rest = costly.slice(TOP);
  const lines = costly
    .slice(0, TOP)
    .map(({ rule, name, noiseMinutes, wakeUps }) => ({ key: rule, name, noiseMinutes, wakeUps }));
  if (rest.length > 0) {
    lines.push({
      key: "",
      name: `${String(rest.length)} other rules`,
      noiseMinutes: sum(rest.map((line) => line.noiseMinutes)),
      wakeUps: sum(rest.map((line) => line.wakeUps)),
    });
  }
  let running = 0;
  const total = totals.noiseMinutes;
  const bars = lines.map((line) => {
    running += line.noiseMinutes;
    return { ...line, runningShare: total === 0 ? 0 : Math.min(1, running / total) };
  });
  return { bars, totalMinutes: total, finding: findingOf(bars, total) };
}

function findingOf(bars: readonly ParetoBar[], total: number): string {
  const half = bars.findIndex(({ runningShare }) => runningShare >= 0.5);
  if (total === 0 || half < 0) return "No noise was measured";
  const rules = half === 0 ? "One rule makes" : `${String(half + 1)} rules make`;
  return `${rules} half of ${minutesText(total)} of noise`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
