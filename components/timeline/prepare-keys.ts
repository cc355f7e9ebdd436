/** Keys and joins to what the panel lists: each key with the joins that led to it. Pure. */
import type { EdgeView, KeyView } from "@/lib/contract/timeline-answer";

export interface KeyEntry {
  readonly id: string;
  readonly key: KeyView;
  /** Joins that led to this key, the surest first. */
  readonly reachedBy: readonly EdgeView[];
}

export interface KeyListing {
  /** Asked first, then boundaries, then the others by how many rows carry them. */
  readonly entries: readonly KeyEntry[];
  /** Joins to keys that are not listed: the role may not read them. */
  readonly others: readonly EdgeView[];
}

const SURENESS: Record<EdgeView["confidence"], number> = { exact: 0, structure: 1, text: 2, context: 3 };

export function prepareKeys(keys: readonly KeyView[], edges: readonly EdgeView[]): KeyListing {
  const reachedBy = new Map<string, EdgeView[]>(keys.map((key) => [keyText(key), []]));
  const others: EdgeView[] = [];
  for (const edge of edges) (reachedBy.get(edge.to ?? "") ?? others).push(edge);
  const entries = [...keys].sort(byInterest).map((key) => {
    const id = keyText(key);
    const found = [...(reachedBy.get(id) ?? [])];
    found.sort((a, b) => SURENESS[a.confidence] - SURENESS[b.confidence] || b.count - a.count);
    return { id, key, reachedBy: found };
  });
  return { entries, others };
}

export function keyText(key: Pick<KeyView, "kind" | "value">): string {
  return `${key.kind}:${key.value}`;
}

function byInterest(a: KeyView, b: KeyView): number {
  return (
    Number(b.asked) - Number(a.asked) ||
    Number(b.boundary !== undefined) - Number(a.boundary !== undefined) ||
    b.rows - a.rows ||
    (keyText(a) < keyText(b) ? -1 : 1)
  );
}

const BOUNDARIES: Record<NonNullable<KeyView["boundary"]>, string> = {
  hub: "too widely shared to follow",
  "on-request": "followed only on request",
  "other-subject": "belongs to somebody else's incident",
  hops: "too many steps away",
};

/** Why the question stopped here; undefined where it did not. */
export function boundaryWords({ boundary }: Pick<KeyView, "boundary">): string | undefined {
  return boundary && BOUNDARIES[boundary];
}

/** `4 searches, brings 1,198 rows`: what crossing costs and gives, before it is done. */
export function widenWords({ searches, rows }: NonNullable<KeyView["widen"]>): string {
  const cost =
    searches === 0 ? "no search" : `${searches.toLocaleString("en")} ${searches === 1 ? "search" : "searches"}`;
  if (rows === undefined) return `${cost}, brings an unknown number of rows`;
  return `${cost}, brings ${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}`;
}
