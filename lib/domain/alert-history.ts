/** The objects of alert history: sighting → fire → episode. Definitions: docs/noise-definitions.md. */
import { z } from "zod";

/** Where alerts are told from: `alertmanager/main`, `grafana/main`, `sentry/web`, `prometheus/main`. */
export type AlertOrigin = string;

/** What a notification to a hook or receiver means. */
export const ALERT_ROUTES = ["page", "ticket", "unknown"] as const;
export const AlertRoute = z.enum(ALERT_ROUTES);
export type AlertRoute = z.infer<typeof AlertRoute>;

/** Only `resolved` fires enter statistics of duration. */
export const END_REASONS = ["resolved", "expired", "rule_removed", "source_lost", "open"] as const;
export const EndReason = z.enum(END_REASONS);
export type EndReason = z.infer<typeof EndReason>;

const texts = z.record(z.string(), z.string());

/** What an alert says about itself, the same for all sightings but for annotations, which are the latest. */
export const AlertDescription = z.strictObject({
  /** Identity of the rule over its life: `alertname`, or a uid where the sender has one. */
  rule: z.string(),
  name: z.string(),
  labels: texts,
  annotations: texts,
  generatorUrl: z.string(),
  /** Un-escaped; empty when the sender names none. */
  receiver: z.string(),
  route: AlertRoute,
  /** No data, failed evaluation, lost heartbeat: about the monitoring, not the service. */
  monitoringFault: z.boolean(),
  silenced: z.boolean(),
  inhibited: z.boolean(),
  /** Ids of silences, `mute:` and what a mute time is called, `inhibit:` and the fingerprint of the alert that inhibits. */
  quietedBy: z.array(z.string()).default([]),
  /** Read in a list and not sent to anybody: what was sent says better where it went. */
  polled: z.boolean().default(false),
  /** From metric history. */
  reconstructed: z.boolean(),
});
export type AlertDescription = z.infer<typeof AlertDescription>;

/** One alert as one delivery or poll told it. Times to the millisecond: an API cuts what a webhook tells finer. */
export interface AlertSighting {
  readonly source: AlertOrigin;
  /** Over the labels without those of replicas and values: 16 hex digits. */
  readonly fingerprint: string;
  /** `gone`: absent from a complete list of what fires. */
  readonly status: "firing" | "resolved" | "gone";
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  /** Set for `gone`. */
  readonly endReason: Exclude<EndReason, "open" | "resolved"> | null;
  readonly observedAt: Date;
  /** When the same bytes came last; absent when they came once. */
  readonly lastObservedAt?: Date;
  readonly deliveryId: bigint;
  readonly alert: AlertDescription;
}

/** One alert instance that entered firing. */
export interface AlertFire {
  /** From fingerprint and start: the same for everybody who computes it. */
  readonly id: string;
  readonly fingerprint: string;
  /** Id of the first fire of its episode. */
  readonly episodeId: string;
  readonly rule: string;
  readonly name: string;
  /** Canonical; `unknown` when no label tells. */
  readonly service: string;
  readonly environment: string;
  /** Owner of the service; `unknown` when the catalogue names none. */
  readonly team: string;
  readonly severity: string;
  readonly monitoringFault: boolean;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly endReason: EndReason;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly reconstructed: boolean;
  readonly sources: readonly AlertOrigin[];
  readonly receivers: readonly string[];
  readonly route: AlertRoute;
  readonly silenced: boolean;
  readonly inhibited: boolean;
  /** What kept it quiet at any time, spelled as in its descriptions. */
  readonly quietedBy: readonly string[];
  /** Copies of the same fire from further sources or replicas. */
  readonly duplicates: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly generatorUrl: string;
  readonly deliveries: readonly bigint[];
}

/** Fires of one fingerprint with gaps of at most five minutes. */
export interface AlertEpisode {
  readonly id: string;
  readonly fingerprint: string;
  readonly rule: string;
  readonly name: string;
  readonly service: string;
  readonly environment: string;
  readonly team: string;
  readonly severity: string;
  readonly monitoringFault: boolean;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly endReason: EndReason;
  readonly fires: number;
  /** Fires inside spans of flapping. */
  readonly flapping: number;
  readonly route: AlertRoute;
  readonly silenced: boolean;
  readonly inhibited: boolean;
  readonly reconstructed: boolean;
  readonly sources: readonly AlertOrigin[];
  readonly receivers: readonly string[];
  readonly firstSeenAt: Date;
}

/** A rule as its source defines it. */
export const RuleDefinition = z.strictObject({
  expression: z.string(),
  forSeconds: z.number(),
  keepFiringSeconds: z.number(),
  intervalSeconds: z.number(),
  labels: texts,
  annotations: texts,
  group: z.string(),
});
export type RuleDefinition = z.infer<typeof RuleDefinition>;
