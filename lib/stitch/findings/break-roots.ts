/**
 * From failed calls down to where each failure began: past callers that only passed it on, into callees that refused, kept
 * their caller waiting or never answered. Pure.
 */
import type { Outcome } from "@/lib/domain/severity";
import type { BreakManner, RowService } from "@/lib/domain/stitched-timeline";
import { findPeer, isNeighbour, isStoreCall, isUnansweredCall } from "./find-peer";
import { httpStatus, isDecision, speaksAgainstPeer, timedOut } from "./failure-facts";
import type { Remark, SpanNode, SpanTree } from "./span-tree";
import type { StandingFailures } from "./standing-failures";

export interface BreakRoot {
  readonly node: SpanNode;
  readonly manner: Exclude<BreakManner, "waited">;
  /** The last service that left a record; one of ours that was called and left none counts as well. */
  readonly place: RowService | null;
  /** The called side, when it is none of ours: a store, a third party. */
  readonly peer?: RowService;
  /** True when the called side is one of ours, answered, and none of its records is here. */
  readonly unseenBelow: boolean;
}

export interface BreakRoots {
  /** In timeline order of the failed calls that led there; a node may stand for several. */
  readonly roots: readonly BreakRoot[];
  readonly passedOn: readonly SpanNode[];
}

/** Part of a call's time that one callee must take to be what it waited for. */
const DOMINANT = 0.6;
/** Clocks inside one trace may still disagree by this much after correction. */
const SLACK_MS = 50;

export function breakRoots(tree: SpanTree, standing: StandingFailures): BreakRoots {
  const roots: BreakRoot[] = [];
  const passedOn: SpanNode[] = [];
  const hosted = hostedRemarks(tree, "error");
  const warned = hostedRemarks(tree, "warning");
  const orphans = failedOrphans(standing.nodes);
  for (const node of standing.nodes) {
    if (node.children.some((child) => standing.nodes.has(child))) {
      passedOn.push(node);
      continue;
    }
    const words = wordsOf(node, hosted);
    const decider = isDecision(node) ? warnedBelow(node, warned) : undefined;
    const below = decider
      ? [rootAt(decider, "refused")]
      : rootsBelow(node, words, tree, orphans.get(node.span.traceId) ?? []);
    if (below === "elsewhere") {
      passedOn.push(node);
      continue;
    }
    roots.push(...below);
    if (!below.some((root) => root.node === node)) passedOn.push(node);
  }
  return { roots, passedOn };
}

function rootsBelow(
  node: SpanNode,
  words: string,
  tree: SpanTree,
  orphans: readonly SpanNode[],
): BreakRoot[] | "elsewhere" {
  const refusing = refusingCallee(node);
  if (refusing) {
    const root = rootAt(refusing, "refused");
    // A wrongly put request is as much the caller's doing.
    return isDecision(refusing) ? [root] : [rootAt(node, "failed-itself"), root];
  }
  const isTimeout = timedOut(node, words);
  const slow = isTimeout ? slowestBelow(node) : undefined;
  if (slow) return [isUnansweredCall(slow) ? peerRoot(slow, "slow", tree) : rootAt(slow, "slow")];
  if (orphans.some((orphan) => mayBeBelow(orphan, node))) return "elsewhere";
  if (!isUnansweredCall(node)) return [rootAt(node, "failed-itself")];
  if (isDecision(node) && isKnown(findPeer(node, tree.services), tree)) return [peerRoot(node, "refused", tree)];
  return speaksAgainstPeer(node, words, isStoreCall(node.row.event.attributes))
    ? [peerRoot(node, "no-answer", tree)]
    : [rootAt(node, "failed-itself")];
}

function rootAt(node: SpanNode, manner: BreakRoot["manner"]): BreakRoot {
  return { node, manner, place: node.row.service, unseenBelow: false };
}

