/** The port every backend adapter implements. Peers: no adapter may import another. */
import type { EvidenceRequest, EvidenceRequestKind, FetchBudget } from "@/lib/domain/evidence-request";
import type { FiringHistory } from "@/lib/domain/firing-history";
import type { SourceId, SourceKind } from "@/lib/domain/source-id";
import type { SourceOutcome } from "@/lib/domain/source-outcome";

/** What a connection test says to an admin. `detail` is ours, never upstream text. */
export type ProbeResult =
  | { readonly ok: true; readonly version?: string; readonly elapsedMs: number }
  | { readonly ok: false; readonly detail: string; readonly elapsedMs: number };

export interface EventSource {
  readonly id: SourceId;
  readonly kind: SourceKind;
  /** Request kinds this backend can answer. Others are never sent to it. */
  readonly answers: ReadonlySet<EvidenceRequestKind>;
  /** Never rejects: refused, slow, cut-off, malformed and denied answers become gaps in the outcome. */
  fetch(request: EvidenceRequest, budget: FetchBudget, signal: AbortSignal): Promise<SourceOutcome>;
  /** Cheapest call that proves address and credentials. Never rejects. */
  probe(signal: AbortSignal): Promise<ProbeResult>;
  /** What fired in a past range, for sources that remember it. Milliseconds; minutes of work. Never rejects. */
  firingHistory?(
    range: { readonly fromMs: number; readonly toMs: number },
    signal: AbortSignal,
  ): Promise<FiringHistory>;
}
