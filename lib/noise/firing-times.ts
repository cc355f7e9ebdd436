/** How long fires last, without their wait before and the time that a rule keeps them on after. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { at } from "./at";
import { type Ending, ENDINGS, type Endings } from "./endings";
import { quantile } from "./estimates";
import { lowerBound } from "./index-fires";
import type { Month } from "./prepare-month";
import { step, type Steps } from "./steps";

const STEPS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

export interface FiringTimes {
  readonly steps: readonly { seconds: number; share: number }[];
  readonly duration: NoiseReport["duration"];
  /** Sorted seconds of the resolved fires of each rule. */
  readonly ofRule: ReadonlyMap<string, Float64Array>;
}

/** Quantiles of fewer say more of single fires than of how long they last. */
const FEWEST = 4;

/** Only fires that their source resolved; one that expired was not seen to end. */
export function* measureFiringTimes(month: Month, endings: Endings): Steps<FiringTimes> {
  const { names } = month.index.coded.rule;
  const { byEnd, byRule } = collect(month, endings);
  yield;
  const ends: { readonly ending: Ending; readonly sorted: Float64Array }[] = [];
  for (const [ending, seconds] of byEnd) ends.push({ ending, sorted: yield* step(Float64Array.from(seconds).sort()) });
  const sorted = yield* step(Float64Array.from(ends.flatMap((one) => [...one.sorted])).sort());
  return {
    steps:
      sorted.length === 0
        ? []
        : STEPS.map((seconds) => ({ seconds, share: lowerBound(sorted, seconds + 1e-9) / sorted.length })),
    duration: {
      n: sorted.length,
      medianSeconds: quantile(sorted, 0.5),
      p90Seconds: quantile(sorted, 0.9),
      byEnd: ends.map(({ ending, sorted: own }) => {
        const of = (q: number) => (own.length < FEWEST ? null : quantile(own, q));
        return { ending, n: own.length, medianSeconds: of(0.5), p90Seconds: of(0.9) };
      }),
    },
    ofRule: yield* step(new Map(names.map((rule, code) => [rule, Float64Array.from(at(byRule, code)).sort()]))),
  };
}

/** Seconds of each, by how it ended and by the number of the rule. */
function collect(month: Month, endings: Endings) {
  const { codes, names } = month.index.coded.rule;
  const keepOf = new Map(month.input.rules.map(({ rule, keepFiringSeconds }) => [rule, keepFiringSeconds]));
  const keep = names.map((rule) => keepOf.get(rule) ?? 0);
  const byRule = names.map((): number[] => []);
  const secondsOf = (position: number) => {
    const { startsAt, endsAt } = at(month.index.fires, position);
    const seconds = Math.max(0, ((endsAt ?? startsAt) - startsAt) / 1000 - at(keep, at(codes, position)));
    at(byRule, at(codes, position)).push(seconds);
    return seconds;
  };
  return { byEnd: ENDINGS.map((ending) => [ending, endings[ending].map(secondsOf)] as const), byRule };
}

/** What to add to a rule's `for` so that a quarter, half and three quarters of its fires go; null below four fires. */
export function forToRemove(sorted: Float64Array | undefined) {
  const of = (q: number) => (sorted === undefined || sorted.length < FEWEST ? null : quantile(sorted, q));
  return { quarter: of(0.25), half: of(0.5), most: of(0.75) };
}
