/**
 * The road of a question: plan → sources → normalize → stitch → redact, once per batch of answers, until nothing is left
 * to ask. Frames come out sealed; what was not sealed by `lib/redact` cannot be sent.
 */
import "server-only";
import type { TimelineFrame } from "@/lib/contract/timeline-answer";
import type { Access } from "@/lib/domain/access";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import type { StoredReveal } from "@/lib/domain/stored-reveal";
import type { StoredUnlink } from "@/lib/domain/stored-unlink";
import type { RevealReader } from "@/lib/redact/redact-reveals";
import { TimelineRedactor } from "@/lib/redact/redact-timeline";
import type { Redacted } from "@/lib/redact/redacted";
import { createRedactionContext } from "@/lib/redact/redaction-context";
import { completenessOf } from "./completeness";
import { followTimeline } from "./follow-timeline";
import { noteWithheld } from "./note-withheld";
import { OpenQuestion } from "./open-question";
import { unrecorded, type BeforeShown } from "./record-shown";
import type { TimelineDeps } from "./timeline-deps";

/** What people did with this incident. */
export interface IncidentPast {
  readonly unlinks?: readonly StoredUnlink[];
  readonly reveals?: readonly StoredReveal[];
  /** Who reads: people read what they wrote themselves. */
  readonly reader?: RevealReader;
}

/**
 * Ends when all sources settled, the budget is over or `signal` fires; a live question goes on following after that. Never
 * throws for a source's sake. `past` is what people did with this incident before; `beforeShown` is awaited before
 * frames with rows leave.
 */
export async function* openTimeline(
  access: Access,
  asked: IncidentQuery,
  deps: TimelineDeps,
  signal: AbortSignal,
  { unlinks = [], reveals = [], reader }: IncidentPast = {},
  beforeShown: BeforeShown = unrecorded,
): AsyncGenerator<Redacted<TimelineFrame>> {
  const startedAtMs = deps.now();
  const context = createRedactionContext(deps.redaction, access);
  const redactor = new TimelineRedactor(context, noteWithheld);
  const work = new OpenQuestion({ asked, deps, signal, startedAtMs, unlinks, scope: context });
  const memory = { unlinks, reveals, searchesOf: work.searchesOf, ...(reader && { reader }) };
  yield redactor.start(asked);
  work.begin();
  yield redactor.sources(work.statuses());
  for (let batch = await work.next(); batch; batch = await work.next()) {
    const stitched = work.absorb(batch);
    const frames = [...redactor.rows(stitched), redactor.summary(stitched, memory), redactor.gaps(work.gaps(stitched))];
    await beforeShown(stitched, context);
    yield* frames;
    if (batch.some(({ outcome }) => outcome.metrics.length > 0)) {
      yield redactor.metrics(work.metrics(), deps.canonicalName);
    }
    yield redactor.sources(work.statuses());
  }
  if (asked.live && !signal.aborted) {
    yield* followTimeline({
      work,
      redactor,
      memory,
      deps,
      signal,
      startedAtMs,
      beforeShown: (seen) => beforeShown(seen, context),
    });
  }
  if (signal.aborted) return;
  const stitched = work.stitched();
  const gaps = work.gaps(stitched);
  yield redactor.summary(stitched, memory);
  yield redactor.gaps(gaps);
  yield redactor.end(stitched, completenessOf(work.statuses(), gaps), deps.now() - startedAtMs);
}
