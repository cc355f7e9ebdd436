/** The lines that a tree shows while some of it is folded and some records are open. Pure. */
import type { PreparedTrace, TraceNode } from "./prepare-trace";
import type { TraceRecord } from "./read-trace";

export interface TraceItem {
  /** Row id, or the id of a placeholder. */
  readonly id: string;
  readonly node: number;
  /** A record shown beneath its span. Absent for the span itself. */
  readonly record?: TraceRecord;
}

/** Depth first; the records of a span before its children. Linear in what is shown. */
export function visibleItems(
  { nodes }: Pick<PreparedTrace, "nodes">,
  folded: ReadonlySet<string>,
  opened: ReadonlySet<string>,
): TraceItem[] {
  const items: TraceItem[] = [];
  for (let index = 0, node = nodes[0]; node; node = nodes[index]) {
    items.push({ id: node.id, node: index });
    if (opened.has(node.id)) for (const record of node.records) items.push({ id: record.row.id, node: index, record });
    index += folded.has(node.id) ? node.size : 1;
  }
  return items;
}

/** Ids of the nodes above one, nearest first. */
export function ancestorsOf(nodes: readonly TraceNode[], index: number): string[] {
  const ids: string[] = [];
  for (let node = nodes[nodes[index]?.parent ?? -1]; node; node = nodes[node.parent]) ids.push(node.id);
  return ids;
}
