/** `GET /api/v1/timeline`: the JSON answer, and the same content as NDJSON frames while sources answer. */
import { z } from "zod";
import { GapReason } from "@/lib/domain/evidence-gap";
import { Ability } from "@/lib/domain/policy";
import { FieldClass, Role } from "@/lib/domain/role";
import { SourceKind } from "@/lib/domain/source-id";
import { RevealView } from "./reveal";
import { EventView } from "./event-view";

const WindowView = z.strictObject({ from: z.string(), to: z.string() });

export const QueryView = z.strictObject({
  /** The asked keys, as this role may see them. */
  keys: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  role: Role,
  /** `v12`, `file` or `built-in`, and the first digits of the hash over its meaning. */
  policyVersion: z.string(),
  policyHash: z.string(),
  /**
   * Classes that the role reads nothing of, or only a sentence. By the policy alone, never by what a record held: the
   * number of hidden fields would tell about them. "Hidden for your role" differs from "not recorded".
   */
  hidden: z.array(FieldClass),
  /** Open to the reader for now, by a reveal. */
  revealed: z.array(FieldClass),
  /** Opened by somebody's link: what is shown is what its maker, its audience and the reader all may see. */
  shared: z.boolean(),
  /** What the reader may do here. */
  abilities: z.array(Ability),
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
  /** Display name of the service the gap is about. */
  service: z.string().optional(),
  /** Ask again with `continue=<this>` to fetch the rest. */
  continuation: z.string().optional(),
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
  /** The value is a stand-in for this role. */
  pseudonym: z.literal(true).optional(),
  /**
   * How the key is named in an address and in another question: ids of accounts and people by their stand-in, so that
   * none stands in a URL. Absent when it cannot be asked for.
   */
  ref: z.string().optional(),
  /** Other keys seen beside it in joined records. */
  degree: z.number().int(),
  /** Why the question stopped here. Absent when it did not. */
  boundary: z.enum(["hub", "on-request", "other-subject", "hops"]).optional(),
  /** What "widen" would ask and bring. Absent where there is nothing to widen. */
  widen: z
    .strictObject({ searches: z.number().int(), rows: z.number().int().optional(), keys: z.number().int() })
    .optional(),
});
export type KeyView = z.infer<typeof KeyView>;

/** One join of the identity graph: the evidence of `from` named `to`. */
export const EdgeView = z.strictObject({
  /** Absent for a role that may not read keys of the kind. */
  from: z.string().optional(),
  to: z.string().optional(),
  fromKind: z.string(),
  toKind: z.string(),
  rule: z.string(),
  confidence: z.enum(["exact", "text", "structure", "context"]),
  sources: z.array(SourceKind).min(1),
  /** The first rows that carry it, at most 20, of `count`. */
  events: z.array(z.string()),
  count: z.number().int().positive(),
});
export type EdgeView = z.infer<typeof EdgeView>;

/** Who called whom in the rows shown. */
export const ServiceCallView = z.strictObject({
  from: z.string(),
  to: z.string(),
  calls: z.number().int().positive(),
  errors: z.number().int(),
  /** Nanoseconds, the slowest call. Absent for roles that read no infrastructure. */
  slowestNs: z.string().optional(),
});
export type ServiceCallView = z.infer<typeof ServiceCallView>;

