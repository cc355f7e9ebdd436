/** Rows of one trace → its tree, ready to be drawn. Pure; no recursion, so that depth costs nothing. */
import type { EventView } from "@/lib/contract/event-view";
import { attachSpans, type Doubt, type SpanFact } from "./attach-spans";
import { microsSince, readTrace, type TraceClock, type TraceRecord } from "./read-trace";
import { selfMicros } from "./self-time";

export interface TraceNode {
  /** Row id of the span; `missing:<span id>` and `no-span` for placeholders. */
  readonly id: string;
  /** Absent for placeholders. */
  readonly row: EventView | undefined;
  /** `missing-parent`: a span that others name as their parent, which is not in the evidence.
   *  `no-span`: holds the records whose span is not in the evidence. */
  readonly placeholder: "missing-parent" | "no-span" | undefined;
  readonly spanId: string;
  readonly service: string | null;
  readonly parent: number;
  readonly depth: number;
  readonly children: readonly number[];
  /** Nodes of the subtree, itself included: the next node that is no descendant stands at `index + size`. */
  readonly size: number;
  /** 1-based place among its siblings, of `siblings`. */
  readonly position: number;
  readonly siblings: number;
  /** Microseconds since the start of the trace. A placeholder spans its children. */
  readonly startUs: number;
  readonly endUs: number;
  /** Time not spent in called spans. */
  readonly selfUs: number;
  /** The caller did not wait for it: a consumer, or begun when its parent had ended. */
  readonly isAsync: boolean;
  readonly doubt: Doubt | undefined;
  readonly failed: boolean;
  /** Failed spans in the subtree, itself included. */
  readonly failedBelow: number;
  /** Logs and errors at the span, ascending. */
  readonly records: readonly TraceRecord[];
}

export interface PreparedTrace {
  readonly traceId: string;
  /** Depth first, siblings by start. */
  readonly nodes: readonly TraceNode[];
  /** Start of the earliest span, as nanosecond text, on the clock that was asked for. */
  readonly originNs: string;
  readonly durationUs: number;
  readonly spanCount: number;
  readonly failedCount: number;
  readonly recordCount: number;
  readonly serviceCount: number;
  /** Levels of spans. */
  readonly depth: number;
  readonly missingParents: number;
  readonly orphans: number;
  /** Spans in a chain of parents that never ends. */
  readonly loops: number;
  /** Spans whose parent id belongs to several spans that cannot be told apart. */
  readonly sharedIds: number;
  /** Spans whose time was corrected, and those whose clock could not be. */
  readonly corrected: number;
  readonly uncorrectable: number;
}

/** Undefined when no span of the trace is there. The same rows in any order give the same tree. */
export function prepareTrace(
  rows: readonly EventView[],
  traceId: string,
  clock: TraceClock,
): PreparedTrace | undefined {
  const read = readTrace(rows, traceId, clock);
  const [first] = read.spans;
  if (!first) return undefined;
  const facts = read.spans.map(({ row, spanId, startNs }): SpanFact => {
    const startUs = microsSince(first.startNs, startNs);
    return { row, spanId, startUs, endUs: startUs + Number(BigInt(row.durationNs ?? "0")) / 1000 };
  });
  const tree = attachSpans(facts);
  const records = recordsBySpan(facts, read.records);
  const nodes = tree.map((draft) => toNode(draft, draft.fact === undefined ? [] : (records.at(draft.fact) ?? [])));
  measure(nodes);
  if (records.loose.length > 0) nodes.push(looseNode(records.loose));
  numberSiblings(nodes);
  return { traceId, nodes, originNs: first.startNs, ...summary(nodes, read.records.length) };
}

type Draft = ReturnType<typeof attachSpans>[number];
type MutableNode = { -readonly [K in keyof TraceNode]: TraceNode[K] };

function toNode(draft: Draft, records: readonly TraceRecord[]): MutableNode {
  const { row, parent, depth, children, doubt, spanId } = draft;
  return {
    id: row?.id ?? `missing:${spanId}`,
    row,
    placeholder: row ? undefined : "missing-parent",
    spanId,
    service: row?.service ?? null,
    parent,
    depth,
    children,
    size: 1,
    position: 1,
    siblings: 1,
    startUs: draft.startUs,
    endUs: draft.endUs,
    selfUs: 0,
    isAsync: false,
    doubt,
    failed: row?.outcome === "error",
    failedBelow: row?.outcome === "error" ? 1 : 0,
    records,
  };
}

