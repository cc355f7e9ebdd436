/** Where the list of errors was cut, and the request that fetches the older ones. Pure. */
import { addNs, epochMs, epochNsFromMs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { SourceId } from "@/lib/domain/source-id";

const SECOND_NS = 1_000_000_000n;

/**
 * Errors come newest first and are listed by the second, so the rest begins with the second of the newest cut, which comes
 * twice. Windows get shorter each time, so following them ends: a second that holds more errors than one question reads
 * becomes a gap and is left behind.
 */
export function restGaps(
  source: SourceId,
  request: EvidenceRequest,
  cuts: readonly EpochNs[],
  counts: { readonly shown: number; readonly total?: number },
): EvidenceGap[] {
  const newest = [...cuts].sort().at(-1);
  if (newest === undefined) return [];
  const { fromNs, toNs } = request.window;
  const gaps: EvidenceGap[] = [];
  let restToNs = addNs(secondOf(newest), SECOND_NS);
  if (restToNs >= toNs) {
    restToNs = secondOf(addNs(toNs, -1n));
    const detail = "More errors share one second than one question may read. The rest of them cannot be fetched.";
    const window = { fromNs: restToNs > fromNs ? restToNs : fromNs, toNs };
    gaps.push({ source, reason: "truncated", detail, window, retryable: false, shown: counts.shown });
  }
  if (restToNs <= fromNs) return gaps;
  const window = { fromNs, toNs: restToNs };
  const detail = "Sentry holds more errors than one question may show. The newest are shown.";
  const continuation = { ...request, window };
  return [...gaps, { source, reason: "truncated", detail, window, retryable: false, ...counts, continuation }];
}

function secondOf(at: EpochNs): EpochNs {
  return epochNsFromMs(Math.floor(epochMs(at) / 1000) * 1000);
}
