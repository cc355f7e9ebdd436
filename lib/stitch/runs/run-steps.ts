/** One trace as steps that can be found again in another trace: by service, operation, path from the root and occurrence. */
import type { SpanNode, SpanTree } from "../findings/span-tree";
import { operationOf } from "../findings/standing-failures";

export interface RunStep {
  readonly node: SpanNode;
  readonly operation: string;
  /** The same in every run of the workflow. */
  readonly signature: string;
  /** Service and operation only: what is left to go by when callers are missing. */
  readonly loose: string;
  readonly parent: RunStep | undefined;
  readonly depth: number;
}

export interface Run {
  /** In order of start. */
  readonly steps: readonly RunStep[];
  readonly bySignature: ReadonlyMap<string, RunStep>;
  readonly root: RunStep | undefined;
  /** Steps whose caller is not recorded, the root excluded. */
  readonly orphans: number;
}

/** In: the tree of any rows. Out: the steps of the one trace. Empty when the trace has no spans. */
export function runSteps(tree: SpanTree, traceId: string): Run {
  const nodes = [...(tree.byTrace.get(traceId)?.values() ?? [])];
  const tops = nodes.filter((node) => node.parent === undefined || node.parent.span.traceId !== traceId);
  return toRun(tops, tops.find((node) => !node.orphan) ?? tops[0], traceId);
}

/** The part of a trace below the first step like `loose`: for runs whose own beginning is not recorded. */
export function runStepsBelow(tree: SpanTree, traceId: string, loose: string): Run {
  const nodes = [...(tree.byTrace.get(traceId)?.values() ?? [])];
  const first = nodes.find((node) => looseOf(node) === loose);
  return toRun(first ? [first] : [], first, traceId);
}

function toRun(tops: readonly SpanNode[], first: SpanNode | undefined, traceId: string): Run {
  const known = new Map<SpanNode, RunStep>();
  const occurrences = new Map<string, number>();
  const steps: RunStep[] = [];
  const waiting = [...tops];
  for (let at = 0; at < waiting.length; at++) {
    const node = waiting[at];
    if (!node || known.has(node)) continue;
    const step = toStep(node, node.parent && known.get(node.parent), node === first, occurrences);
    known.set(node, step);
    steps.push(step);
    for (const child of node.children) if (child.span.traceId === traceId) waiting.push(child);
  }
  return {
    steps,
    bySignature: new Map(steps.map((step) => [step.signature, step])),
    root: first && known.get(first),
    orphans: waiting.filter((node) => node !== first && node.orphan).length,
  };
}

/** `GET /orders/48192 → 500` and `GET /orders/48193` are one operation. */
export function normalOperation(operation: string): string {
  return operation
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "{id}")
    .replace(/\b(?=[a-f]*\d)[0-9a-f]{12,}\b/gi, "{id}")
    .replace(/\d{2,}/g, "{n}");
}

function toStep(
  node: SpanNode,
  parent: RunStep | undefined,
  isRoot: boolean,
  occurrences: Map<string, number>,
): RunStep {
  const operation = normalOperation(operationOf(node));
  const loose = looseOf(node);
  const above = parent?.signature ?? (isRoot ? "" : "?");
  const path = `${above}\n${loose}`;
  const occurrence = occurrences.get(path) ?? 0;
  occurrences.set(path, occurrence + 1);
  return { node, operation, signature: `${path} #${occurrence}`, loose, parent, depth: (parent?.depth ?? -1) + 1 };
}

function looseOf(node: SpanNode): string {
  return `${node.service ?? ""} ${node.span.spanKind} ${normalOperation(operationOf(node))}`;
}
