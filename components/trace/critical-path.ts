/** What the answer waited for: shortening anything else would not have made it come sooner. Pure. */
import type { TraceNode } from "./prepare-trace";

export interface CriticalSegment {
  readonly node: number;
  readonly fromUs: number;
  readonly toUs: number;
}

export interface CriticalPath {
  /** The span whose end is explained: the longest that has no parent in the evidence. */
  readonly root: number;
  /** Ascending, without overlap, together exactly as long as the root. */
  readonly segments: readonly CriticalSegment[];
  readonly byNode: ReadonlyMap<number, readonly CriticalSegment[]>;
}

interface Frame {
  readonly node: number;
  readonly fromUs: number;
  /** Children the span waited for, the last to finish first, cut to the span. */
  readonly children: readonly CriticalSegment[];
  next: number;
  cursorUs: number;
}

/**
 * Walks back from the end of the root into the child that finished last, from its start into the one that had finished
 * last before that, and so on. A child that still ran at the cursor ran beside the path; one that outlived its parent
 * counts up to the parent's end; one that nobody waited for counts not at all.
 */
export function criticalPath(nodes: readonly TraceNode[]): CriticalPath | undefined {
  const root = mainRoot(nodes);
  const start = nodes[root];
  if (!start) return undefined;
  const backwards: CriticalSegment[] = [];
  const add = (node: number, fromUs: number, toUs: number): void => {
    if (toUs > fromUs) backwards.push({ node, fromUs, toUs });
  };
  const stack: Frame[] = [frameOf(nodes, { node: root, fromUs: start.startUs, toUs: start.endUs })];
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const child = frame.children[frame.next++];
    if (!child) {
      add(frame.node, frame.fromUs, frame.cursorUs);
      stack.pop();
    } else if (child.toUs <= frame.cursorUs) {
      add(frame.node, child.toUs, frame.cursorUs);
      frame.cursorUs = child.fromUs;
      stack.push(frameOf(nodes, child));
    }
  }
  const segments = backwards.reverse();
  return { root, segments, byNode: groupByNode(segments) };
}

function frameOf(nodes: readonly TraceNode[], { node, fromUs, toUs }: CriticalSegment): Frame {
  const children: CriticalSegment[] = [];
  for (const index of nodes[node]?.children ?? []) {
    const child = nodes[index];
    if (!child || child.isAsync) continue;
    const cut = { node: index, fromUs: Math.max(child.startUs, fromUs), toUs: Math.min(child.endUs, toUs) };
    if (cut.toUs > cut.fromUs) children.push(cut);
  }
  children.sort((a, b) => b.toUs - a.toUs || a.fromUs - b.fromUs || a.node - b.node);
  return { node, fromUs, children, next: 0, cursorUs: toUs };
}

function mainRoot(nodes: readonly TraceNode[]): number {
  let best = -1;
  nodes.forEach((node, index) => {
    if (!node.row || nodes[node.parent]?.row) return;
    const champion = nodes[best];
    if (!champion || node.endUs - node.startUs > champion.endUs - champion.startUs) best = index;
  });
  return best;
}

function groupByNode(segments: readonly CriticalSegment[]): Map<number, CriticalSegment[]> {
  const groups = new Map<number, CriticalSegment[]>();
  for (const segment of segments) {
    const group = groups.get(segment.node);
    if (group) group.push(segment);
    else groups.set(segment.node, [segment]);
  }
  return groups;
}
