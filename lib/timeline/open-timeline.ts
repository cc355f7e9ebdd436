/**
 * The road of a question: plan → sources → normalize → stitch → redact, once per batch of answers, until nothing is left
 * to ask. Frames come out sealed; what was not sealed by `lib/redact` cannot be sent.
 */
import "server-only";
import type { TimelineFrame } from "@/lib/contract/timeline-answer";
import { keyId } from "@/lib/domain/correlation-key";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { Principal } from "@/lib/domain/principal";
import type { IncidentQuery, PlanStep, SettledStep } from "@/lib/domain/query-plan";
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import { planContextSteps, planKeySteps, type PlanState } from "@/lib/plan/plan-steps";
import { TimelineRedactor } from "@/lib/redact/redact-timeline";
import type { Redacted } from "@/lib/redact/redacted";
import { createRedactionContext } from "@/lib/redact/redaction-context";
import { readRecords, type EvidenceRecord } from "@/lib/stitch/read-records";
import { stitchTimeline } from "@/lib/stitch/stitch-timeline";
import { EvidenceDesk } from "./evidence-desk";
import { notConfiguredGaps, sourceStatuses } from "./source-statuses";
import type { TimelineDeps } from "./timeline-deps";

/** Ends when all sources settled, the budget is over or `signal` fires. Never throws for a source's sake. */
export async function* openTimeline(
  principal: Principal,
  asked: IncidentQuery,
  deps: TimelineDeps,
  signal: AbortSignal,
): AsyncGenerator<Redacted<TimelineFrame>> {
  const startedAtMs = deps.now();
  const redactor = new TimelineRedactor(createRedactionContext(deps.redaction, principal.role));
  const work = new OpenQuestion(asked, deps, signal, startedAtMs);
  yield redactor.start(asked);
  work.begin();
  yield redactor.sources(work.statuses());
  for (let batch = await work.next(); batch; batch = await work.next()) {
    const stitched = work.absorb(batch);
    yield* redactor.rows(stitched);
    yield redactor.summary(stitched);
    yield redactor.gaps(work.gaps(stitched));
    if (batch.some(({ outcome }) => outcome.metrics.length > 0)) {
      yield redactor.metrics(work.metrics(), deps.canonicalName);
    }
    yield redactor.sources(work.statuses());
  }
  if (signal.aborted) return;
  const stitched = work.stitched();
  yield redactor.gaps(work.gaps(stitched));
  yield redactor.end(stitched, work.gaps(stitched), deps.now() - startedAtMs);
}

/** The state of one question: what was planned, what came back, what it leads to. */
class OpenQuestion {
  readonly #asked: IncidentQuery;
  readonly #deps: TimelineDeps;
  readonly #desk: EvidenceDesk;
  readonly #planned = new Set<string>();
  readonly #contextAsked = new Set<string>();
  readonly #settled: SettledStep[] = [];
  readonly #records: EvidenceRecord[][] = [];
  #planGaps: readonly EvidenceGap[] = [];
  #stitched: StitchedTimeline | undefined;

  constructor(asked: IncidentQuery, deps: TimelineDeps, signal: AbortSignal, startedAtMs: number) {
    this.#asked = asked;
    this.#deps = deps;
    const { totalSeconds, sourceSeconds, rowsPerFetch, bytesPerFetch } = deps.limits;
    this.#desk = new EvidenceDesk({
      sources: deps.sources,
      signal,
      now: deps.now,
      budget: () => ({
        deadlineAtMs: Math.min(deps.now() + sourceSeconds * 1000, startedAtMs + totalSeconds * 1000),
        maxRows: rowsPerFetch,
        maxBytes: bytesPerFetch,
      }),
    });
  }

  begin(): void {
    const seeds = this.#asked.keys.map((key) => ({ id: keyId(key), key, hop: 0 }));
    const { steps, gaps } = planKeySteps(this.#planState(), seeds);
    this.#planGaps = gaps;
    this.#start(steps);
  }

  next(): Promise<readonly SettledStep[] | undefined> {
    return this.#desk.next();
  }

  /** Reads a batch, stitches anew and starts whatever the evidence now leads to. */
  absorb(batch: readonly SettledStep[]): StitchedTimeline {
    for (const settled of batch) {
      this.#settled.push(settled);
      this.#records.push(readRecords(settled, this.#deps.reading));
    }
    const stitched = this.#stitch();
    const { steps, gaps } = planKeySteps(this.#planState(), stitched.follow);
    this.#planGaps = gaps;
    const services = stitched.services.map(({ service, spellings }) => ({ name: service.name, spellings }));
    const context = planContextSteps(this.#planState(), services);
    for (const { name } of services) this.#contextAsked.add(name);
    this.#start([...steps, ...context]);
    return stitched;
  }

  stitched(): StitchedTimeline {
    return this.#stitched ?? this.#stitch();
  }

  statuses() {
    return sourceStatuses([...this.#deps.sources.keys()], this.#settled, this.#desk.running);
  }

  gaps(stitched: StitchedTimeline): EvidenceGap[] {
    const missing = notConfiguredGaps([...this.#deps.sources.keys()]);
    return [...missing, ...this.#settled.flatMap(({ outcome }) => outcome.gaps), ...stitched.gaps, ...this.#planGaps];
  }

  metrics() {
    return this.#settled.flatMap(({ outcome }) => outcome.metrics);
  }

  #stitch(): StitchedTimeline {
    const { expansion, limits } = this.#deps;
    this.#stitched = stitchTimeline({ asked: this.#asked.keys, batches: this.#records, expansion, limits });
    return this.#stitched;
  }

  #start(steps: readonly PlanStep[]): void {
    for (const step of steps) this.#planned.add(step.id);
    this.#desk.start(steps);
  }

  #planState(): PlanState {
    const sources = [...this.#deps.sources.values()];
    const { limits } = this.#deps;
    return { window: this.#asked.window, sources, limits, planned: this.#planned, contextAsked: this.#contextAsked };
  }
}
