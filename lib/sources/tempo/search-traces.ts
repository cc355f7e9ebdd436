/** The newest traces that carry a key, and the request that finds the older ones. */
import { addNs, epochMs, epochNsFromMs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import type { AskSearch } from "./ask-in-parts";
import type { ByteBudget } from "./byte-budget";
import { failureGap, plainGap } from "./gaps";
import { listTraces, type SentSearch, type TraceList } from "./list-traces";
import { wholeSeconds } from "./query";
import { newestFirst } from "./rank-traces";

export interface FoundTraces {
  /** At least one search was answered. */
  readonly answered: boolean;
  /** Newest first, unique, 32 hex digits, at most `cap`. */
  readonly traceIds: readonly string[];
  readonly gaps: readonly EvidenceGap[];
  readonly sent: readonly SentSearch[];
  /** The search that found a trace, as an index into `sent`, by id. */
  readonly foundBy: ReadonlyMap<string, number>;
}

const SECOND_NS = 1_000_000_000n;

export async function searchTraces(
  ask: AskSearch,
  source: SourceId,
  request: EvidenceRequest,
  cap: number,
  bytes: ByteBudget,
): Promise<FoundTraces> {
  const window = wholeSeconds(request.window);
  // Runs to compare with are a sample: whichever come first will do, and the rest is not missed.
  const isSample = request.kind === "runs";
  const list = await listTraces(ask, window, cap, bytes, isSample ? 0 : undefined);
  const ranked = newestFirst(list.found, window);
  const gaps = isSample ? [] : restGaps(source, request, window, list, ranked, cap);
  if (list.failed) gaps.push(failureGap(source, list.failed.failure, list.failed.window));
  const traceIds = ranked.slice(0, cap).map(([id]) => id);
  return { answered: list.answered, traceIds, gaps, sent: list.sent, foundBy: list.foundBy };
}

/**
 * What was not listed or is not shown lies before some second: that is where the rest is asked for. Windows get shorter each
 * time, so following them ends: a second that holds more than one question looks at becomes a gap and is left behind.
 */
function restGaps(
  source: SourceId,
  request: EvidenceRequest,
  window: TimeWindow,
  list: TraceList,
  ranked: readonly (readonly [id: string, at: EpochNs])[],
  cap: number,
): EvidenceGap[] {
  const newestHidden = ranked[cap]?.[1];
  const isListed = list.listedFromNs <= window.fromNs;
  if (newestHidden === undefined && (isListed || list.failed)) return [];
  const shown = Math.min(cap, ranked.length);
  const counts = { shown, ...(isListed && { total: ranked.length }) };
  const hiddenToNs = newestHidden === undefined ? window.fromNs : addNs(secondOf(newestHidden), SECOND_NS);
  const unlistedToNs = isListed || list.failed ? window.fromNs : list.listedFromNs;
  let restToNs = hiddenToNs > unlistedToNs ? hiddenToNs : unlistedToNs;
  const gaps: EvidenceGap[] = [];
  if (restToNs >= window.toNs) {
    const isCrowded = list.crowded !== undefined && list.listedFromNs >= window.toNs;
    restToNs = isCrowded ? list.crowded.fromNs : addNs(window.toNs, -SECOND_NS);
    const detail = "More traces begin at one time than one question looks at. The rest of them cannot be listed.";
    gaps.push(plainGap(source, "truncated", detail, { fromNs: restToNs, toNs: window.toNs }, { shown }));
  }
  if (restToNs <= request.window.fromNs) return gaps;
  const rest = { fromNs: request.window.fromNs, toNs: restToNs };
  const detail = "More traces carry this than one question looks at. The newest are shown.";
  const continuation = { ...request, window: rest };
  return [...gaps, { ...plainGap(source, "truncated", detail, rest, counts), continuation }];
}

function secondOf(at: EpochNs): EpochNs {
  return epochNsFromMs(Math.floor(epochMs(at) / 1000) * 1000);
}
