/**
 * The rows of a timeline as calls: every span with its parent, its children and what was written inside it. What
 * findings and comparisons look at. Linear in rows.
 */
import { epochMs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { SpanFacts } from "@/lib/domain/timeline-event";
import { spanIdOf } from "../read-records";

export interface SpanNode {
  readonly row: TimelineRow;
  readonly span: SpanFacts;
  readonly service: string | null;
  /** Milliseconds since 1970, exact to the microsecond, after clock correction. */
  readonly startMs: number;
  readonly endMs: number;
  readonly failed: boolean;
  parent: SpanNode | undefined;
  /** True when it names a parent that no row has. */
  orphan: boolean;
  children: SpanNode[];
  /** Spans of other traces, or of this one, that name it in a link. */
  linkedFrom: SpanNode[];
  /** Spans it names in its own links. */
  linksTo: SpanNode[];
}

/** A row that is no span: a line, an exception, an error report, a run. */
export interface Remark {
  readonly row: TimelineRow;
  readonly atMs: number;
  readonly service: string | null;
  readonly traceId: string | undefined;
  /** The span it was written in, when that is among the rows. */
  readonly host: SpanNode | undefined;
}

export interface SpanTree {
  /** In timeline order. */
  readonly nodes: readonly SpanNode[];
  /** By trace id, then by span id. */
  readonly byTrace: ReadonlyMap<string, ReadonlyMap<string, SpanNode>>;
  /** Joined rows that are no spans, in timeline order. */
  readonly remarks: readonly Remark[];
  /** The row that stands for a row: itself unless it is part of another. */
  readonly standsFor: (row: TimelineRow) => TimelineRow;
  /** Services of joined rows and of context rows, by canonical name. */
  readonly services: ReadonlyMap<string, RowService>;
}

const built = new WeakMap<readonly TimelineRow[], SpanTree>();

/** In: rows in timeline order, parts included. Context rows take no part in the tree. Remembered per list of rows. */
export function buildSpanTree(rows: readonly TimelineRow[]): SpanTree {
  let tree = built.get(rows);
  if (!tree) built.set(rows, (tree = build(rows)));
  return tree;
}

type Traces = Map<string, Map<string, SpanNode>>;

function build(rows: readonly TimelineRow[]): SpanTree {
  const nodes: SpanNode[] = [];
  const byTrace: Traces = new Map();
  const others: TimelineRow[] = [];
  const services = new Map<string, RowService>();
  let lastService: RowService | null = null;
  for (const row of rows) {
    if (row.service && row.service !== lastService) {
      lastService = row.service;
      if (!services.has(row.service.name)) services.set(row.service.name, row.service);
    }
    if (row.event.context) continue;
    const span = spanOf(row);
    const node = span && addNode(byTrace, row, span);
    if (node) nodes.push(node);
    else if (!span) others.push(row);
  }
  for (const node of nodes) connect(node, byTrace);
  const remarks = others.map((row) => toRemark(row, byTrace));
  return { nodes, byTrace, remarks, standsFor: primaryOf(rows), services };
}

function addNode(byTrace: Traces, row: TimelineRow, span: SpanFacts): SpanNode | undefined {
  let trace = byTrace.get(span.traceId);
  if (!trace) byTrace.set(span.traceId, (trace = new Map()));
  const known = trace.get(span.spanId);
  // The same span from two stores is one call; client and server under one id (Zipkin) are two.
  if (known && known.span.spanKind === span.spanKind) return undefined;
  const node = toNode(row, span);
  if (known) adopt(known, node);
  else trace.set(span.spanId, node);
  return node;
}

function primaryOf(rows: readonly TimelineRow[]): SpanTree["standsFor"] {
  let primaries: Map<string, TimelineRow> | undefined;
  return (row) => {
    if (row.partOf === undefined) return row;
    primaries ??= new Map(rows.filter((one) => one.partOf === undefined).map((one) => [one.event.id, one]));
    return primaries.get(row.partOf) ?? row;
  };
}

/** Milliseconds since 1970 with a fraction: exact to the microsecond. */
export function preciseMs(at: EpochNs): number {
  return epochMs(at) + Number(at.slice(-6)) / 1e6;
}

/** Facts of a row that is a call of its own. A record inside a span carries facts too, under its own id. */
function spanOf(row: TimelineRow): SpanFacts | undefined {
  const { span, id } = row.event;
  return span && span.spanId !== id ? span : undefined;
}

function toNode(row: TimelineRow, span: SpanFacts): SpanNode {
  const startMs = preciseMs(row.orderNs);
  return {
    row,
    span,
    service: row.service?.name ?? null,
    startMs,
    endMs: startMs + Number(span.durationNs) / 1e6,
    failed: row.event.outcome === "error",
    parent: undefined,
    orphan: false,
    children: NONE,
    linkedFrom: NONE,
    linksTo: NONE,
  };
}

function connect(node: SpanNode, byTrace: Traces): void {
  const { traceId, parentSpanId, links } = node.span;
  if (node.parent === undefined && parentSpanId !== undefined) {
    const parent = byTrace.get(traceId)?.get(parentSpanId);
    if (parent && parent !== node && !isAbove(node, parent)) adopt(parent, node);
    else node.orphan = true;
  }
  for (const link of links) {
    const target = byTrace.get(link.traceId)?.get(link.spanId);
    if (!target || target === node) continue;
    target.linkedFrom = grown(target.linkedFrom, node);
    node.linksTo = grown(node.linksTo, target);
  }
}

function adopt(parent: SpanNode, child: SpanNode): void {
  child.parent = parent;
  parent.children = grown(parent.children, child);
}

/** Most spans have none of these lists: one empty list serves them all and is never written to. */
const NONE: SpanNode[] = [];

function grown(list: SpanNode[], node: SpanNode): SpanNode[] {
  if (list === NONE) return [node];
  list.push(node);
  return list;
}

/** Broken instrumentation can name spans as each other's parents. */
function isAbove(node: SpanNode, below: SpanNode): boolean {
  if (node.children.length === 0) return false;
  for (let at: SpanNode | undefined = below; at; at = at.parent) if (at === node) return true;
  return false;
}

function toRemark(row: TimelineRow, byTrace: Traces): Remark {
  const { event } = row;
  const traceId =
    event.span?.traceId ??
    row.sightings.find(({ key, rule }) => key.kind === "trace" && rule !== "span link")?.key.value;
  const trace = traceId === undefined ? undefined : byTrace.get(traceId);
  const spanId = event.span?.parentSpanId ?? (trace && spanIdOf(event));
  const host = spanId === undefined ? undefined : trace?.get(spanId);
  return { row, atMs: preciseMs(row.orderNs), service: row.service?.name ?? null, traceId, host };
}
