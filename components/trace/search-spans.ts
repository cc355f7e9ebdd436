/** Finds spans by name, service, ids and attributes. Works on what the role received, never on hidden data. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import type { TraceNode } from "./prepare-trace";

const haystacks = new WeakMap<EventView, string>();

/** Indexes of the spans that hold every word, ascending. Nothing for an empty search. */
export function searchSpans(nodes: readonly TraceNode[], text: string): number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: number[] = [];
  nodes.forEach(({ row }, index) => {
    if (row && words.every((word) => haystack(row).includes(word))) found.push(index);
  });
  return found;
}

/** The match after or before a node, round the end. Undefined when nothing matches. */
export function stepMatch(matches: readonly number[], from: number, step: 1 | -1): number | undefined {
  if (step === 1) return matches.find((index) => index > from) ?? matches[0];
  return matches.findLast((index) => index < from) ?? matches.at(-1);
}

function haystack(row: EventView): string {
  const known = haystacks.get(row);
  if (known !== undefined) return known;
  const attributes = Object.entries(row.attributes).map(([path, attribute]) => `${path}=${String(attribute.value)}`);
  const text = [row.title, row.text ?? "", row.service ?? "", row.span?.spanId ?? "", row.span?.spanKind ?? ""]
    .concat(attributes)
    .join("\n")
    .toLowerCase();
  haystacks.set(row, text);
  return text;
}
