/** Keeps rows sorted by `orderKey` while they arrive. Pure: returns a new list, never changes the given one. */
import type { EventView } from "@/lib/contract/event-view";

/** `incoming` (by id) replaces rows of the same id; `removed` ids go. Linear in the rows kept. */
export function mergeRows(
  rows: readonly EventView[],
  incoming: ReadonlyMap<string, EventView>,
  removed: ReadonlySet<string>,
): readonly EventView[] {
  if (incoming.size === 0 && removed.size === 0) return rows;
  const fresh = [...incoming.values()].sort(byOrderKey);
  const kept = rows.filter((row) => !incoming.has(row.id) && !removed.has(row.id));
  const merged: EventView[] = [];
  let at = 0;
  for (const row of fresh) {
    for (let next = kept[at]; next && byOrderKey(next, row) <= 0; next = kept[++at]) merged.push(next);
    merged.push(row);
  }
  for (; at < kept.length; at++) {
    const next = kept[at];
    if (next) merged.push(next);
  }
  return merged;
}

function byOrderKey(a: EventView, b: EventView): number {
  // Plain code unit order: `localeCompare` would sort by the reader's language.
  return a.orderKey < b.orderKey ? -1 : a.orderKey > b.orderKey ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
