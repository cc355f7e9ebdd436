/** The use case behind `GET /api/v1/timeline/comparison`: ask the question, find the run that failed, find healthy ones. */
import "server-only";
import type { ComparisonView } from "@/lib/contract/comparison-view";
import type { Access } from "@/lib/domain/access";
import type { Principal } from "@/lib/domain/principal";
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import { parseKnownTraceId } from "@/lib/domain/trace-id";
import { ProblemError } from "@/lib/platform/problem-error";
import { compileClassTable } from "@/lib/redact/class-table";
import { isComparedPath, redactComparison } from "@/lib/redact/redact-comparison";
import type { Redacted } from "@/lib/redact/redacted";
import { createRedactionContext, type RedactionContext } from "@/lib/redact/redaction-context";
import type { ScopedRow } from "@/lib/redact/row-access";
import { compareRuns } from "@/lib/stitch/runs/compare-runs";
import { failingRun } from "@/lib/stitch/runs/failing-run";
import { openSealed } from "@/lib/stream/open-sealed";
import { startQuestion, type StartedQuestion } from "./answer-timeline";
import { findHealthyRuns } from "./find-healthy-runs";
import { OpenQuestion } from "./open-question";
import { recordShown, unrecorded, type BeforeShown } from "./record-shown";
import { requireSameStanding } from "./require-same-standing";
import type { TimelineDeps } from "./timeline-deps";

/** Recorded as a view of the same keys. Throws `ProblemError` on a bad question. Undefined when the asker left. */
export async function compareWithHealthyRun(
  principal: Principal,
  searchParams: URLSearchParams,
  leaving: AbortSignal,
  current: () => Promise<Principal> = () => Promise.resolve(principal),
): Promise<ComparisonView | undefined> {
  const started = await startQuestion(principal, searchParams);
  const wanted = parseTrace(searchParams.get("trace"), started.access);
  const record = recordShown(principal, started.access.incident, started.viewId);
  const sealed = await compareRunOf(started, wanted, started.deps, leaving, record);
  await requireSameStanding(started, await current());
  return sealed && openSealed(sealed);
}

/** Undefined when `signal` fired before the end. `beforeShown` is awaited before there is an answer. */
export async function compareRunOf(
  { asked, unlinks, access }: Pick<StartedQuestion, "asked" | "unlinks" | "access">,
  wanted: string | undefined,
  deps: TimelineDeps,
  signal: AbortSignal,
  beforeShown: BeforeShown = unrecorded,
): Promise<Redacted<ComparisonView> | undefined> {
  const context = createRedactionContext(deps.redaction, access);
  const startedAtMs = deps.now();
  const work = new OpenQuestion({ asked, deps, signal, startedAtMs, unlinks, scope: context });
  const stitched = await settle(work);
  if (signal.aborted) return undefined;
  await beforeShown(stitched, context);
  // A run of steps that may not be told of would tell of them by how it differs.
  const tells = (row: ScopedRow) => context.rowAccess(row) === "full";
  const failing = failingRun({ ...stitched, rows: stitched.rows.filter(tells) }, wanted);
  const startedAtNs = failing?.run.steps[0]?.node.row.event.happenedAtNs;
  if (!failing || !startedAtNs) return redactComparison(undefined, work.gaps(stitched), context);
  const { pick, runs, gaps } = await findHealthyRuns({ failing, deps, tells, signal });
  if (signal.aborted) return undefined;
  const healthy = runs.map(({ run }) => run);
  const compared = { traceId: failing.traceId, startedAtNs, steps: failing.run.steps.length, pick };
  const comparison = healthy.length === 0 ? {} : { comparison: compareRuns(failing.run, healthy, comparedBy(context)) };
  return redactComparison({ ...compared, ...comparison }, [...work.gaps(stitched), ...gaps], context);
}

async function settle(work: OpenQuestion): Promise<StitchedTimeline> {
  work.begin();
  for (let batch = await work.next(); batch; batch = await work.next()) work.absorb(batch);
  return work.stitched();
}

function comparedBy(context: RedactionContext): (path: string) => boolean {
  return (path) => isComparedPath(path, context);
}

/** Who reads no trace ids may not test guesses of them: every text is answered like one that is no trace id. */
function parseTrace(text: string | null, access: Access): string | undefined {
  if (text === null || text === "") return undefined;
  const readsTraces =
    compileClassTable(
      access,
      access.lenses.map(() => false),
    ).treat("telemetry-id") === "show";
  const traceId = readsTraces ? parseKnownTraceId(text) : undefined;
  if (traceId !== undefined) return traceId;
  throw new ProblemError("bad-request", { field: "trace", detail: "Expected a trace id of 16 or 32 hex digits." });
}
