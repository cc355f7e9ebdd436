/** What will be asked of whom. Made by `lib/plan`, carried out by `lib/timeline`. */
import type { CorrelationKey, KeyId } from "./correlation-key";
import type { EvidenceRequest } from "./evidence-request";
import type { SourceId } from "./source-id";
import type { SourceOutcome } from "./source-outcome";
import type { TimeWindow } from "./time-window";

export interface IncidentQuery {
  /** At least one, unique. */
  readonly keys: readonly CorrelationKey[];
  readonly window: TimeWindow;
  /** Keys whose boundary may be crossed: hubs, ids that are followed on request only, whole shared traces. */
  readonly widen?: ReadonlySet<KeyId>;
  /** How many times the rest of a cut-off fetch is asked for, by the public token of its `fetchId`. */
  readonly continuations?: ReadonlyMap<string, number>;
  /** Goes on after the first answer, with what happens from then on. */
  readonly live?: boolean;
}

export interface PlanStep {
  /** Unique and the same on every run: source, request kind and key or services. */
  readonly id: string;
  readonly source: SourceId;
  readonly request: EvidenceRequest;
  /** Joins between the seed and this step. */
  readonly hop: number;
}

/** A step and what came of it. */
export interface SettledStep {
  readonly step: PlanStep;
  readonly outcome: SourceOutcome;
}

/** A key that the evidence so far leads to and that the rules allow to be asked about. */
export interface FollowedKey {
  readonly id: KeyId;
  readonly key: CorrelationKey;
  readonly hop: number;
}
