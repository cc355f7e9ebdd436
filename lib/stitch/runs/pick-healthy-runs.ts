/** From fetched runs of a workflow to those worth comparing with: without failures, same version, near in time. Pure. */
import type { Limits } from "@/lib/domain/configuration";
import { durationNs } from "@/lib/domain/epoch-ns";
import type { HealthyRun } from "@/lib/domain/run-comparison";
import type { EvidenceRecord } from "../read-records";
import { runSteps, runStepsBelow, type Run } from "./run-steps";
import { buildSpanTree } from "../findings/span-tree";
import { standingFailures } from "../findings/standing-failures";
import { stitchTimeline } from "../stitch-timeline";

export interface PickedRuns {
  readonly candidates: number;
  readonly healthy: number;
  /** At most five, the nearest first. */
  readonly used: readonly (HealthyRun & { readonly run: Run })[];
}

const USED = 5;

/** `here` must have a root. Runs of other workflows and the run itself are no candidates. */
export function pickHealthyRuns(
  here: Run,
  traceId: string,
  batches: readonly (readonly EvidenceRecord[])[],
  limits: Limits,
): PickedRuns {
  const root = here.root;
  if (!root) return { candidates: 0, healthy: 0, used: [] };
  const found: (HealthyRun & { readonly run: Run })[] = [];
  let candidates = 0;
  for (const [otherId, records] of byTrace(batches)) {
    if (otherId === traceId) continue;
    const asked = [{ kind: "trace", value: otherId }];
    const { rows } = stitchTimeline({ asked, batches: [records], expansion: [], limits });
    const tree = buildSpanTree(rows);
    const run = root.node.orphan ? runStepsBelow(tree, otherId, root.loose) : runSteps(tree, otherId);
    if (!run.root || run.root.loose !== root.loose) continue;
    candidates++;
    const standing = standingFailures(tree);
    if (standing.nodes.size > 0 || standing.remarks.length > 0) continue;
    const distanceNs = durationNs(root.node.row.event.happenedAtNs, run.root.node.row.event.happenedAtNs);
    found.push({ traceId: otherId, sameVersion: versionOf(run) === versionOf(here), distanceNs, run });
  }
  const sameVersion = found.filter((run) => run.sameVersion);
  const used = (sameVersion.length > 0 ? sameVersion : found).sort(nearestFirst).slice(0, USED);
  return { candidates, healthy: found.length, used };
}

export function versionOf(run: Run): string | undefined {
  const attributes = run.root?.node.row.event.attributes;
  const version = attributes?.["resource.service.version"] ?? attributes?.["service.version"];
  return version === undefined ? undefined : String(version);
}

function byTrace(batches: readonly (readonly EvidenceRecord[])[]): [string, EvidenceRecord[]][] {
  const traces = new Map<string, EvidenceRecord[]>();
  for (const record of batches.flat()) {
    if (record.traceId === undefined) continue;
    const known = traces.get(record.traceId);
    if (known) known.push(record);
    else traces.set(record.traceId, [record]);
  }
  return [...traces].sort(([a], [b]) => (a < b ? -1 : 1));
}

function nearestFirst(a: HealthyRun, b: HealthyRun): number {
  const [left, right] = [magnitude(a.distanceNs), magnitude(b.distanceNs)];
  return left < right ? -1 : left > right ? 1 : a.traceId < b.traceId ? -1 : 1;
}

function magnitude(ns: bigint): bigint {
  return ns < 0n ? -ns : ns;
}
