/** `GET /api/v1/timeline`: the JSON answer, and the same content as NDJSON frames while sources answer. */
import { z } from "zod";
import { GapReason } from "@/lib/domain/evidence-gap";
import { Role } from "@/lib/domain/role";
import { SourceKind } from "@/lib/domain/source-id";
import { EventView } from "./event-view";

const WindowView = z.strictObject({ from: z.string(), to: z.string() });

export const QueryView = z.strictObject({
  /** The asked keys, as this role may see them. */
  keys: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  role: Role,
  policyVersion: z.string(),
});
export type QueryView = z.infer<typeof QueryView>;

export const GapView = z.strictObject({
  source: SourceKind.optional(),
  sourceId: z.string().optional(),
  reason: GapReason,
  /** Plain sentence, ours. */
  detail: z.string(),
  window: WindowView.optional(),
  retryable: z.boolean(),
  attempts: z.number().int().optional(),
  shown: z.number().int().optional(),
  /** Absent means unknown, and is printed so. */
  total: z.number().int().optional(),
  keys: z.array(z.string()).optional(),
});
export type GapView = z.infer<typeof GapView>;

/** A key found on the way. `followed: false` is a boundary that "widen" may cross. */
export const KeyView = z.strictObject({
  kind: z.string(),
  value: z.string(),
  asked: z.boolean(),
  followed: z.boolean(),
  /** Rows that carry it. */
  rows: z.number().int(),
  /** The value is a stand-in for this role: it names the key but cannot be searched for. */
  pseudonym: z.literal(true).optional(),
});
export type KeyView = z.infer<typeof KeyView>;

export const ServiceView = z.strictObject({
  name: z.string(),
  owner: z.string().optional(),
  audience: z.enum(["product", "internal"]),
  rows: z.number().int(),
  errors: z.number().int(),
});
export type ServiceView = z.infer<typeof ServiceView>;

export const FindingView = z.strictObject({
  kind: z.enum(["first-symptom", "preceded-by"]),
  /** `likely` and `observed` never say "caused by". */
  level: z.enum(["observed", "likely", "inconclusive"]),
  sentence: z.string(),
  events: z.array(z.string()),
});
export type FindingView = z.infer<typeof FindingView>;

export const MetricView = z.strictObject({
  service: z.string(),
  signal: z.enum(["rate", "errors", "duration"]),
  unit: z.enum(["requests/s", "ratio", "s"]),
  points: z.array(z.tuple([z.number(), z.number().nullable()])),
});
export type MetricView = z.infer<typeof MetricView>;

export const SourceStatusView = z.strictObject({
  source: SourceKind,
  sourceId: z.string().optional(),
  state: z.enum(["asking", "answered", "partial", "failed", "not-configured"]),
  /** Records received. */
  rows: z.number().int(),
  fetches: z.number().int(),
  elapsedMs: z.number(),
});
export type SourceStatusView = z.infer<typeof SourceStatusView>;

export const StatsView = z.strictObject({
  /** Rows in the answer. */
  shown: z.number().int(),
  /** Rows this role may only know to exist. */
  withheld: z.number().int(),
  /** Records that stand behind the rows, repeats included. */
  records: z.number().int(),
  /** Records left out because they belong only to other orders or accounts. */
  foreign: z.number().int(),
  /** False when a gap means that more may exist. */
  complete: z.boolean(),
  elapsedMs: z.number(),
});
export type StatsView = z.infer<typeof StatsView>;

export const TimelineAnswer = z.strictObject({
  query: QueryView,
  events: z.array(EventView),
  gaps: z.array(GapView),
  keys: z.array(KeyView),
  services: z.array(ServiceView),
  findings: z.array(FindingView),
  metrics: z.array(MetricView),
  sources: z.array(SourceStatusView),
  stats: StatsView,
});
export type TimelineAnswer = z.infer<typeof TimelineAnswer>;

/**
 * One line of the NDJSON stream. `rows` adds or replaces rows by id; `removed` names rows that became part of another.
 * Every other frame replaces what came before it of the same type. The stream ends with `end` or `error`; a stream
 * that ends otherwise was cut off.
 */
export const TimelineFrame = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("start"), query: QueryView }),
  z.strictObject({ type: z.literal("rows"), rows: z.array(EventView), removed: z.array(z.string()) }),
  z.strictObject({ type: z.literal("sources"), sources: z.array(SourceStatusView) }),
  z.strictObject({ type: z.literal("gaps"), gaps: z.array(GapView) }),
  z.strictObject({ type: z.literal("metrics"), metrics: z.array(MetricView) }),
  z.strictObject({
    type: z.literal("summary"),
    keys: z.array(KeyView),
    services: z.array(ServiceView),
    findings: z.array(FindingView),
  }),
  z.strictObject({ type: z.literal("heartbeat") }),
  z.strictObject({ type: z.literal("end"), stats: StatsView }),
  z.strictObject({ type: z.literal("error"), code: z.string(), requestId: z.string() }),
]);
export type TimelineFrame = z.infer<typeof TimelineFrame>;
