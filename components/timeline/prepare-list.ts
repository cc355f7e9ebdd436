/** Rows to what the list shows: one line per fact, its further records beneath when it is opened. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import { filterRows, isFiltering, type RowFilter } from "./filter-rows";
import { rowTimeNs, type TimeBasis } from "./row-time";

export interface ListItem {
  readonly row: EventView;
  /** Shown beneath the row that stands for it. */
  readonly isPart: boolean;
  /** Further records that are here behind this row. */
  readonly parts: number;
  /** How many of them are on display. */
  readonly opened: number;
  /** How often the fact happened, this time included. */
  readonly repeats: number;
}

/** `items.length + collapsed + hidden` is the number of rows given. */
export interface RowListing {
  readonly items: readonly ListItem[];
  /** Records behind shown rows that are not opened. */
  readonly collapsed: number;
  /** Records that the filter keeps away. */
  readonly hidden: number;
  /** Rows that stand for themselves, shown or not. */
  readonly heads: number;
  /** Those of them that are shown. */
  readonly shownHeads: number;
}

export interface ListWish {
  readonly filter: RowFilter;
  /** Rows whose further records are shown; with `openAll`, those that are closed all the same. */
  readonly open: ReadonlySet<string>;
  readonly openAll: boolean;
  /** A row that a link or a finding names is shown, even beneath a closed row. */
  readonly selectedId: string;
  readonly basis: TimeBasis;
}

/**
 * `rows` ascending by `orderKey`, parts among them. A head stays while it or one of its parts matches; when only parts
 * match, those are shown beneath it. A part whose head is not here stands for itself: nothing is lost.
 */
export function prepareList(rows: readonly EventView[], wish: ListWish): RowListing {
  const { heads, partsOf } = group(rows);
  const matching = isFiltering(wish.filter) ? new Set(filterRows(rows, wish.filter)) : undefined;
  const items: ListItem[] = [];
  let [collapsed, shownHeads] = [0, 0];
  for (const row of inOrder(heads, wish.basis)) {
    const parts = partsOf.get(row.id) ?? NONE;
    const found = matching && !matching.has(row) ? parts.filter((part) => matching.has(part)) : NONE;
    if (matching && !matching.has(row) && found.length === 0) continue;
    const isOpen =
      parts.length > 0 && (wish.open.has(row.id) !== wish.openAll || parts.some((part) => part.id === wish.selectedId));
    const shown = isOpen ? parts : found;
    shownHeads += 1;
    collapsed += parts.length - shown.length;
    const repeats = parts.reduce((sum, part) => sum + (part.part === "repeat" ? 1 : 0), 1);
    items.push({ row, isPart: false, parts: parts.length, opened: shown.length, repeats });
    for (const part of inOrder(shown, wish.basis)) {
      items.push({ row: part, isPart: true, parts: 0, opened: 0, repeats: 1 });
    }
  }
  const hidden = rows.length - items.length - collapsed;
  return { items, collapsed, hidden, heads: heads.length, shownHeads };
}

const NONE: readonly EventView[] = [];

function group(rows: readonly EventView[]) {
  const ids = new Set(rows.filter((row) => row.partOf === undefined).map((row) => row.id));
  const heads: EventView[] = [];
  const partsOf = new Map<string, EventView[]>();
  for (const row of rows) {
    if (row.partOf === undefined || !ids.has(row.partOf)) {
      heads.push(row);
      continue;
    }
    const parts = partsOf.get(row.partOf);
    if (parts) parts.push(row);
    else partsOf.set(row.partOf, [row]);
  }
  return { heads, partsOf };
}

/** The given order is the corrected one, with causes before effects; the other two are told by one clock alone. */
function inOrder(rows: readonly EventView[], basis: TimeBasis): readonly EventView[] {
  if (basis === "corrected" || rows.length < 2) return rows;
  const timed = rows.map((row) => ({ row, ns: rowTimeNs(row, basis) }));
  return timed.sort((a, b) => (a.ns < b.ns ? -1 : a.ns > b.ns ? 1 : 0)).map(({ row }) => row);
}
