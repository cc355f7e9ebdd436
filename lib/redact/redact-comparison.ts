/**
 * A comparison of runs for one role. Healthy runs belong to other customers: of them nothing passes but steps, times,
 * counts and values of workflow fields. Roles that read no infrastructure get display names and counts.
 */
import type { ComparedStepView, ComparisonView, StepChangeView } from "@/lib/contract/comparison-view";
import { toRfc3339Nano, type EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { ComparedStep, HealthyPick, RunComparison, StepChange } from "@/lib/domain/run-comparison";
import type { AttributeValue } from "@/lib/domain/timeline-event";
import { classOfValue, redactAttribute } from "./redact-attribute";
import { serviceLabel } from "./redact-row";
import { redactGaps } from "./redact-summary";
import { Redacted } from "./redacted";
import type { RedactionContext } from "./redaction-context";

export interface ComparedRun {
  readonly traceId: string;
  readonly startedAtNs: EpochNs;
  readonly steps: number;
  readonly pick: HealthyPick;
  /** Absent when no healthy run was found. */
  readonly comparison?: RunComparison;
}

const MAX_DIFFERENCES = 200;
const VERSION = "resource.service.version";

/** Whether a different value counts: fields that say how the work went, and versions. */
export function isComparedPath(path: string, context: RedactionContext): boolean {
  const isRead = path !== VERSION || context.base.seesInfrastructure;
  return isRead && (path === VERSION || context.fields.classOf(path) === "workflow");
}

/** `compared` undefined: the timeline holds no run to compare. */
export function redactComparison(
  compared: ComparedRun | undefined,
  gaps: readonly EvidenceGap[],
  context: RedactionContext,
): Redacted<ComparisonView> {
  const nothing = {
    healthy: [],
    candidates: 0,
    healthyCandidates: 0,
    partial: false,
    differences: [],
    more: 0,
    same: 0,
  };
  const shownGaps = redactGaps(gaps, context);
  if (!compared) {
    const sentence = "No run to compare: no trace of this timeline is recorded.";
    return Redacted.seal({ state: "no-run", sentence, ...nothing, gaps: shownGaps });
  }
  const { pick, comparison } = compared;
  const seesIds = context.base.treat("telemetry-id") === "show";
  const partialSentence = comparison && partialWords(comparison, pick);
  return Redacted.seal({
    state: comparison ? "compared" : "no-healthy-run",
    sentence: comparison ? pickedWords(pick, context) : notFoundWords(pick),
    run: {
      ...(seesIds ? { traceId: compared.traceId } : {}),
      startedAt: toRfc3339Nano(compared.startedAtNs),
      steps: compared.steps,
      ...(context.base.seesInfrastructure && comparison ? { durationNs: comparison.hereNs.toString() } : {}),
      ...(context.base.seesInfrastructure && pick.version !== undefined ? { version: pick.version } : {}),
    },
    healthy: pick.used.map(({ traceId, sameVersion, distanceNs }) => ({
      ...(seesIds ? { traceId } : {}),
      ...(context.base.seesInfrastructure ? { sameVersion } : {}),
      distanceNs: distanceNs.toString(),
    })),
    candidates: pick.candidates,
    healthyCandidates: pick.healthy,
    partial: partialSentence !== undefined,
    ...(partialSentence === undefined ? {} : { partialSentence }),
    differences: (comparison?.differences ?? []).slice(0, MAX_DIFFERENCES).map((step) => redactStep(step, context)),
    more: Math.max(0, (comparison?.differences.length ?? 0) - MAX_DIFFERENCES),
    same: comparison?.same ?? 0,
    gaps: shownGaps,
  });
}

function redactStep(step: ComparedStep, context: RedactionContext): ComparedStepView {
  const { hereNs, healthyNs } = step;
  const detail = context.base.seesInfrastructure
    ? {
        operation: context.scrub(step.operation),
        ...(hereNs === undefined ? {} : { hereNs: hereNs.toString() }),
        ...(healthyNs === undefined ? {} : { healthyNs: healthyNs.toString() }),
      }
    : {};
  return {
    difference: step.difference,
    service: serviceLabel(step.service, context),
    ...detail,
    depth: step.depth,
    steps: step.steps,
    ...(step.row ? { event: context.publicId(step.row.event.id) } : {}),
    ...(step.outcome ? { outcome: step.outcome } : {}),
    changes: step.changes.flatMap((change) => redactChange(change, context) ?? []),
    uncertain: step.uncertain,
  };
}

function redactChange({ path, here, healthy }: StepChange, context: RedactionContext): StepChangeView | undefined {
  if (path === "outcome") return { path, here, healthy };
  const shown = [here, healthy].map((value) => valueFor(path, value, context));
  // A change of which one side may not be read would be told by the other.
  const [own, other] = shown;
  return own === undefined || other === undefined ? undefined : { path, here: own, healthy: other };
}

function valueFor(
  path: string,
  value: AttributeValue | null,
  context: RedactionContext,
): AttributeValue | null | undefined {
  if (value === null) return null;
  const fieldClass = classOfValue(path, value, context);
  if (fieldClass !== "workflow" && path !== VERSION) return undefined;
  return redactAttribute(path, value, fieldClass, context.base, context)?.value;
}

function pickedWords({ used, candidates, healthy, version: known }: HealthyPick, { base }: RedactionContext): string {
  const version = base.seesInfrastructure ? known : undefined;
  const [nearest] = used;
  const runs = used.length === 1 ? "1 healthy run" : `${used.length} healthy runs`;
  const ofVersion = version === undefined ? "" : nearest?.sameVersion ? " of the same version" : " of another version";
  const when = nearest ? `, the nearest ${distanceWords(nearest.distanceNs)}` : "";
  return `Compared with ${runs}${ofVersion}${when}; of ${candidates} looked at, ${healthy} had no failure.`;
}

const SEARCHED: Readonly<Record<HealthyPick["searched"][number], string>> = {
  "same-hour": "the hour around it",
  "day-before": "the same time on the day before",
  "last-week": "the 7 days before it",
};

function notFoundWords({ candidates, searched }: HealthyPick): string {
  if (searched.length === 0) return "No healthy run found: no source that can be searched for runs answered.";
  const where = searched.map((name) => SEARCHED[name]).join(", ");
  const what =
    candidates === 0
      ? "no other run of this workflow that ended well is recorded"
      : `all ${candidates} runs looked at had a failure`;
  return `No healthy run found: ${what} (${where}).`;
}

function partialWords({ hereOrphans, partialHealthyRuns }: RunComparison, pick: HealthyPick): string | undefined {
  const parts = [
    ...(pick.fromRoot ? [] : ["the run is compared from its first recorded step on"]),
    ...(hereOrphans > 0 ? [`${hereOrphans} steps of this run have no recorded caller`] : []),
    ...(partialHealthyRuns > 0 ? [`${partialHealthyRuns} healthy runs are not recorded in full`] : []),
  ];
  if (parts.length === 0) return undefined;
  return `Partial: ${parts.join(", and ")}. A missing step may only be unrecorded.`;
}

function distanceWords(ns: bigint): string {
  const minutes = Number((ns < 0n ? -ns : ns) / 60_000_000_000n);
  const side = ns < 0n ? "earlier" : "later";
  if (minutes < 1) return `less than a minute ${side}`;
  if (minutes < 120) return `${minutes} min ${side}`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h ${side}` : `${Math.round(minutes / 1440)} days ${side}`;
}
