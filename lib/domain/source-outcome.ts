/** What one fetch from one source came to. Failures are values: a dead source yields gaps, never an exception. */
import type { EvidenceGap } from "./evidence-gap";
import type { SourceId } from "./source-id";
import type { TimelineEvent } from "./timeline-event";

/** The query as the backend's own language has it, for "why is this here" and for copying. */
export interface NativeQuery {
  readonly language: "LogQL" | "TraceQL" | "PromQL" | "HTTP";
  readonly text: string;
  /** Deep link into Grafana, Prometheus or Sentry, when one is configured. */
  readonly url?: string;
}

/** One metric line of the strip above a timeline. `null` is a missing sample: a gap, never zero. */
export interface MetricSeries {
  readonly rawService: string;
  readonly signal: "rate" | "errors" | "duration";
  readonly unit: "requests/s" | "ratio" | "s";
  readonly points: readonly (readonly [atMs: number, value: number | null])[];
}

export interface SourceOutcome {
  readonly source: SourceId;
  /** False when nothing useful came back. The reason is in `gaps`. */
  readonly answered: boolean;
  /** In any order, may repeat. */
  readonly events: readonly TimelineEvent[];
  readonly metrics: readonly MetricSeries[];
  readonly gaps: readonly EvidenceGap[];
  /** Every query that was sent, in order. */
  readonly queries: readonly NativeQuery[];
  readonly elapsedMs: number;
}

/** True when asking again for the same time can bring nothing that was missed. */
export function isReached({ answered, gaps }: Pick<SourceOutcome, "answered" | "gaps">): boolean {
  return answered && !gaps.some((gap) => gap.retryable);
}
