/** One failing source answers every step with the same gap: said once, with everything it is about. Pure. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { fetchId } from "@/lib/domain/evidence-request";
import type { TimeWindow } from "@/lib/domain/time-window";

/**
 * In: gaps in any order. Out: one per source, service, reason and sentence, the same for every input order. Attempts add
 * up, keys come together, windows join to the earliest and latest. Counted ones stay apart by what they count, and so do
 * rests to fetch: each has its own token.
 */
export function uniqueGaps(gaps: readonly EvidenceGap[]): EvidenceGap[] {
  const unique = new Map<string, EvidenceGap>();
  for (const gap of gaps) {
    const id = identityOf(gap);
    const known = unique.get(id);
    unique.set(id, known ? join(known, gap) : gap);
  }
  return [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, gap]) => gap);
}

function identityOf({ source, service, reason, detail, total, keys, continuation }: EvidenceGap): string {
  const counted = total === undefined ? "" : keys?.join(",");
  const rest = source === undefined || !continuation ? "" : fetchId(source, continuation);
  return [source, service, reason, detail, counted, rest].join("|");
}

function join(a: EvidenceGap, b: EvidenceGap): EvidenceGap {
  const { keys: _keys, ...counted } = (b.total ?? b.shown ?? 0) > (a.total ?? a.shown ?? 0) ? b : a;
  const window = a.window && b.window ? hull(a.window, b.window) : (a.window ?? b.window);
  return {
    ...counted,
    retryable: a.retryable || b.retryable,
    ...(window && { window }),
    ...(a.attempts !== undefined && b.attempts !== undefined && { attempts: a.attempts + b.attempts }),
    // A gap without keys is about all of them.
    ...(a.keys && b.keys && { keys: [...new Set([...a.keys, ...b.keys])].sort() }),
  };
}

function hull(a: TimeWindow, b: TimeWindow): TimeWindow {
  return { fromNs: a.fromNs < b.fromNs ? a.fromNs : b.fromNs, toNs: a.toNs > b.toNs ? a.toNs : b.toNs };
}