/** What left no record cannot be told from the call to it, unless it is one of ours: then the place is there. */
function peerRoot(node: SpanNode, manner: BreakRoot["manner"], tree: SpanTree): BreakRoot {
  const peer = findPeer(node, tree.services);
  const answered = httpStatus(node) !== undefined;
  if (peer && !isKnown(peer, tree)) {
    // Who answered with a status was there, and a neighbour may itself have passed on what is not seen here.
    return { node, manner, place: node.row.service, peer, unseenBelow: answered && isNeighbour(peer.name) };
  }
  return { node, manner, place: peer ?? node.row.service, unseenBelow: answered && peer !== undefined };
}

function isKnown(peer: RowService | undefined, tree: SpanTree): boolean {
  return peer !== undefined && tree.services.has(peer.name);
}

/** The innermost callee that answered 4xx, when nothing below failed harder. */
function refusingCallee(node: SpanNode): SpanNode | undefined {
  let found: SpanNode | undefined;
  for (let at: SpanNode | undefined = node; at;) {
    const refused: SpanNode | undefined = at.children.findLast(
      (child) => child.row.event.outcome === "warning" && (httpStatus(child) ?? 400) >= 400,
    );
    found = refused ?? found;
    at = refused;
  }
  return found;
}

/** Down the callees that took most of the time, to the one that spent it itself. */
function slowestBelow(node: SpanNode): SpanNode | undefined {
  let found: SpanNode | undefined;
  for (let at: SpanNode | undefined = node; at;) {
    const longest: SpanNode | undefined = longestCallee(at);
    const share: number = longest ? (longest.endMs - longest.startMs) / Math.max(1e-6, at.endMs - at.startMs) : 0;
    at = share >= DOMINANT ? longest : undefined;
    found = at ?? found;
  }
  return found;
}

function longestCallee(node: SpanNode): SpanNode | undefined {
  let longest: SpanNode | undefined;
  for (const child of node.children) {
    if (child.span.spanKind === "consumer" || child.span.spanKind === "producer") continue;
    if (!longest || child.endMs - child.startMs > longest.endMs - longest.startMs) longest = child;
  }
  return longest;
}

/** A failed span whose parent is missing may hang under a call that has no callee. */
function mayBeBelow(orphan: SpanNode, node: SpanNode): boolean {
  if (orphan === node || orphan.service === node.service || node.children.length > 0) return false;
  return orphan.startMs >= node.startMs - SLACK_MS && orphan.endMs <= node.endMs + SLACK_MS;
}

function failedOrphans(failed: ReadonlySet<SpanNode>): Map<string, SpanNode[]> {
  const orphans = new Map<string, SpanNode[]>();
  for (const node of failed) {
    if (!node.orphan) continue;
    const list = orphans.get(node.span.traceId) ?? [];
    // A few are enough to know; all of them against all calls would not be linear.
    if (list.length < 20) orphans.set(node.span.traceId, [...list, node]);
  }
  return orphans;
}

/** Who decides may answer well and say its "no" in the answer: then its warning tells it from the others below. */
function warnedBelow(node: SpanNode, warned: ReadonlyMap<SpanNode, readonly Remark[]>): SpanNode | undefined {
  if (warned.size === 0) return undefined;
  let found: SpanNode | undefined;
  const waiting = [...node.children];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    if (warned.has(at) && at.service !== node.service && (!found || at.endMs > found.endMs)) found = at;
    waiting.push(...at.children);
  }
  return found;
}

function hostedRemarks(tree: SpanTree, outcome: Outcome): Map<SpanNode, Remark[]> {
  const hosted = new Map<SpanNode, Remark[]>();
  for (const remark of tree.remarks) {
    if (!remark.host || remark.row.event.outcome !== outcome) continue;
    const list = hosted.get(remark.host);
    if (list) list.push(remark);
    else hosted.set(remark.host, [remark]);
  }
  return hosted;
}

/** What the call says of its failure, in its status message and in the errors written inside it. */
function wordsOf(node: SpanNode, hosted: ReadonlyMap<SpanNode, readonly Remark[]>): string {
  const own = node.row.event.text ?? "";
  const inside = (hosted.get(node) ?? []).slice(0, 10).map((remark) => remark.row.event.title);
  return [own, ...inside].join("\n").trim();
}
