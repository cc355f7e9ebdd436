/** One trace as steps that can be found again in another trace: by service, operation, path from the root and occurrence. */
import type { SpanNode, SpanTree } from "./span-tree";
import { operationOf } from "./standing-failures";

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
  readonly failed: boolean;
}

/** In: the tree of any rows. Out: the steps of the one trace. Empty when the trace has no spans. */
export function runSteps(tree: SpanTree, traceId: string): Run {
  const nodes = [...(tree.byTrace.get(traceId)?.values() ?? [])];
  const known = new Map<SpanNode, RunStep>();
  const occurrences = new Map<string, number>();
  const steps: RunStep[] = [];
  const waiting = nodes.filter((node) => node.parent === undefined || node.parent.span.traceId !== traceId);
  const first = waiting.find((node) => !node.orphan) ?? waiting[0];
  for (let at = 0; at < waiting.length; at++) {
    const node = waiting[at];
    if (!node || known.has(node)) continue;
    const step = toStep(node, node.parent && known.get(node.parent), node === first, occurrences);
    known.set(node, step);
    steps.push(step);
    waiting.push(...node.children.filter((child) => child.span.traceId === traceId));
  }
  return {
    steps,
    bySignature: new Map(steps.map((step) => [step.signature, step])),
    root: first && known.get(first),
    orphans: waiting.filter((node) => node !== first && node.orphan).length,
    failed: nodes.some((node) => node.failed),
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
  const loose = `${node.service ?? ""} ${node.span.spanKind} ${operation}`;
  const above = parent?.signature ?? (isRoot ? "" : "?");
  const path = `${above}\n${loose}`;
  const occurrence = occurrences.get(path) ?? 0;
  occurrences.set(path, occurrence + 1);
  return { node, operation, signature: `${path} #${occurrence}`, loose, parent, depth: (parent?.depth ?? -1) + 1 };
}
