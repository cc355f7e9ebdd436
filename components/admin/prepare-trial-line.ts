/** A tried line cut into plain and marked parts. Pure. */
import type { KeyRuleTrial } from "@/lib/contract/key-rule";

export type TrialLine = KeyRuleTrial["lines"][number];

export interface LinePart {
  readonly text: string;
  /** Who marks it: the rule under trial, another rule, or a place where the rule under trial took nothing. */
  readonly mark: "draft" | "other" | "miss" | null;
}

const RANK = { draft: 0, miss: 1, other: 2 } as const;

/** Joined, the parts are the line. Overlapping places become one mark: the rule under trial first, then the earlier place. */
export function prepareTrialLine(line: string, { finds, misses }: TrialLine): LinePart[] {
  const places = [
    ...finds.map((one) => ({ ...one, mark: one.draft ? ("draft" as const) : ("other" as const) })),
    ...misses.map((one) => ({ ...one, mark: "miss" as const })),
  ]
    .flatMap(({ start, end, mark }) => (start === null || end === null || end <= start ? [] : [{ start, end, mark }]))
    .sort((a, b) => RANK[a.mark] - RANK[b.mark] || a.start - b.start || b.end - a.end);
  const taken: typeof places = [];
  for (const place of places) {
    if (place.end <= line.length && taken.every((one) => place.end <= one.start || place.start >= one.end)) {
      taken.push(place);
    }
  }
  taken.sort((a, b) => a.start - b.start);
  const parts: LinePart[] = [];
  let at = 0;
  for (const { start, end, mark } of taken) {
    if (start > at) parts.push({ text: line.slice(at, start), mark: null });
    parts.push({ text: line.slice(start, end), mark });
    at = end;
  }
  if (at < line.length) parts.push({ text: line.slice(at), mark: null });
  return parts;
}
