/**
 * A question that was answered once, kept up with what happens: looks again at what it follows and sends what changed,
 * until the reader leaves or an hour is over. Which step is due when is the business of `LiveSchedule`.
 */
import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { TimelineFrame } from "@/lib/contract/timeline-answer";
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import type { IncidentMemory } from "@/lib/redact/redact-graph";
import type { TimelineRedactor } from "@/lib/redact/redact-timeline";
import type { Redacted } from "@/lib/redact/redacted";
import { completenessOf } from "./completeness";
import type { OpenQuestion } from "./open-question";
import type { TimelineDeps } from "./timeline-deps";

/** Then the stream ends and the client asks anew: what was ingested very late comes in, nothing grows without end. */
const LIVE_MS = 3_600_000;
/** How often due steps are started and answers taken in. */
const TICK_MS = 250;
/** A picture that takes long to stitch is stitched less often: at most a third of the time goes into it. */
const REST_FACTOR = 2;

export interface FollowOptions {
  readonly work: OpenQuestion;
  readonly redactor: TimelineRedactor;
  readonly memory: IncidentMemory;
  readonly deps: TimelineDeps;
  readonly signal: AbortSignal;
  readonly startedAtMs: number;
  /** Awaited before frames with new rows leave. */
  readonly beforeShown: (stitched: StitchedTimeline) => Promise<void>;
}

/** Starts with the settled first answer. A `settled` frame follows each round of looks, changed or not. */
export async function* followTimeline(options: FollowOptions): AsyncGenerator<Redacted<TimelineFrame>> {
  const { work, redactor, memory, deps, signal, startedAtMs } = options;
  const wait = deps.wait ?? waitFor;
  let shown = work.follow();
  let metrics = work.metricsVersion;
  let told = { statuses: JSON.stringify(work.statuses()), upToNs: "" };
  yield redactor.summary(shown, memory);
  yield redactor.gaps(work.gaps(shown));
  for (let restMs = TICK_MS; ;) {
    const statuses = work.statuses();
    const upToNs = work.upToNs;
    const isTold = told.statuses === JSON.stringify(statuses);
    if (!isTold) yield redactor.sources(statuses);
    if (!isTold || upToNs !== told.upToNs) {
      const completeness = completenessOf(statuses, work.gaps(shown));
      yield redactor.settled(shown, completeness, deps.now() - startedAtMs, upToNs);
    }
    told = { statuses: JSON.stringify(statuses), upToNs };
    if (signal.aborted || deps.now() - startedAtMs >= LIVE_MS) return;
    work.look();
    await wait(restMs, signal);
    if (signal.aborted) return;
    const arrivedAtMs = deps.now();
    const stitched = work.absorb(work.take());
    restMs = Math.max(TICK_MS, (deps.now() - arrivedAtMs) * REST_FACTOR);
    if (stitched !== shown) {
      shown = stitched;
      const frames = [...redactor.rows(stitched), redactor.summary(stitched, memory)];
      await options.beforeShown(stitched);
      yield* frames;
      yield redactor.gaps(work.gaps(stitched));
    }
    if (work.metricsVersion !== metrics) {
      metrics = work.metricsVersion;
      yield redactor.metrics(work.metrics(), deps.canonicalName);
    }
  }
}

/** Resolves early, and never rejects, when `signal` fires. */
function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}
