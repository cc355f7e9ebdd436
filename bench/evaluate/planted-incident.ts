/** One generated incident: what the backends hold, what is asked, and what is true of it. */
import type { CorrelationKey } from "@/lib/domain/correlation-key";
import type { CatalogService, SentenceRule } from "@/lib/domain/service-catalog";
import type { TimeWindow } from "@/lib/domain/time-window";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import type { z } from "zod";

export const SHAPES = [
  "schema-mismatch",
  "rejected-approval",
  "slow-database",
  "queue-backlog",
  "missed-job",
  "bad-deploy",
  "third-party-outage",
  "identity-outage",
] as const;
export type Shape = (typeof SHAPES)[number];

/** Told once, by somebody who did not know how the product decides. */
export const HOLDOUT_SHAPES = ["expired-certificate", "poison-message", "country-flag", "stale-cache"] as const;
export type HoldoutShape = (typeof HOLDOUT_SHAPES)[number];

/**
 * The author's word for a record, given when it is written and never computed from its ids.
 * `member`: a careful person reaches it from the question by ids. `foreign`: somebody else's. `stray`: nobody's, and no
 * id leads to it. `shared`: on the way of many, showing it is neither right nor wrong. `context`: alert or deploy.
 */
export type Belongs = "member" | "foreign" | "stray" | "shared" | "context";

export interface PlantedTruth {
  readonly belongs: ReadonlyMap<string, Belongs>;
  /** Absent: the evidence is too short, and the right answer is "inconclusive". */
  readonly breakPoint?: {
    /** Every name a reader may see for the one broken service. */
    readonly services: ReadonlySet<string>;
    /** Any of these named as the break is right. */
    readonly records: ReadonlySet<string>;
  };
  /** Any of these named as the first symptom is right. */
  readonly firstSymptom: ReadonlySet<string>;
  /** Records of what staff did before it, sharing no id with the failure: "same time only", or nothing said. */
  readonly staffAction?: ReadonlySet<string>;
  /** What happened, and why the answer is what it is. */
  readonly story: string;
}

export interface PlantedIncident {
  /** `bad-deploy-3`. */
  readonly name: string;
  readonly shape: Shape | HoldoutShape;
  readonly asked: CorrelationKey;
  readonly window: TimeWindow;
  /** As the backends hold them: each at its `source`, times by the clock of its host. */
  readonly records: readonly TimelineEvent[];
  readonly truth: PlantedTruth;
  readonly services: readonly z.input<typeof CatalogService>[];
  readonly sentences: readonly z.input<typeof SentenceRule>[];
}
