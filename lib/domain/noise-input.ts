/** What a month is measured from. Loaded with a margin before and after, so that its edges are not invented. */
import type { AlertFire } from "./alert-history";
import type { AlertPage, AlertVerdict, CustomerImpact, OnCallShift, Responder } from "./on-call";

/** The part of a fire that measures need; a month may hold a million. */
export interface NoiseFire extends Pick<
  AlertFire,
  | "id"
  | "fingerprint"
  | "episodeId"
  | "rule"
  | "name"
  | "service"
  | "team"
  | "severity"
  | "route"
  | "monitoringFault"
  | "reconstructed"
  | "endReason"
  | "duplicates"
> {
  /** The first of them, or `unknown`. */
  readonly receiver: string;
  /** Silenced or inhibited. */
  readonly suppressed: boolean;
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
  /** Null while open. */
  readonly endsAt: number | null;
}

/** Something a person did about a service or an episode. */
export interface HumanAct {
  readonly kind: "note" | "silence" | "deploy" | "config" | "incident-link";
  readonly service: string;
  /** Null for an act on the service. */
  readonly episodeId: string | null;
  readonly at: Date;
}

export interface RuleChange {
  readonly rule: string;
  readonly at: Date;
  readonly kind: "new" | "changed" | "removed";
}

export interface NoiseRule {
  readonly rule: string;
  readonly name: string;
  readonly owner: string;
  readonly runbook: string;
  /** Empty where no source tells it. */
  readonly expression: string;
  /** What a label or annotation `rule_class` says; empty without. */
  readonly declaredClass: string;
  readonly forSeconds: number;
  readonly keepFiringSeconds: number;
}

export interface CoverageGap {
  readonly source: string;
  readonly from: Date;
  readonly to: Date;
}

export interface NoiseInput {
  /** `2026-10`; from and to are its bounds in UTC, half-open. */
  readonly month: string;
  readonly from: Date;
  readonly to: Date;
  /** Data up to here. Younger than `to` for a month that is not over. */
  readonly watermark: Date;
  /** Episodes that overlap the month and a margin of 72 hours before and after. */
  readonly fires: readonly NoiseFire[];
  readonly pages: readonly AlertPage[];
  readonly responders: readonly Responder[];
  readonly shifts: readonly OnCallShift[];
  readonly verdicts: readonly AlertVerdict[];
  readonly impacts: readonly CustomerImpact[];
  readonly acts: readonly HumanAct[];
  readonly rules: readonly NoiseRule[];
  readonly ruleChanges: readonly RuleChange[];
  /** Service to the services that it calls. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly coverageGaps: readonly CoverageGap[];
  /** Sources that should have been heard. */
  readonly sources: readonly string[];
  /** Draws the clusters that people are asked to judge: who knows it can tell which they will be. Lasting. */
  readonly sampleKey: string;
  /** The month before, measured alike; null when nothing is known of it. */
  readonly before: Omit<NoiseInput, "before"> | null;
}
