/** What pages cost in person-minutes, and how much of it was probably for nothing. */
import type { NoiseSettings } from "@/lib/domain/noise-settings";
import { at } from "./at";
import type { FireIndex } from "./index-fires";
import type { PageRow } from "./index-pages";
import type { JudgedUnit } from "./judged-units";
import { type Prior, shrunk, tally } from "./precision";
import { unitKey } from "./verdict-sample";
import { groupBy } from "@/lib/domain/group-by";

export interface PricedPage {
  readonly cost: number;
  /** Cost times the probability of noise; low and high from the 90 % interval of worth-paging. */
  readonly noise: number;
  readonly noiseLow: number;
  readonly noiseHigh: number;
}

/** Minutes of one page: those of its hour, or of a redundant one, and those that somebody says it took. */
export function costOf(row: PageRow, cost: NoiseSettings["cost"]): number {
  return (row.redundant ? cost.redundant : cost[row.clock.hourClass]) + (row.page.engagedMinutes ?? 0);
}

/** Noise of a page: what its verdict says, else one less the shrunk worth-paging of its rule. */
export function pricePages(
  pages: readonly PageRow[],
  index: FireIndex,
  units: ReadonlyMap<string, JudgedUnit>,
  judged: readonly JudgedUnit[],
  priorOf: (team: string) => Prior,
  settings: NoiseSettings,
): Map<PageRow, PricedPage> {
  const byRule = groupBy(judged, ({ rule }) => rule);
  const rates = new Map<string, { mean: number; low: number; high: number }>();
  const rateOf = (row: PageRow) => {
    const key = JSON.stringify([row.place.rule, row.place.team]);
    let rate = rates.get(key);
    if (rate === undefined) {
      const { worth, effective } = tally(byRule.get(row.place.rule) ?? []);
      rate = shrunk(worth, effective, priorOf(row.place.team));
      rates.set(key, rate);
    }
    return rate;
  };
  return new Map(
    pages.map((row) => {
      const cost = costOf(row, settings.cost);
      const cluster = row.episode < 0 ? -1 : at(index.episodes.clusterOf, row.episode);
      const unit = units.get(unitKey(cluster, row.place.rule));
      const worth = Math.min(1, unit?.votes.actionable ?? 0);
      const rate = unit === undefined ? rateOf(row) : { mean: worth, low: worth, high: worth };
      return [
        row,
        { cost, noise: cost * (1 - rate.mean), noiseLow: cost * (1 - rate.high), noiseHigh: cost * (1 - rate.low) },
      ];
    }),
  );
}

/** Kendall's tau-b of two lists of the same things; null when either says nothing. Quadratic: for short lists. */
export function kendallTau(a: readonly number[], b: readonly number[]): number | null {
  let agree = 0;
  let tiedA = 0;
  let tiedB = 0;
  let pairs = 0;
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const x = Math.sign(at(a, i) - at(a, j));
      const y = Math.sign(at(b, i) - at(b, j));
      agree += x * y;
      tiedA += Number(x === 0);
      tiedB += Number(y === 0);
      pairs += 1;
    }
  }
  const of = Math.sqrt((pairs - tiedA) * (pairs - tiedB));
  return of === 0 ? null : agree / of;
}
