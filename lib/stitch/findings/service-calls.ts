/** Who called whom among the joined spans. */
import type { RowService, ServiceCall, TimelineRow } from "@/lib/domain/stitched-timeline";
import { findPeer, isUnansweredCall } from "./find-peer";
import { buildSpanTree, type SpanNode, type SpanTree } from "./span-tree";

/** In: rows in timeline order. Out: one entry per pair of different services, ascending by name of caller and called. */
export function serviceCalls(rows: readonly TimelineRow[]): ServiceCall[] {
  return callsOf(buildSpanTree(rows));
}

interface Counted {
  readonly from: RowService;
  readonly to: RowService;
  calls: number;
  errors: number;
  slowest: string;
}

/**
 * A call is a span whose caller is in another service (its parent, or the span its link names), or a call to a named
 * peer that left no span of its own.
 */
export function callsOf(tree: SpanTree): ServiceCall[] {
  const calls = new Map<RowService, Map<string, Counted>>();
  const count = (from: RowService | null, to: RowService | null | undefined, node: SpanNode, failed: boolean) => {
    if (!from || !to || from.name === to.name) return;
    let called = calls.get(from);
    if (!called) calls.set(from, (called = new Map()));
    let call = called.get(to.name);
    if (!call) called.set(to.name, (call = { from, to, calls: 0, errors: 0, slowest: "0" }));
    call.calls++;
    if (failed) call.errors++;
    if (isLonger(node.span.durationNs, call.slowest)) call.slowest = node.span.durationNs;
  };
  for (const node of tree.nodes) {
    const { parent, linksTo } = node;
    if (parent) count(parent.row.service, node.row.service, node, node.failed || isFailedCall(parent));
    for (const caller of linksTo) if (caller !== parent) count(caller.row.service, node.row.service, node, node.failed);
    if (isUnansweredCall(node)) count(node.row.service, findPeer(node, tree.services), node, node.failed);
  }
  return [...calls.values()]
    .flatMap((called) => [...called.values()])
    .map(({ slowest, ...call }) => ({ ...call, slowestNs: BigInt(slowest) }))
    .sort((a, b) => compare(a.from.name, b.from.name) || compare(a.to.name, b.to.name));
}

/** The caller saw a failure although the called side ended well: a timeout, a lost answer. */
function isFailedCall(parent: SpanNode): boolean {
  return parent.failed && parent.span.spanKind === "client" && parent.children.length === 1;
}

/** Decimal text without leading zeros. */
function isLonger(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
