/** Which sources to ask next, and how much in all. Pure: the same state gives the same steps in the same order. */
import { SERVICE_KIND } from "@/lib/domain/correlation-key";
import { fetchId, type EvidenceRequest } from "@/lib/domain/evidence-request";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { Limits } from "@/lib/domain/configuration";
import type { FollowedKey, PlanStep } from "@/lib/domain/query-plan";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";

/** What planning needs to know of a source. */
export interface PlannableSource {
  readonly id: SourceId;
  readonly answers: ReadonlySet<EvidenceRequest["kind"]>;
}

export interface PlanState {
  readonly window: TimeWindow;
  readonly sources: readonly PlannableSource[];
  readonly limits: Limits;
  /** Ids of all steps planned so far. */
  readonly planned: ReadonlySet<string>;
  /** Raw names of services whose context was asked for already. */
  readonly contextAsked: ReadonlySet<string>;
}

export interface PlanAnswer {
  readonly steps: readonly PlanStep[];
  /** Non-empty when a limit kept something from being asked. */
  readonly gaps: readonly EvidenceGap[];
}

/** Steps for the asked keys and for every key the evidence led to, minus what was planned before. */
export function planKeySteps(state: Omit<PlanState, "contextAsked">, keys: readonly FollowedKey[]): PlanAnswer {
  const steps: PlanStep[] = [];
  const gaps: EvidenceGap[] = [];
  const tracesPlanned = new Set([...state.planned].filter((id) => id.includes("|trace|")).map(lastPart));
  let left = state.limits.steps - state.planned.size;
  let cutKeys = 0;
  for (const followed of [...keys].sort(byHopThenId)) {
    if (followed.hop > state.limits.hops) {
      cutKeys++;
      continue;
    }
    const isTrace = followed.key.kind === "trace";
    if (isTrace && !tracesPlanned.has(followed.key.value)) {
      if (tracesPlanned.size >= state.limits.tracesPerQuestion) {
        cutKeys++;
        continue;
      }
      tracesPlanned.add(followed.key.value);
    }
    for (const source of state.sources) {
      const step = keyStep(source, followed, state.window);
      if (!step || state.planned.has(step.id)) continue;
      if (left <= 0) {
        cutKeys++;
        break;
      }
      left--;
      steps.push(step);
    }
  }
  if (cutKeys > 0) gaps.push(budgetGap(keys.length - cutKeys, keys.length));
  return { steps, gaps };
}

interface NamedService {
  readonly spellings: readonly string[];
}

/** Context steps for services that the evidence touched, under those of their names that were not asked about yet. */
export function planContextSteps(state: PlanState, services: readonly NamedService[]): readonly PlanStep[] {
  const fresh = namesOf(services).filter((name) => !state.contextAsked.has(name));
  return serviceSteps(state, fresh, "context");
}

/** What a question about services begins with: their surroundings, and what failed in them. */
export function planServiceSteps(state: PlanState, services: readonly NamedService[]): PlanAnswer {
  if (services.length === 0) return { steps: [], gaps: [] };
  const steps = [...planContextSteps(state, services), ...serviceSteps(state, namesOf(services), "failures")];
  const gaps = state.sources
    .filter(({ answers }) => answers.has("by-key") && !answers.has("failures"))
    .map(({ id: source }): EvidenceGap => ({ source, reason: "id-absent", detail: NOT_BY_SERVICE, retryable: false }));
  return { steps, gaps };
}

const NOT_BY_SERVICE =
  "Its lines and errors are found by an id or a trace, not by a service: open the trace of a failure to see them.";

function namesOf(services: readonly NamedService[]): string[] {
  return [...new Set(services.flatMap(({ spellings }) => spellings))].sort();
}

function serviceSteps(
  { sources, window }: PlanState,
  rawServices: readonly string[],
  kind: "context" | "failures",
): PlanStep[] {
  if (rawServices.length === 0) return [];
  return sources
    .filter(({ answers }) => answers.has(kind))
    .map((source) => toStep(source, { kind, rawServices, window }, 0));
}

function keyStep(source: PlannableSource, { key, hop }: FollowedKey, window: TimeWindow): PlanStep | undefined {
  // No record carries a service as an id: `planServiceSteps` asks about it.
  if (key.kind === SERVICE_KIND) return undefined;
  if (key.kind === "trace") {
    return source.answers.has("trace") ? toStep(source, { kind: "trace", traceId: key.value, window }, hop) : undefined;
  }
  return source.answers.has("by-key") ? toStep(source, { kind: "by-key", key, window }, hop) : undefined;
}

function toStep(source: PlannableSource, request: EvidenceRequest, hop: number): PlanStep {
  return { id: fetchId(source.id, request), source: source.id, request, hop };
}

function budgetGap(shown: number, total: number): EvidenceGap {
  return {
    reason: "budget",
    detail: "The question reached the limit of follow-up searches; some found ids were not searched for.",
    retryable: false,
    shown,
    total,
  };
}

function byHopThenId(a: FollowedKey, b: FollowedKey): number {
  return a.hop - b.hop || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function lastPart(stepId: string): string {
  return stepId.slice(stepId.lastIndexOf("|") + 1);
}
