/**
 * Edges of `ALERTS` → fires. Pure. Exact when the step is at most the interval of the rule: a start edge carries the time of
 * the first firing sample, which is when Alertmanager says that it started, and an end edge that of the last one.
 *
 * - A stale marker ends a series at the next evaluation; that is "resolved". Without one the server goes on answering for
 *   five minutes after the last sample: then nobody said that it ended, and its source was lost.
 * - Samples that were interrupted are one fire when the condition became true at the same time on both sides, or when nobody
 *   said that it ended and the interruption is short. What resolved and fired again is two.
 */
import type { RebuiltFire } from "@/lib/domain/firing-history";
import type { Series } from "./wire";

/** Time that could be read without a break, in seconds, and what was found there. Values are seconds too. */
export interface ReadStretch {
  /** Not part of it: what fires here was firing before. */
  readonly afterS: number;
  readonly untilS: number;
  readonly stepS: number;
  /** Time of the first sample, at the first step that sees it. */
  readonly starts: readonly Series[];
  /** Time of the last sample, at the first step that does not see it any more. */
  readonly ends: readonly Series[];
  /** Since when the condition was true, at the same steps. */
  readonly activeAtStarts: readonly Series[];
  readonly activeAtEnds: readonly Series[];
  /** What fires at `afterS`, and since when its condition was true. */
  readonly before: readonly Series[];
  readonly activeBefore: readonly Series[];
}

/** By the name of the alert. */
export type RuleTimes = ReadonlyMap<string, { readonly intervalS: number; readonly forS: number }>;

interface Run {
  /** Undefined: it fired before the stretch. */
  firstS: number | undefined;
  startActiveS: number | undefined;
  lastS: number;
  endActiveS: number | undefined;
  /** `cut`: still firing where the stretch ends. */
  ending: "marker" | "silence" | "cut";
  readonly afterS: number;
}

const LOOKBACK_S = 300;
const SAME_ACTIVE_S = 1;
/** A server that is busy misses evaluations, and tells the end late. Less than it looks back. */
const LONGEST_DELAY_S = 240;
/** Of a rule that is not there any more. */
const USUAL_INTERVAL_S = 60;

/** In: stretches ascending, disjoint. Out: ascending by start; `open` counts what still fires at `endS` and is left out. */
export function rebuildFires(
  stretches: readonly ReadStretch[],
  rules: RuleTimes,
  endS: number,
): { readonly fires: readonly RebuiltFire[]; readonly open: number } {
  const sets = new Map<string, { labels: Record<string, string>; runs: Run[] }>();
  for (const stretch of stretches) {
    for (const [id, { labels, runs }] of runsOf(stretch, rules)) {
      const known = sets.get(id);
      if (known) known.runs.push(...runs);
      else sets.set(id, { labels, runs });
    }
  }
  const fires: RebuiltFire[] = [];
  let open = 0;
  for (const { labels, runs } of sets.values()) {
    const times = rules.get(labels["alertname"] ?? "");
    const stepS = stretches[0]?.stepS ?? 0;
    for (const run of joined(runs, times?.intervalS ?? stepS)) {
      if (run.ending === "cut" && run.lastS >= endS) open += 1;
      else fires.push(fireOf(labels, run, times ?? { intervalS: stepS, forS: 0 }));
    }
  }
  return { fires: fires.sort((a, b) => a.startsAtMs - b.startsAtMs), open };
}

function runsOf(stretch: ReadStretch, rules: RuleTimes): Map<string, { labels: Record<string, string>; runs: Run[] }> {
  const { afterS, untilS, stepS } = stretch;
  const activeAtStarts = byPlace(stretch.activeAtStarts);
  const activeAtEnds = byPlace(stretch.activeAtEnds);
  const activeBefore = byPlace(stretch.activeBefore);
  const edges = new Map<string, { labels: Record<string, string>; list: Edge[] }>();
  const add = (series: readonly Series[], kind: Edge["kind"]) => {
    for (const { metric, values } of series) {
      const labels = withoutInternal(metric);
      const id = idOf(labels);
      const known = edges.get(id) ?? { labels, list: [] };
      edges.set(id, known);
      for (const [atS, value] of values) known.list.push({ kind, atS, sampleS: Number(value) });
    }
  };
  add(stretch.before, "before");
  add(stretch.starts, "start");
  add(stretch.ends, "end");
  return new Map(
    [...edges].map(([id, { labels, list }]) => {
      const runs: Run[] = [];
      let current: Run | undefined;
      const begin = (firstS: number | undefined, startActiveS: number | undefined) => {
        current = { firstS, startActiveS, lastS: untilS, endActiveS: startActiveS, ending: "cut", afterS };
        runs.push(current);
      };
      for (const { kind, atS, sampleS } of list.sort((a, b) => a.atS - b.atS)) {
        if (kind === "before") begin(undefined, activeBefore.get(`${id}@${String(atS)}`));
        else if (kind === "start" && !current) begin(sampleS, activeAtStarts.get(`${id}@${String(atS)}`));
        else if (kind === "end" && current) {
          const intervalS = rules.get(labels["alertname"] ?? "")?.intervalS ?? USUAL_INTERVAL_S;
          const isTold = atS - sampleS <= Math.max(intervalS, Math.min(4 * intervalS, LONGEST_DELAY_S)) + 2 * stepS;
          current.lastS = sampleS;
          current.endActiveS = activeAtEnds.get(`${id}@${String(atS)}`);
          current.ending = isTold ? "marker" : "silence";
          current = undefined;
        }
      }
      return [id, { labels, runs }];
    }),
  );
}

interface Edge {
  readonly kind: "before" | "start" | "end";
  readonly atS: number;
  readonly sampleS: number;
}

function joined(runs: readonly Run[], intervalS: number): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && isSameFire(last, run, intervalS)) {
      Object.assign(last, { lastS: run.lastS, endActiveS: run.endActiveS, ending: run.ending });
    } else result.push({ ...run });
  }
  return result;
}

function isSameFire(last: Run, next: Run, intervalS: number): boolean {
  const [a, b] = [last.endActiveS, next.startActiveS];
  if (a !== undefined && b !== undefined && Math.abs(a - b) < SAME_ACTIVE_S) return true;
  return last.ending !== "marker" && (next.firstS ?? next.afterS) - last.lastS <= Math.max(2 * intervalS, LOOKBACK_S);
}

function fireOf(labels: Record<string, string>, run: Run, { intervalS, forS }: { intervalS: number; forS: number }) {
  const { firstS, startActiveS, lastS, ending, afterS } = run;
  const startS = firstS ?? Math.min(afterS, startActiveS === undefined ? afterS : startActiveS + forS);
  const endS = ending === "marker" ? lastS + intervalS : lastS;
  return {
    labels,
    startsAtMs: Math.round(startS * 1000),
    startKnown: firstS !== undefined,
    endsAtMs: Math.round(Math.max(startS, endS) * 1000),
    endReason: ending === "marker" ? ("resolved" as const) : ("source_lost" as const),
  };
}

function byPlace(series: readonly Series[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const { metric, values } of series) {
    const id = idOf(withoutInternal(metric));
    for (const [atS, value] of values) places.set(`${id}@${String(atS)}`, Number(value));
  }
  return places;
}

function idOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withoutInternal(metric: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metric).filter(([name]) => name !== "__name__" && name !== "alertstate"));
}