/** Sums over subtrees, from the last node to the first: children stand behind their parent. */
function measure(nodes: MutableNode[]): void {
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (!node) continue;
    const children = node.children.flatMap((child) => nodes[child] ?? []);
    for (const child of children) child.isAsync = node.row !== undefined && isAsync(node, child);
    node.selfUs = node.row ? selfMicros(node, children) : 0;
    const parent = nodes[node.parent];
    if (!parent) continue;
    parent.size += node.size;
    parent.failedBelow += node.failedBelow;
    if (parent.row) continue;
    parent.startUs = Math.min(parent.startUs, node.startUs);
    parent.endUs = Math.max(parent.endUs, node.endUs);
  }
}

function isAsync(parent: TraceNode, child: TraceNode): boolean {
  return child.row?.span?.spanKind === "consumer" || (child.startUs >= parent.endUs && child.startUs > parent.startUs);
}

function numberSiblings(nodes: MutableNode[]): void {
  const roots = nodes.filter((node) => node.parent < 0);
  const families = [roots, ...nodes.map((node) => node.children.flatMap((child) => nodes[child] ?? []))];
  for (const family of families) {
    family.forEach((node, at) => {
      node.position = at + 1;
      node.siblings = family.length;
    });
  }
}

/** A record belongs to the span it names; of spans that share the id, to the one that ran at the time, else the last. */
function recordsBySpan(facts: readonly SpanFact[], records: readonly TraceRecord[]) {
  const owners = new Map<string, SpanFact[]>();
  for (const fact of facts) {
    const owner = owners.get(fact.spanId);
    if (owner) owner.push(fact);
    else owners.set(fact.spanId, [fact]);
  }
  const byFact = new Map<SpanFact, TraceRecord[]>();
  const loose: TraceRecord[] = [];
  for (const record of records) {
    const candidates = record.spanId === undefined ? undefined : owners.get(record.spanId);
    const owner =
      candidates?.findLast((fact) => fact.startUs <= record.atUs && record.atUs <= fact.endUs) ?? candidates?.at(-1);
    if (!owner) loose.push(record);
    else if (byFact.has(owner)) byFact.get(owner)?.push(record);
    else byFact.set(owner, [record]);
  }
  return { loose, at: (fact: SpanFact) => byFact.get(fact) };
}

function looseNode(records: readonly TraceRecord[]): MutableNode {
  const [first, last] = [records[0], records.at(-1)];
  return {
    ...toNode(
      {
        row: undefined,
        fact: undefined,
        spanId: "",
        parent: -1,
        depth: 0,
        children: [],
        doubt: undefined,
        startUs: first?.atUs ?? 0,
        endUs: last?.atUs ?? 0,
      },
      records,
    ),
    id: "no-span",
    placeholder: "no-span",
  };
}

function summary(nodes: readonly TraceNode[], recordCount: number) {
  const spans = nodes.filter((node) => node.row !== undefined);
  const count = (test: (node: TraceNode) => boolean): number => spans.reduce((n, node) => n + (test(node) ? 1 : 0), 0);
  const missing = nodes.filter((node) => node.placeholder === "missing-parent");
  return {
    durationUs: spans.reduce((end, node) => Math.max(end, node.endUs), 0),
    spanCount: spans.length,
    failedCount: count((node) => node.failed),
    recordCount,
    serviceCount: new Set(spans.map((node) => node.service)).size,
    depth: spans.reduce((most, node) => Math.max(most, node.depth + 1), 0),
    missingParents: missing.length,
    orphans: missing.reduce((sum, node) => sum + node.children.length, 0),
    loops: count((node) => node.doubt === "loop"),
    sharedIds: count((node) => node.doubt === "shared-id"),
    corrected: count((node) => node.row?.clock?.state === "corrected"),
    uncorrectable: count((node) => node.row?.clock?.state === "uncorrectable"),
  };
}
