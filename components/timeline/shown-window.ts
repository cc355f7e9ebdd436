/** The time that the page shows. Pure. */
import type { TimelineSnapshot } from "@/lib/client/timeline-store";

/** While following, the end moves in steps, so that the map and the charts do not redraw with every look. */
const STEP_MS = 15_000;

export function shownWindow({
  query,
  upTo,
}: Pick<TimelineSnapshot, "query" | "upTo">): { fromMs: number; toMs: number } | undefined {
  if (!query) return undefined;
  const askedToMs = Date.parse(query.to);
  const toMs = upTo === undefined ? askedToMs : Math.ceil(Date.parse(upTo) / STEP_MS) * STEP_MS;
  return { fromMs: Date.parse(query.from), toMs: Math.max(askedToMs, toMs) };
}
