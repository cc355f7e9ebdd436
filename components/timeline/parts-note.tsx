/** How many records a row stands for. Pressing it shows them; the keys are `x`, right and left. */
import type { EventView } from "@/lib/contract/event-view";
import { formatClock, type DisplayZone } from "@/lib/client/format-instant";
import { nsOfInstant } from "./row-time";

const MARK = "data-parts";

export function PartsNote({
  row,
  zone,
  parts,
  opened,
  repeats,
}: {
  row: EventView;
  zone: DisplayZone;
  parts: number;
  opened: number;
  repeats: number;
}) {
  // No button: the whole row is one option of the list, and options hold no controls.
  return (
    <span
      {...{ [MARK]: "" }}
      title={`${opened > 0 ? "Hide" : "Show"} the ${parts.toLocaleString("en")} further records (x)`}
      className="ml-2 shrink-0 cursor-pointer rounded border border-line px-1.5 text-small text-muted hover:border-line-strong hover:text-text"
    >
      {partsWords(row, repeats, zone)}
      <span aria-hidden="true"> {opened === parts ? "▾" : "▸"}</span>
      <span className="sr-only">, {opened === parts ? "opened" : "closed"}</span>
    </span>
  );
}

/** `seen in 3 · ×12 until 10:14:09`. */
function partsWords(row: EventView, repeats: number, zone: DisplayZone): string {
  const words: string[] = [];
  if (row.seenIn.length > 1) words.push(`seen in ${String(row.seenIn.length)}`);
  if (repeats > 1) {
    const until = row.lastAt === undefined ? "" : ` until ${formatClock(nsOfInstant(row.lastAt), zone, 0)}`;
    words.push(`×${repeats.toLocaleString("en")}${until}`);
  }
  return words.length > 0 ? words.join(" · ") : `${row.count.toLocaleString("en")} records`;
}

/** Whether a press on the row was on its note. */
export function isPartsNote(target: EventTarget): boolean {
  return target instanceof Element && target.closest(`[${MARK}]`) !== null;
}
