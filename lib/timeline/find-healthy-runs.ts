/** Asks the sources for other runs of a workflow, window after window, until a healthy one is among them. */
import "server-only";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { fetchId, type RunsRequest } from "@/lib/domain/evidence-request";
import type { SettledStep } from "@/lib/domain/query-plan";
import type { HealthyPick } from "@/lib/domain/run-comparison";
import { runWindows } from "@/lib/plan/run-windows";
import type { FailingRun } from "@/lib/stitch/runs/failing-run";
import { pickHealthyRuns, versionOf, type PickedRuns } from "@/lib/stitch/runs/pick-healthy-runs";
import { readRecords, type EvidenceRecord } from "@/lib/stitch/read-records";
import { operationOf } from "@/lib/stitch/findings/standing-failures";
import { EvidenceDesk } from "./evidence-desk";
import type { TimelineDeps } from "./timeline-deps";

export interface FoundRuns {
  readonly pick: HealthyPick;
  readonly runs: PickedRuns["used"];
  readonly gaps: readonly EvidenceGap[];
}

export interface HealthyRunSearch {
  readonly failing: FailingRun;
  readonly deps: TimelineDeps;
  /** Records that the asker may be told of: no others are compared with. */
  readonly tells: (record: EvidenceRecord) => boolean;
  readonly signal: AbortSignal;
}

/** Same version first in each window. Ends early when `signal` fires or the budget of one question is over. */
export async function findHealthyRuns({ failing, deps, tells, signal }: HealthyRunSearch): Promise<FoundRuns> {
  const { run, traceId } = failing;
  const root = run.root?.node;
  const version = versionOf(run);
  const workflow = { service: root?.row.service ?? null, operation: run.root?.operation ?? "" };
  const searched: HealthyPick["searched"][number][] = [];
  const base = {
    ...workflow,
    fromRoot: root !== undefined && !root.orphan,
    ...(version === undefined ? {} : { version }),
  };
  const rawService = root?.row.event.rawService;
  const sources = [...deps.sources.values()].filter((source) => source.answers.has("runs"));
  const nothing = { pick: { ...base, searched, candidates: 0, healthy: 0, used: [] }, runs: [], gaps: [] };
  if (!root || !rawService || sources.length === 0) return nothing;

  const operation = String(root.row.event.attributes["span.name"] ?? operationOf(root));
  const deadlineAtMs = deps.now() + deps.limits.totalSeconds * 1000;
  const settled: SettledStep[] = [];
  let picked: PickedRuns = { candidates: 0, healthy: 0, used: [] };
  let isOver = false;
  for (const { name, window } of runWindows(root.row.event.happenedAtNs)) {
    for (const wanted of version === undefined ? [undefined] : [version, undefined]) {
      isOver = deps.now() >= deadlineAtMs || signal.aborted;
      if (isOver) break;
      const request: RunsRequest = {
        kind: "runs",
        rawService,
        operation,
        window,
        ...(wanted === undefined ? {} : { version: wanted }),
        ...(root.orphan ? { anywhere: true } : {}),
      };
      const ids = sources.map(({ id }) => id);
      const answers = await ask(request, ids, deps, signal, deadlineAtMs);
      settled.push(...answers);
      if (!searched.includes(name) && answers.some(({ outcome }) => outcome.answered)) searched.push(name);
      const cut = cutTraces(settled);
      const batches = settled.map((step) =>
        readRecords(step, deps.reading).filter((record) => tells(record) && !cut.has(`trace:${record.traceId ?? ""}`)),
      );
      picked = pickHealthyRuns(run, traceId, batches, deps.limits);
      if (picked.used.length > 0) break;
    }
    if (isOver || picked.used.length > 0) break;
  }
  const pick = { ...base, searched, candidates: picked.candidates, healthy: picked.healthy, used: picked.used };
  return { pick, runs: picked.used, gaps: [...lossesOf(settled), ...(isOver ? [OVER] : [])] };
}

async function ask(
  request: RunsRequest,
  sources: readonly SettledStep["step"]["source"][],
  deps: TimelineDeps,
  signal: AbortSignal,
  deadlineAtMs: number,
): Promise<SettledStep[]> {
  const { sourceSeconds, rowsPerFetch, bytesPerFetch } = deps.limits;
  const desk = new EvidenceDesk({
    sources: deps.sources,
    signal,
    now: deps.now,
    budget: () => ({
      deadlineAtMs: Math.min(deps.now() + sourceSeconds * 1000, deadlineAtMs),
      maxRows: rowsPerFetch,
      maxBytes: bytesPerFetch,
    }),
  });
  desk.start(sources.map((source) => ({ id: fetchId(source, request), source, request, hop: 0 })));
  const settled: SettledStep[] = [];
  for (let batch = await desk.next(); batch; batch = await desk.next()) settled.push(...batch);
  return settled;
}

const OVER: EvidenceGap = {
  reason: "timeout",
  detail: "The time for one question was over before every place for healthy runs was searched.",
  retryable: true,
};

/** Runs that did not come whole: what is missing of them would look like a difference. As `trace:…`. */
function cutTraces(settled: readonly SettledStep[]): ReadonlySet<string> {
  return new Set(settled.flatMap(({ outcome }) => outcome.gaps.flatMap(({ keys }) => keys ?? [])));
}

/** More runs than are looked at, and windows before the retention, take nothing from what is compared. */
function lossesOf(settled: readonly SettledStep[]): EvidenceGap[] {
  const gaps = settled.flatMap(({ outcome }) => outcome.gaps);
  return gaps.filter(({ reason, keys }) => reason !== "retention" && (reason !== "truncated" || keys !== undefined));
}
