/** Evaluations of alerting rules that are known, and what a server that keeps their samples answers to edge queries. */
import type { ReadStretch } from "../rebuild-fires";
import type { Series } from "../wire";

const LOOKBACK_S = 300;

export interface PlantedRun {
  readonly labels: Readonly<Record<string, string>>;
  /** Indices of evaluations: fires at the first, does not any more at the second; null: never told to end. */
  readonly from: number;
  readonly to: number | null;
  /** Evaluations that the server lived to make; all when absent. */
  readonly diedAt?: number;
  readonly activeAtS: number;
}

interface Sample {
  readonly atS: number;
  readonly value: number;
  readonly isStale: boolean;
}

/** `atOf`: the time of an evaluation. */
export function answersOver(
  runs: readonly PlantedRun[],
  atOf: (evaluation: number) => number,
  { afterS, untilS, stepS }: { readonly afterS: number; readonly untilS: number; readonly stepS: number },
): ReadStretch {
  const sets = new Map<string, { labels: PlantedRun["labels"]; samples: Sample[] }>();
  for (const { labels, from, to, diedAt, activeAtS } of runs) {
    const id = JSON.stringify(labels);
    const known = sets.get(id) ?? { labels, samples: [] };
    sets.set(id, known);
    const end = Math.min(to ?? Infinity, diedAt ?? Infinity);
    for (let index = from; index < end && atOf(index) <= untilS; index += 1) {
      known.samples.push({ atS: atOf(index), value: activeAtS, isStale: false });
    }
    if (to !== null && (diedAt === undefined || to < diedAt)) {
      known.samples.push({ atS: atOf(to), value: 0, isStale: true });
    }
  }
  const answer = { starts: [], ends: [], activeAtStarts: [], activeAtEnds: [], before: [], activeBefore: [] } as Record<
    "starts" | "ends" | "activeAtStarts" | "activeAtEnds" | "before" | "activeBefore",
    Series[]
  >;
  for (const { labels, samples } of sets.values()) {
    samples.sort((a, b) => a.atS - b.atS);
    const points: Record<keyof typeof answer, [number, string][]> = {
      ...{ starts: [], ends: [], activeAtStarts: [], activeAtEnds: [], before: [], activeBefore: [] },
    };
    let place = -1;
    /** The newest sample of the last five minutes, as PromQL looks back. Asked in ascending order. */
    const seenAt = (atS: number): Sample | undefined => {
      while ((samples[place + 1]?.atS ?? Infinity) <= atS) place += 1;
      const newest = samples[place];
      return newest && !newest.isStale && newest.atS > atS - LOOKBACK_S ? newest : undefined;
    };
    const first = seenAt(afterS);
    if (first) points.before.push([afterS, String(first.atS)]);
    if (first) points.activeBefore.push([afterS, String(first.value)]);
    let earlier = first;
    for (let atS = afterS + stepS; atS <= untilS; atS += stepS) {
      const seen = seenAt(atS);
      if (seen && !earlier) points.starts.push([atS, String(seen.atS)]);
      if (seen && !earlier) points.activeAtStarts.push([atS, String(seen.value)]);
      if (!seen && earlier) points.ends.push([atS, String(earlier.atS)]);
      if (!seen && earlier) points.activeAtEnds.push([atS, String(earlier.value)]);
      earlier = seen;
    }
    for (const [key, values] of Object.entries(points)) {
      if (values.length > 0) answer[key as keyof typeof answer].push({ metric: { ...labels }, values });
    }
  }
  return { afterS, untilS, stepS, ...answer };
}
