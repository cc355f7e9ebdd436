/** Which rows the reader asked to see. Works on what the role received, never on hidden data. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import { msOfNs } from "@/lib/client/format-instant";
import { rowTimeNs, type TimeBasis } from "./row-time";

export interface RowFilter {
  readonly text: string;
  /** Empty means all. */
  readonly actors: readonly string[];
  /** Empty means all. */
  readonly sources: readonly string[];
  /** Empty means all. */
  readonly service: string;
  readonly errorsOnly: boolean;
  readonly zoom: { readonly fromMs: number; readonly toMs: number } | null;
  /** The time that `zoom` is about. */
  readonly basis: TimeBasis;
}

/** Whether anything is asked for that a row may lack. */
export function isFiltering(filter: RowFilter): boolean {
  const { text, actors, sources, service, errorsOnly, zoom } = filter;
  return text.trim() !== "" || actors.length + sources.length > 0 || service !== "" || errorsOnly || zoom !== null;
}

const haystacks = new WeakMap<EventView, string>();

/** Every word of `text` must occur somewhere in the row. Order is kept; the same list comes back when nothing is filtered. */
export function filterRows(rows: readonly EventView[], filter: RowFilter): readonly EventView[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const { actors, sources, service, errorsOnly, zoom, basis } = filter;
  if (!isFiltering(filter)) return rows;
  return rows.filter((row) => {
    if (errorsOnly && row.outcome !== "error") return false;
    if (actors.length > 0 && !actors.includes(row.actor.kind)) return false;
    if (sources.length > 0 && !row.seenIn.some((source) => sources.includes(source))) return false;
    if (service !== "" && row.service !== service) return false;
    if (zoom && !overlaps(row, zoom, basis)) return false;
    return words.every((word) => haystack(row).includes(word));
  });
}

/** A row that lasts stays in sight while any part of it does. */
function overlaps(row: EventView, zoom: { fromMs: number; toMs: number }, basis: TimeBasis): boolean {
  const startMs = msOfNs(rowTimeNs(row, basis));
  const endMs = row.durationNs === undefined ? startMs : startMs + Number(BigInt(row.durationNs) / 1_000_000n);
  return endMs >= zoom.fromMs && startMs < zoom.toMs;
}

function haystack(row: EventView): string {
  const known = haystacks.get(row);
  if (known !== undefined) return known;
  const text = [
    row.title,
    row.sentence,
    row.text ?? "",
    row.service ?? "",
    row.kind,
    row.actor.name ?? "",
    ...row.keys.map((key) => `${key.kind}:${key.value}`),
    ...Object.entries(row.attributes).map(([path, attribute]) => `${path}=${String(attribute.value)}`),
  ]
    .join("\n")
    .toLowerCase();
  haystacks.set(row, text);
  return text;
}