/** What a person took out of this incident. */
export const UnlinkView = z.strictObject({
  id: z.string(),
  kind: z.enum(["row", "key"]),
  /** The key, as the role may read it, or the row id. */
  target: z.string(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  /** Rows that are missing because of it. */
  rows: z.number().int(),
});
export type UnlinkView = z.infer<typeof UnlinkView>;

export const ServiceView = z.strictObject({
  name: z.string(),
  owner: z.string().optional(),
  audience: z.enum(["product", "internal"]),
  rows: z.number().int(),
  errors: z.number().int(),
});
export type ServiceView = z.infer<typeof ServiceView>;

export const FINDING_KINDS = ["first-symptom", "break-point", "staff-impact", "recent-change", "blast-radius"] as const;

export const FindingView = z.strictObject({
  kind: z.enum(FINDING_KINDS),
  /** `likely` and `observed` never say "caused by". */
  level: z.enum(["observed", "likely", "inconclusive"]),
  sentence: z.string(),
  /** Service it points at, under the name the role reads. */
  service: z.string().optional(),
  /** Evidence rows, the most telling first. */
  events: z.array(z.string()),
  /** For `break-point`: what was considered, best first, the named one included. */
  candidates: z.array(
    z.strictObject({ service: z.string().nullable(), event: z.string(), evidence: z.number().int() }),
  ),
  /** What was considered and turned down, and why. */
  rejected: z.array(z.strictObject({ event: z.string(), sentence: z.string(), reason: z.string() })),
  /** For `blast-radius`: distinct things touched. `atMost` null: evidence is partial, nobody knows. */
  reach: z.array(z.strictObject({ kind: z.string(), atLeast: z.number().int(), atMost: z.number().int().nullable() })),
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
  /** Rows in the answer that stand for themselves: one per fact. */
  shown: z.number().int(),
  /** Further records behind those rows (`parts`). */
  parts: z.number().int(),
  /** Rows this role may only know to exist. */
  withheld: z.number().int(),
  /** Unique records received. `records = shown + parts + leftOut`. */
  records: z.number().int(),
  /** Records received that are not in the answer: other people's, unnamed values, unlinked ones. */
  leftOut: z.number().int(),
  /** Records left out because they belong only to other orders or accounts. */
  foreign: z.number().int(),
  /** False when a gap means that more may exist. */
  complete: z.boolean(),
  elapsedMs: z.number(),
});
export type StatsView = z.infer<typeof StatsView>;

/** How complete the picture is: the same block in every view, export and answer. */
export const CompletenessView = z.strictObject({
  state: z.enum(["complete", "partial", "nothing-answered"]),
  /** Sources that answered in full, of those connected. */
  answered: z.number().int(),
  connected: z.number().int(),
  /** Gaps that may hide something, and those that take nothing away. */
  losses: z.number().int(),
  notes: z.number().int(),
  /** One plain sentence, ours. */
  sentence: z.string(),
});
export type CompletenessView = z.infer<typeof CompletenessView>;

export const TimelineAnswer = z.strictObject({
  query: QueryView,
  completeness: CompletenessView,
  /** One row per fact. */
  events: z.array(EventView),
  /** The further records behind them: `partOf` names the event. */
  parts: z.array(EventView),
  gaps: z.array(GapView),
  keys: z.array(KeyView),
  edges: z.array(EdgeView),
  services: z.array(ServiceView),
  calls: z.array(ServiceCallView),
  findings: z.array(FindingView),
  unlinks: z.array(UnlinkView),
  /** When somebody read more of this incident than their role does. */
  reveals: z.array(RevealView),
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
    edges: z.array(EdgeView),
    services: z.array(ServiceView),
    calls: z.array(ServiceCallView),
    findings: z.array(FindingView),
    unlinks: z.array(UnlinkView),
    /** When somebody read more of this incident than their role does. */
    reveals: z.array(RevealView),
  }),
  z.strictObject({ type: z.literal("heartbeat") }),
  /** A live question is answered as far as the sources go; rows follow as they happen. Repeated after each look. */
  z.strictObject({
    type: z.literal("settled"),
    stats: StatsView,
    completeness: CompletenessView,
    /** Everything before this instant was asked for. */
    upTo: z.string(),
  }),
  z.strictObject({ type: z.literal("end"), stats: StatsView, completeness: CompletenessView }),
  z.strictObject({ type: z.literal("error"), code: z.string(), requestId: z.string() }),
]);
export type TimelineFrame = z.infer<typeof TimelineFrame>;
