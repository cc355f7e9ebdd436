/**
 * Something that could not be known. Gaps travel beside events through every stage, view, stream and export:
 * absence of evidence is never shown as "nothing happened".
 */
import { z } from "zod";
import type { EvidenceRequest } from "./evidence-request";
import type { SourceId } from "./source-id";
import type { TimeWindow } from "./time-window";

export const GAP_REASONS = [
  "not-configured", // no source of this kind is connected
  "not-permitted", // the asker's role may not query it
  "refused", // connection refused, name not found, TLS failure, circuit open
  "timeout", // no complete answer within the budget
  "denied", // 401 or 403 from the source
  "rate-limited", // 429 and the wait did not fit the budget
  "busy", // our own queue for this source was full
  "bad-response", // an answer that is not what the API promises (HTML, broken JSON, wrong shape)
  "rejected", // the source says our query is not acceptable (400, 422)
  "truncated", // row, byte or page limit reached: more exists
  "partial", // the source itself says that its answer is incomplete
  "retention", // the window reaches past what the source keeps
  "id-absent", // records exist that carry no id of the asked kind
  "hub", // a key with too many neighbours: not expanded
  "budget", // our own limit of steps or hops was reached
  "sampled", // a record names a trace that the trace store does not have
  "clock-skew", // clocks disagree by more than can be put right
  "unlinked", // a person took rows or ids out of this incident
] as const;
export const GapReason = z.enum(GAP_REASONS);
export type GapReason = z.infer<typeof GapReason>;

/** Reasons that take nothing away from what was asked: the picture is complete in spite of them. */
const HARMLESS: ReadonlySet<GapReason> = new Set(["hub", "id-absent", "not-configured", "clock-skew", "unlinked"]);

/** True when something that was asked for may be missing. The one rule for every count and mark of completeness. */
export function isLoss(gap: Pick<EvidenceGap, "reason">): boolean {
  return !HARMLESS.has(gap.reason);
}

export interface EvidenceGap {
  /** Absent for gaps that belong to no single source, such as `not-configured`. */
  readonly source?: SourceId;
  readonly reason: GapReason;
  /** Plain sentence made by Throughline, free of upstream text, ids and host names: shown to every role. */
  readonly detail: string;
  readonly window?: TimeWindow;
  /** True when asking again may help. */
  readonly retryable: boolean;
  readonly attempts?: number;
  /** Rows that did arrive, and how many exist when the source told. */
  readonly shown?: number;
  readonly total?: number;
  /** The keys the gap is about, as `kind:value`. Redacted like any key. */
  readonly keys?: readonly string[];
  /** Canonical name of the service the gap is about. Redacted like any service name. */
  readonly service?: string;
  /** The request that fetches what was cut off here, and nothing that arrived already. Asked of `source`. */
  readonly continuation?: EvidenceRequest;
}
