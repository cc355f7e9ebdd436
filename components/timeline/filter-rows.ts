/** Which rows the reader asked to see. Works on what the role received, never on hidden data. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import { msOfNs } from "@/lib/client/format-instant";

export interface RowFilter {
  readonly text: string;
  /** Empty means all. */
  readonly actors: readonly string[];
  /** Empty means all. */
  readonly sources: readonly string[];
  readonly errorsOnly: boolean;
  readonly zoom: { readonly fromMs: number; readonly toMs: number } | null;
}

const haystacks = new WeakMap<EventView, string>();

/** Every word of `text` must occur somewhere in the row. Order is kept; the same list comes back when nothing is filtered. */
export function filterRows(rows: readonly EventView[], filter: RowFilter): readonly EventView[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const { actors, sources, errorsOnly, zoom } = filter;
  if (words.length === 0 && actors.length === 0 && sources.length === 0 && !errorsOnly && !zoom) return rows;
  return rows.filter((row) => {
    if (errorsOnly && row.outcome !== "error") return false;
    if (actors.length > 0 && !actors.includes(row.actor.kind)) return false;
    if (sources.length > 0 && !row.seenIn.some((source) => sources.includes(source))) return false;
    if (zoom && !overlaps(row, zoom)) return false;
    return words.every((word) => haystack(row).includes(word));
  });
}

/** A row that lasts stays in sight while any part of it does. */
function overlaps(row: EventView, zoom: { fromMs: number; toMs: number }): boolean {
  const startMs = msOfNs(row.happenedAtNs);
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
