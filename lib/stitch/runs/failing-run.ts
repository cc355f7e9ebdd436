/** Which trace of a timeline is the run to compare. Pure. */
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import { buildSpanTree } from "../findings/span-tree";
import { runSteps, type Run } from "./run-steps";

export interface FailingRun {
  readonly traceId: string;
  readonly run: Run;
}

/** The wanted trace if it is in the timeline; else that of the break point, of the first symptom, or the first one. */
export function failingRun({ rows, findings }: StitchedTimeline, wanted: string | undefined): FailingRun | undefined {
  const tree = buildSpanTree(rows);
  const named = findings
    .filter(({ kind }) => kind === "break-point" || kind === "first-symptom")
    .flatMap((finding) => finding.rows)
    .map(({ event, sightings }) => {
      return event.span?.traceId ?? sightings.find(({ key }) => key.kind === "trace")?.key.value;
    });
  const candidates = wanted === undefined ? [...named, tree.nodes[0]?.span.traceId] : [wanted];
  const traceId = candidates.find((id) => id !== undefined && tree.byTrace.has(id));
  return traceId === undefined ? undefined : { traceId, run: runSteps(tree, traceId) };
}
