/** `/api/v1/audit`: the audit trail as it may be read, and who was shown the data of one subject. */
import { z } from "zod";
import { MAX_KEY_VALUE_LENGTH } from "@/lib/domain/correlation-key";
import { Role } from "@/lib/domain/role";

/** A user, or the program itself: `command`, `system`, `anonymous`. */
export const AuditActorView = z.strictObject({ id: z.string(), name: z.string().nullable() });
export type AuditActorView = z.infer<typeof AuditActorView>;

/** Instants are ISO 8601 in UTC. */
export const AuditEntryView = z.strictObject({
  /** Decimal; without gaps. */
  seq: z.string(),
  at: z.string(),
  actor: AuditActorView,
  role: z.string(),
  action: z.string(),
  /** Digest by which the entries of one incident are found. */
  incident: z.string().nullable(),
  /** Business ids as they are, accounts and people by their stand-ins. */
  subjects: z.array(z.string()),
  /** Further subjects: beyond the first ones, or of kinds that the reader's role may not know of. */
  moreSubjects: z.number().int(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  requestId: z.string().nullable(),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

export const AuditChainView = z.strictObject({
  /** Numbers given out since the oldest entry that is left. */
  entries: z.number().int(),
  /** `seq:hash` of the newest entry; null for an empty trail. */
  head: z.string().nullable(),
  /** Newest entries that were checked for this answer, all in order unless there is a fault. */
  verified: z.number().int(),
  /** Of these, entries from before the chain, which nothing proves. */
  unchained: z.number().int(),
  fault: z.strictObject({ kind: z.string(), seq: z.string(), text: z.string() }).nullable(),
});
export type AuditChainView = z.infer<typeof AuditChainView>;

export const AuditPageView = z.strictObject({
  /** Newest first. */
  entries: z.array(AuditEntryView),
  /** `cursor` of the next page; null on the last one. */
  next: z.string().nullable(),
  /** With the first page only. */
  chain: AuditChainView.nullable(),
});
export type AuditPageView = z.infer<typeof AuditPageView>;

export const WhoSawWish = z.strictObject({
  /** `order:48192`, `account:31337`, or a stand-in as it is shown. In the body, so that it stands in no address. */
  subject: z
    .string()
    .trim()
    .min(3, "expected kind:value, such as order:48192")
    .max(MAX_KEY_VALUE_LENGTH + 50, "expected kind:value, such as order:48192"),
  /** ISO 8601, epoch ms, or `now-30d`. */
  from: z.string().max(100, "expected a time").optional(),
  to: z.string().max(100, "expected a time").optional(),
});
export type WhoSawWish = z.infer<typeof WhoSawWish>;

export const OnlookerView = z.strictObject({
  actor: AuditActorView,
  role: Role,
  /** Questions, exports and reveals that showed the subject. */
  times: z.number().int(),
  firstAt: z.string(),
  lastAt: z.string(),
  /** `timeline.view`: asked for it. `timeline.shown`: it appeared in an answer. */
  actions: z.array(z.string()),
  incidents: z.array(z.string()),
  incidentCount: z.number().int(),
  /** Reveals of the person in these incidents. Null for a reason that the reader's role may not read. */
  reasons: z.array(
    z.strictObject({
      at: z.string(),
      fieldClass: z.string(),
      reason: z.string().nullable(),
      ticket: z.string().nullable(),
    }),
  ),
});
export type OnlookerView = z.infer<typeof OnlookerView>;

export const WhoSawView = z.strictObject({
  /** As the trail names it. */
  subject: z.string(),
  /** The latest first, the first 500; each once per role. */
  people: z.array(OnlookerView),
  /** Of all that there are. */
  total: z.int(),
  /** True when these people gave more than the 200 reasons that are listed, the newest ones. */
  moreReasons: z.boolean(),
});
export type WhoSawView = z.infer<typeof WhoSawView>;
