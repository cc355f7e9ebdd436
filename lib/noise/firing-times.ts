/** How long fires last, without their wait before and the time that a rule keeps them on after. */
import { at } from "./at";
import { quantile } from "./estimates";
import { lowerBound } from "./index-fires";
import type { Month } from "./prepare-month";
import { step, type Steps } from "./steps";

const STEPS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

export interface FiringTimes {
  readonly steps: readonly { seconds: number; share: number }[];
  readonly duration: { n: number; medianSeconds: number | null; p90Seconds: number | null };
  /** Sorted seconds of the resolved fires of each rule. */
  readonly ofRule: ReadonlyMap<string, Float64Array>;
}

/** Only fires that their source resolved; one that expired was not seen to end. */
export function* measureFiringTimes(month: Month): Steps<FiringTimes> {
  const { names } = month.index.coded.rule;
  const { all, byRule } = yield* step(collect(month));
  const sorted = yield* step(Float64Array.from(all).sort());
  return {
    steps:
      sorted.length === 0
        ? []
        : STEPS.map((seconds) => ({ seconds, share: lowerBound(sorted, seconds + 1e-9) / sorted.length })),
    duration: { n: sorted.length, medianSeconds: quantile(sorted, 0.5), p90Seconds: quantile(sorted, 0.9) },
    ofRule: yield* step(new Map(names.map((rule, code) => [rule, Float64Array.from(at(byRule, code)).sort()]))),
  };
}

/** Seconds of each, of all and by the number of the rule. */
function collect(month: Month): { readonly all: readonly number[]; readonly byRule: readonly (readonly number[])[] } {
  const { codes, names } = month.index.coded.rule;
  const keepOf = new Map(month.input.rules.map(({ rule, keepFiringSeconds }) => [rule, keepFiringSeconds]));
  const keep = names.map((rule) => keepOf.get(rule) ?? 0);
  const byRule = names.map((): number[] => []);
  const all: number[] = [];
  for (let index = month.index.inMonth.from; index < month.index.inMonth.to; index += 1) {
    const fire = at(month.index.fires, index);
    if (fire.endReason !== "resolved" || fire.endsAt === null) continue;
    const rule = at(codes, index);
    const seconds = Math.max(0, (fire.endsAt - fire.startsAt) / 1000 - at(keep, rule));
    all.push(seconds);
    at(byRule, rule).push(seconds);
  }
  return { all, byRule };
}

/** What to add to a rule's `for` so that a quarter, half and three quarters of its fires go; null below four fires. */
export function forToRemove(sorted: Float64Array | undefined) {
  const of = (q: number) => (sorted === undefined || sorted.length < 4 ? null : quantile(sorted, q));
  return { quarter: of(0.25), half: of(0.5), most: of(0.75) };
}
