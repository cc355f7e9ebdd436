/** One timeline row as it crosses to a browser, a token or an export. Everything here went through `lib/redact`. */
import { z } from "zod";
import { ACTOR_KINDS, EVENT_KINDS } from "@/lib/domain/timeline-event";
import { FieldClass, Treatment } from "@/lib/domain/role";
import { Outcome, Severity } from "@/lib/domain/severity";
import { SourceKind } from "@/lib/domain/source-id";

export const AttributeView = z.strictObject({
  value: z.union([z.string(), z.number(), z.boolean()]),
  class: FieldClass,
  treatment: Treatment,
});
export type AttributeView = z.infer<typeof AttributeView>;

/** One join of the chain that brought a row in, first join first. */
export const WhyStep = z.strictObject({
  /** `order:48192`, treated like any key; absent when the role may not read keys of the kind. */
  key: z.string().optional(),
  keyKind: z.string(),
  /** Name of the key rule, such as `order id`. */
  rule: z.string(),
  /** Where it was found: an attribute path, `text`, `trace parent`, `same service and time`. Absent when withheld. */
  foundIn: z.string().optional(),
  confidence: z.enum(["exact", "text", "structure", "context"]),
  source: SourceKind,
  sourceId: z.string().optional(),
  query: z
    .strictObject({
      language: z.enum(["LogQL", "TraceQL", "PromQL", "HTTP"]),
      text: z.string(),
      url: z.string().optional(),
    })
    .optional(),
  /** The row whose record led to this step's key. Absent for a key that was asked. */
  throughEvent: z.string().optional(),
});
export type WhyStep = z.infer<typeof WhyStep>;

export const EventView = z.strictObject({
  id: z.string(),
  /** Sort rows by this text: it is the same total order for every role. */
  orderKey: z.string(),
  kind: z.enum(EVENT_KINDS),
  /** RFC 3339 with nine fraction digits. */
  happenedAt: z.string(),
  happenedAtNs: z.string().regex(/^\d{19}$/),
  observedAt: z.string().optional(),
  /** Nanoseconds, for rows that last. */
  durationNs: z.string().regex(/^\d+$/).optional(),
  /** Display name of the canonical service. */
  service: z.string().nullable(),
  environment: z.string().nullable(),
  actor: z.strictObject({ kind: z.enum(ACTOR_KINDS), name: z.string().optional() }),
  severity: Severity,
  outcome: Outcome,
  /** Engineers: the record's own words, scrubbed. Others: the sentence. */
  title: z.string(),
  /** Plain sentence from approved words only, the same for every role. */
  sentence: z.string(),
  text: z.string().optional(),
  attributes: z.record(z.string(), AttributeView),
  keys: z.array(z.strictObject({ kind: z.string(), value: z.string() })),
  source: SourceKind,
  sourceId: z.string().optional(),
  links: z.array(z.strictObject({ label: z.string(), url: z.string() })),
  why: z.array(WhyStep).min(1),
  context: z.boolean(),
  /** Source letters of every place that reported the same fact, this one included. */
  seenIn: z.array(SourceKind).min(1),
  /** Records the row stands for, its own included: `count - 1` other rows name it in `partOf`. */
  count: z.number().int().positive(),
  /** The row that stands for this one. Rows with it are shown when that row is opened. */
  partOf: z.string().optional(),
  /** Why it is a part: another source's report of the same fact, or the same thing happening again. */
  part: z.enum(["same-fact", "repeat"]).optional(),
  /** When the last of the repeats happened. Only on rows that stand for repeats. */
  lastAt: z.string().optional(),
  /** The clock of this row's host against the others. `happenedAt` stays what the source wrote. */
  clock: z
    .strictObject({
      state: z.enum(["corrected", "uncorrectable"]),
      /** Equal to `happenedAt` when uncorrectable. */
      correctedAt: z.string(),
      correctedAtNs: z.string().regex(/^\d{19}$/),
      /** Signed nanoseconds that were added. */
      offsetNs: z.string().regex(/^-?\d+$/),
      /** Parent/child pairs the offset rests on. */
      pairs: z.number().int(),
      host: z.string().optional(),
      reference: z.string().optional(),
    })
    .optional(),
  /** Placed after its cause although its clock says earlier. */
  causal: z.literal(true).optional(),
  /** For the waterfall. Absent for roles without telemetry ids. */
  span: z
    .strictObject({
      traceId: z.string(),
      spanId: z.string(),
      parentSpanId: z.string().optional(),
      spanKind: z.string(),
    })
    .optional(),
});
export type EventView = z.infer<typeof EventView>;
