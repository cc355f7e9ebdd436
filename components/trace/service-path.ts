/** The trace as services that called each other: spans of one service in a row become one hop. Pure. */
import type { TraceNode } from "./prepare-trace";

export interface ServiceTally {
  /** `null`: the spans name no service. */
  readonly service: string | null;
  /** Times the service was entered from another. */
  readonly calls: number;
  readonly spans: number;
  /** Spans that failed. */
  readonly errors: number;
  readonly selfUs: number;
  /** The first span, to go there. */
  readonly firstNode: number;
}

export interface ServiceHop extends ServiceTally {
  readonly parent: number;
  readonly depth: number;
  /** Calls whose caller did not wait. */
  readonly asyncCalls: number;
  /** Its caller is not in the evidence. */
  readonly afterGap: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Depth first, in the order of first calls. A service called again by the same caller is the same hop. */
export function servicePath(nodes: readonly TraceNode[]): ServiceHop[] {
  const hops: Mutable<ServiceHop>[] = [];
  const known = new Map<string, number>();
  const hopOf: number[] = [];
  nodes.forEach((node, index) => {
    const caller = nodes[node.parent]?.row ? (hopOf[node.parent] ?? -1) : -1;
    hopOf[index] = caller;
    if (!node.row) return;
    if (caller < 0 || hops[caller]?.service !== node.service) {
      const afterGap = nodes[node.parent]?.placeholder === "missing-parent";
      const name = JSON.stringify([caller, node.service, afterGap]);
      const at = known.get(name) ?? hops.push(emptyHop(node, index, caller, hops[caller], afterGap)) - 1;
      known.set(name, at);
      hopOf[index] = at;
      const entered = hops[at];
      if (entered) entered.calls++;
      if (entered && node.isAsync) entered.asyncCalls++;
    }
    const hop = hops[hopOf[index] ?? -1];
    if (hop) tally(hop, node);
  });
  return depthFirst(hops);
}

/** One entry per service over all its hops, the busiest first. */
export function serviceTotals(hops: readonly ServiceHop[]): ServiceTally[] {
  const totals = new Map<string | null, Mutable<ServiceTally>>();
  for (const { service, calls, spans, errors, selfUs, firstNode } of hops) {
    const total = totals.get(service);
    if (!total) totals.set(service, { service, calls, spans, errors, selfUs, firstNode });
    else {
      total.calls += calls;
      total.spans += spans;
      total.errors += errors;
      total.selfUs += selfUs;
      total.firstNode = Math.min(total.firstNode, firstNode);
    }
  }
  return [...totals.values()].sort((a, b) => b.selfUs - a.selfUs || a.firstNode - b.firstNode);
}

function emptyHop(
  node: TraceNode,
  firstNode: number,
  parent: number,
  caller: ServiceHop | undefined,
  afterGap: boolean,
): Mutable<ServiceHop> {
  const depth = caller ? caller.depth + 1 : 0;
  const none = { calls: 0, asyncCalls: 0, spans: 0, errors: 0, selfUs: 0 };
  return { service: node.service, ...none, firstNode, parent, depth, afterGap };
}

function tally(hop: Mutable<ServiceHop>, node: TraceNode): void {
  hop.spans++;
  hop.selfUs += node.selfUs;
  if (node.failed) hop.errors++;
}

function depthFirst(hops: readonly ServiceHop[]): ServiceHop[] {
  const children = new Map<number, number[]>();
  hops.forEach((hop, index) => {
    const siblings = children.get(hop.parent);
    if (siblings) siblings.push(index);
    else children.set(hop.parent, [index]);
  });
  const ordered: ServiceHop[] = [];
  const placed = new Map<number, number>([[-1, -1]]);
  const stack = [...(children.get(-1) ?? [])].reverse();
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const hop = hops[index];
    if (!hop) continue;
    placed.set(index, ordered.push({ ...hop, parent: placed.get(hop.parent) ?? -1 }) - 1);
    for (const child of [...(children.get(index) ?? [])].reverse()) stack.push(child);
  }
  return ordered;
}
