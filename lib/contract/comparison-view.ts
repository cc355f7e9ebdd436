/** One run beside healthy runs of the same workflow, as one role may read it. Everything here went through `lib/redact`. */
import { z } from "zod";
import { Outcome } from "@/lib/domain/severity";
import { AttributeView } from "./event-view";
import { GapView } from "./timeline-answer";

const Nanoseconds = z.string().regex(/^\d+$/);

export const StepChangeView = z.strictObject({
  path: z.string(),
  /** Null: the step has no such value. */
  here: AttributeView.shape.value.nullable(),
  healthy: AttributeView.shape.value.nullable(),
});
export type StepChangeView = z.infer<typeof StepChangeView>;

export const ComparedStepView = z.strictObject({
  difference: z.enum(["missing", "extra", "slower", "changed"]),
  service: z.string().nullable(),
  /** Absent for roles that read no infrastructure. */
  operation: z.string().optional(),
  /** Steps above it. */
  depth: z.number().int(),
  /** The step and all below it that share the difference. */
  steps: z.number().int().positive(),
  /** Row of this run in the timeline; absent when missing. */
  event: z.string().optional(),
  hereNs: Nanoseconds.optional(),
  /** Median over the healthy runs. */
  healthyNs: Nanoseconds.optional(),
  outcome: Outcome.optional(),
  changes: z.array(StepChangeView),
  /** The step may only be unrecorded. */
  uncertain: z.boolean(),
});
export type ComparedStepView = z.infer<typeof ComparedStepView>;

export const ComparisonView = z.strictObject({
  state: z.enum(["compared", "no-run", "no-healthy-run"]),
  /** How the healthy runs were picked and from how many, or why there is nothing to compare. Ours. */
  sentence: z.string(),
  run: z
    .strictObject({
      /** Absent for roles that read no trace ids. */
      traceId: z.string().optional(),
      startedAt: z.string(),
      steps: z.number().int(),
      durationNs: Nanoseconds.optional(),
      version: z.string().optional(),
    })
    .optional(),
  healthy: z.array(
    z.strictObject({
      traceId: z.string().optional(),
      /** Absent for roles that read no versions. */
      sameVersion: z.boolean().optional(),
      distanceNs: z.string().regex(/^-?\d+$/),
    }),
  ),
  /** Runs looked at, and those of them without any failure. */
  candidates: z.number().int(),
  healthyCandidates: z.number().int(),
  /** Something of a run is not recorded: missing steps may only be unrecorded. */
  partial: z.boolean(),
  partialSentence: z.string().optional(),
  /** The most telling first. */
  differences: z.array(ComparedStepView),
  /** Differences beyond those listed. */
  more: z.number().int(),
  same: z.number().int(),
  gaps: z.array(GapView),
});
export type ComparisonView = z.infer<typeof ComparisonView>;
