/** One run of a workflow beside healthy runs of the same one. Raw: only `lib/redact` may read it onwards. */
import type { RowService, TimelineRow } from "./stitched-timeline";
import type { AttributeValue } from "./timeline-event";
import type { Outcome } from "./severity";

export interface StepChange {
  /** Attribute path, or `outcome`. */
  readonly path: string;
  readonly here: AttributeValue | null;
  readonly healthy: AttributeValue | null;
}

export interface ComparedStep {
  readonly difference: "missing" | "extra" | "slower" | "changed";
  readonly service: RowService | null;
  /** Ids and numbers in it replaced, the same in every run. */
  readonly operation: string;
  /** Steps above it in its run. */
  readonly depth: number;
  /** The step and all below it, for missing and extra ones; otherwise 1. */
  readonly steps: number;
  /** The step of this run; absent when missing. */
  readonly row?: TimelineRow;
  readonly hereNs?: bigint;
  /** Median over the healthy runs that have the step. */
  readonly healthyNs?: bigint;
  readonly outcome?: Outcome;
  readonly changes: readonly StepChange[];
  /** True when the step may only be unrecorded. */
  readonly uncertain: boolean;
}

export interface RunComparison {
  /** The most telling first. */
  readonly differences: readonly ComparedStep[];
  /** Steps that are the same in this run and in the healthy ones. */
  readonly same: number;
  readonly hereSteps: number;
  /** Median over the healthy runs. */
  readonly healthySteps: number;
  readonly hereNs: bigint;
  readonly healthyNs: bigint;
  /** Steps of this run whose caller is not recorded. */
  readonly hereOrphans: number;
  /** Healthy runs in which a caller is not recorded. */
  readonly partialHealthyRuns: number;
}

/** How the healthy runs were found. */
export interface HealthyPick {
  readonly service: RowService | null;
  readonly operation: string;
  /** Version of this run's root, where it names one. */
  readonly version?: string;
  /** False when the beginning of this run is not recorded: it is compared from its first recorded step on. */
  readonly fromRoot: boolean;
  readonly searched: readonly ("same-hour" | "day-before" | "last-week")[];
  /** Runs looked at, and those without any failure. */
  readonly candidates: number;
  readonly healthy: number;
  /** Compared with: the nearest in time, of the same version where there are any. */
  readonly used: readonly HealthyRun[];
}

export interface HealthyRun {
  readonly traceId: string;
  readonly sameVersion: boolean;
  /** Signed nanoseconds from this run's start to its start. */
  readonly distanceNs: bigint;
}
