/**
 * Where it probably broke. At most `likely`: even an exception in the innermost call says where it was raised, not why.
 * `inconclusive` when evidence is short, when two places are equally probable, or when what would decide is missing.
 */
import { isLoss, type EvidenceGap } from "@/lib/domain/evidence-gap";
import { kindOfSource } from "@/lib/domain/source-id";
import type { BreakManner, Finding, Rejection, TimelineRow } from "@/lib/domain/stitched-timeline";
import { breakCandidates, type BreakCandidate } from "./break-candidates";
import type { SpanTree } from "./span-tree";
import type { StandingFailures } from "./standing-failures";

const MAX_CANDIDATES = 5;
const MAX_REJECTED = 20;
const MAX_ROWS = 8;
const ENOUGH_OBSERVATIONS = 2;
/** A rival is told apart by more than one weak observation. */
const CLEAR_LEAD = 1;
/** Recorded at the place itself, both ends of a wait included: more than that its caller saw it fail. */
const INNER = ["exception", "error-report", "error-log", "warning", "waited"] as const;

export interface BreakPointInput {
  readonly rows: readonly TimelineRow[];
  readonly tree: SpanTree;
  readonly standing: StandingFailures;
  readonly gaps: readonly EvidenceGap[];
  readonly symptom: TimelineRow | undefined;
}

/** Undefined when nothing failed. */
export function findBreakPoint(input: BreakPointInput): Finding | undefined {
  const { rows, tree, standing, gaps, symptom } = input;
  const { candidates, passedOn } = breakCandidates(rows, tree, standing);
  const [best] = candidates;
  const rejected = rejections(candidates, passedOn, standing.recovered, contextRows(rows, candidates));
  if (!best) {
    if (!symptom) return undefined;
    return { kind: "break-point", level: "inconclusive", rows: [symptom], candidates: [], rejected, reach: [] };
  }
  const rival = candidates.find(({ place }) => place?.name !== best.place?.name);
  const isClear = isConclusive(best, gaps) && (rival === undefined || best.weight - rival.weight >= CLEAR_LEAD);
  return {
    kind: "break-point",
    level: isClear ? "likely" : "inconclusive",
    rows: unique([best.row, ...best.observations.values()]).slice(0, MAX_ROWS),
    ...(best.place ? { service: best.place } : {}),
    ...(best.peer ? { peer: best.peer } : {}),
    ...mannerOf(best),
    candidates: candidates.slice(0, MAX_CANDIDATES).map(({ row, observations, place }) => ({
      row,
      evidence: observations.size,
      ...(place && place.name !== row.service?.name ? { service: place } : {}),
    })),
    rejected,
    reach: [],
  };
}

const MANNERS: readonly BreakManner[] = ["refused", "slow", "no-answer", "waited", "failed-itself"];

function mannerOf({ observations }: BreakCandidate): { manner?: BreakManner } {
  const manner = MANNERS.find((one) => observations.has(one));
  return manner === undefined ? {} : { manner };
}

function isConclusive(best: BreakCandidate, gaps: readonly EvidenceGap[]): boolean {
  const { observations } = best;
  if (best.place === null || observations.size < ENOUGH_OBSERVATIONS) return false;
  const inner = INNER.filter((what) => observations.has(what)).length;
  const corroborated = observations.has("several-callers") || observations.has("alert");
  if (best.unseenBelow) return false;
  if (best.place.name !== best.row.service?.name && inner === 0 && !corroborated) return false;
  // Without its calls, one service's own words may only repeat what another told it.
  if (!best.structured && inner + Number(corroborated) < 2) return false;
  return inner > 0 || !gaps.some((gap) => hidesInside(gap, best));
}

/** A loss that may hold what happened inside the place. */
function hidesInside(gap: EvidenceGap, { traceIds }: BreakCandidate): boolean {
  if (!isLoss(gap) || gap.reason === "retention") return false;
  if (gap.keys && gap.keys.length > 0) {
    const traces = gap.keys.filter((key) => key.startsWith("trace:"));
    if (traces.length > 0) return traces.some((key) => traceIds.has(key.slice("trace:".length)));
  }
  const kind = gap.source && kindOfSource(gap.source);
  return kind === undefined || kind === "tempo" || kind === "loki" || kind === "sentry";
}

function rejections(
  candidates: readonly BreakCandidate[],
  passedOn: readonly TimelineRow[],
  recovered: readonly TimelineRow[],
  context: readonly TimelineRow[],
): Finding["rejected"] {
  const [best] = candidates;
  const all: { row: TimelineRow; reason: Rejection }[] = [
    ...candidates.slice(1).map((other) => ({
      row: other.row,
      reason: best && other.firstMs > best.firstMs + 1_000 ? ("later" as const) : ("weaker" as const),
    })),
    ...onePerService(passedOn).map((row) => ({ row, reason: "passed-on" as const })),
    ...onePerService(recovered).map((row) => ({ row, reason: "recovered" as const })),
    ...context.map((row) => ({ row, reason: "context-only" as const })),
  ];
  const named = new Set(best ? [best.row.event.id] : []);
  const kept = all.filter(({ row }) => !named.has(row.event.id) && named.add(row.event.id));
  return kept.slice(0, MAX_REJECTED);
}

/** Alerts and deploys of services that did nothing wrong themselves. */
function contextRows(rows: readonly TimelineRow[], candidates: readonly BreakCandidate[]): TimelineRow[] {
  const places = new Set(candidates.map(({ place }) => place?.name));
  const others = rows.filter(
    ({ event, service, partOf }) =>
      (event.kind === "alert" || event.kind === "deploy") &&
      partOf === undefined &&
      service &&
      !places.has(service.name),
  );
  return onePerService(others);
}

function onePerService(rows: readonly TimelineRow[]): TimelineRow[] {
  const first = new Map<string, TimelineRow>();
  for (const row of rows) {
    const id = `${row.service?.name ?? ""}\n${row.event.kind}`;
    if (!first.has(id)) first.set(id, row);
  }
  return [...first.values()];
}

function unique(rows: readonly TimelineRow[]): TimelineRow[] {
  return [...new Set(rows)];
}
