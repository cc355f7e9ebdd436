/** Numbers that know how sure they are, and the few formulas that make them. */
import type { Estimate } from "@/lib/contract/noise-report";
import { at } from "./at";

export function notKnown(why: string, n = 0): Estimate {
  return { value: null, low: null, high: null, n, why };
}

export function known(value: number, low: number | null, high: number | null, n: number): Estimate {
  return { value, low, high, n, why: "" };
}

/** Wilson's 95 % interval of a share. */
export function wilson(hits: number, n: number): { low: number; high: number } {
  const z2 = 1.959964 ** 2;
  const p = hits / n;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Math.sqrt(z2) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

export function share(hits: number, n: number, why: string): Estimate {
  if (n === 0) return notKnown(why);
  const { low, high } = wilson(hits, n);
  return known(hits / n, low, high, n);
}

/** The smallest value that at least this share of the sorted values does not exceed; null of nothing. */
export function quantile(sorted: ArrayLike<number>, q: number): number | null {
  if (sorted.length === 0) return null;
  return at(sorted, Math.max(0, Math.ceil(q * sorted.length) - 1));
}

/** Pearson's dispersion of counts, at least 1: how much more they vary than chance alone would make them. */
export function dispersion(counts: readonly number[]): number {
  if (counts.length < 2) return 1;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  if (mean === 0) return 1;
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  return Math.max(1, squares / mean / (counts.length - 1));
}

/** New rate over old, with the 95 % interval of over-dispersed counts. Exposures in any unit, the same for both. */
export function rateRatio(
  before: { count: number; exposure: number },
  after: { count: number; exposure: number },
  phi: number,
): Estimate {
  const n = before.count + after.count;
  if (before.exposure <= 0 || after.exposure <= 0) return notKnown("nothing is known of the month before", n);
  if (before.count === 0 || after.count === 0) return notKnown("one of the two months has none", n);
  const ratio = after.count / after.exposure / (before.count / before.exposure);
  const half = 1.96 * Math.sqrt(phi * (1 / before.count + 1 / after.count));
  return known(ratio, ratio * Math.exp(-half), ratio * Math.exp(half), n);
}

/** What a ratio with its interval allows to say. */
export function changeOf(ratio: Estimate | null): "lower" | "higher" | "no-clear-change" | "not-known" {
  if (ratio === null || ratio.low === null || ratio.high === null) return "not-known";
  return ratio.high < 1 ? "lower" : ratio.low > 1 ? "higher" : "no-clear-change";
}
