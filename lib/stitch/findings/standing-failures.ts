/**
 * Which failures stand: what failed and was not put right by a retry or answered well in spite of it. Pure.
 */
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import type { Remark, SpanNode, SpanTree } from "./span-tree";

export interface StandingFailures {
  readonly nodes: ReadonlySet<SpanNode>;
  readonly remarks: readonly Remark[];
  /** Failed, and a later attempt or the caller's own answer made it good. */
  readonly recovered: readonly TimelineRow[];
}

export interface Failure {
  readonly row: TimelineRow;
  /** When it failed: a span is dated by its start and fails at its end. */
  readonly atMs: number;
  readonly traceId: string | undefined;
}

/** Per caller: when each thing it asked for last went well. */
type Successes = Map<SpanNode, ReadonlyMap<string, number>>;

/** When everything that failed was put right, nothing stands. */
export function standingFailures(tree: SpanTree): StandingFailures {
  const nodes = new Set<SpanNode>();
  const good = new Set<SpanNode>();
  const successes: Successes = new Map();
  const recovered: TimelineRow[] = [];
  for (const node of tree.nodes) {
    if (!node.failed) continue;
    if (isRecovered(node, good, successes)) {
      good.add(node);
      recovered.push(tree.standsFor(node.row));
    } else nodes.add(node);
  }
  const remarks: Remark[] = [];
  for (const remark of tree.remarks) {
    if (remark.row.event.outcome !== "error") continue;
    if (remark.host && isMadeGood(remark.host, good)) recovered.push(tree.standsFor(remark.row));
    else remarks.push(remark);
  }
  return { nodes, remarks, recovered: [...new Set(recovered)] };
}

/** Both kinds as one list, calls first; not in order of time. */
export function failuresOf(standing: StandingFailures): Failure[] {
  const calls = Array.from(standing.nodes, ({ row, endMs, span }): Failure => {
    return { row, atMs: endMs, traceId: span.traceId };
  });
  return [...calls, ...standing.remarks.map(({ row, atMs, traceId }): Failure => ({ row, atMs, traceId }))];
}

/** Parents stand before children in timeline order, so what is above is decided already. */
function isRecovered(node: SpanNode, good: ReadonlySet<SpanNode>, successes: Successes): boolean {
  if (node.parent && good.has(node.parent)) return true;
  if (hasLaterSuccess(node, successes)) return true;
  // Whoever sent a message was gone before it was worked on.
  if (node.span.spanKind === "consumer" || !node.parent) return false;
  return !node.parent.failed && answeredWell(node.parent);
}

function isMadeGood(host: SpanNode, good: ReadonlySet<SpanNode>): boolean {
  if (host.failed) return good.has(host);
  return answeredWell(host);
}

/**
 * A request that was answered well told its caller that it worked, whatever failed inside. A run or a consumer has no
 * caller to tell: what failed inside it stays failed.
 */
function answeredWell(node: SpanNode): boolean {
  for (let at: SpanNode | undefined = node; at; at = at.parent) {
    if (at.row.event.outcome !== "ok" && at.row.event.outcome !== "unknown") return false;
    if (at.span.spanKind === "server") return true;
    if (at.span.spanKind === "consumer" || at.span.spanKind === "producer") return false;
  }
  return false;
}

/** A later attempt at the same thing, for the same subject, under the same caller or for the same message. */
function hasLaterSuccess(node: SpanNode, successes: Successes): boolean {
  const callers = node.span.spanKind === "consumer" ? [node.parent, ...node.linksTo] : [node.parent];
  return callers.some((caller) => {
    if (!caller) return false;
    let known = successes.get(caller);
    if (!known) successes.set(caller, (known = lastSuccesses([...caller.children, ...caller.linkedFrom])));
    return (known.get(attemptOf(node)) ?? -Infinity) >= node.startMs;
  });
}

function lastSuccesses(attempts: readonly SpanNode[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const node of attempts) {
    if (node.row.event.outcome !== "ok") continue;
    const attempt = attemptOf(node);
    last.set(attempt, Math.max(node.startMs, last.get(attempt) ?? -Infinity));
  }
  return last;
}

function attemptOf(node: SpanNode): string {
  const subjects = node.row.keyIds.filter((id) => !id.startsWith("trace:")).join(" ");
  return [node.service, node.span.spanKind, operationOf(node), subjects].join("\n");
}

/** The title without the status that it ended with. */
export function operationOf(node: SpanNode): string {
  return node.row.event.title.replace(/ → \d{3}$/, "");
}
