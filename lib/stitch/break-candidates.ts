/**
 * The places at which the incident may have broken, each with the independent observations that speak for it. Who calls
 * whom decides between services that failed at the same time; a deploy or an alert adds to a candidate and never makes one.
 */
import type { RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { BreakRoot } from "./break-roots";
import { breakRoots } from "./break-roots";
import { reachableCalls } from "./reachable-calls";
import { messageWaits, type MessageWait } from "./message-waits";
import { preciseMs, type Remark, type SpanTree } from "./span-tree";
import type { StandingFailures } from "./standing-failures";

/** What speaks for a place, and how much. Each counts once, however often it was seen. */
export const OBSERVATIONS = {
  "failed-itself": 3, // failed, and nothing it called did
  refused: 3, // answered that it will not
  slow: 3, // its caller gave up waiting for it
  "no-answer": 3, // called, and never answered
  waited: 3, // a message lay there too long, or was never taken
  "covers-symptom": 2, // something failed while the message lay there
  exception: 2, // an exception was recorded inside it
  "error-report": 2, // an error tracker has it
  "several-callers": 2, // more than one service failed at it
  deploy: 2, // released shortly before it failed
  "error-log": 1, // it wrote an error
  "caller-error": 1, // its caller wrote an error about it
  "several-runs": 1, // it failed in more than one trace
  alert: 1, // an alert about it at that time
} as const;
type Observation = keyof typeof OBSERVATIONS;

export interface BreakCandidate {
  readonly place: RowService | null;
  readonly row: TimelineRow;
  /** One row for each observation that has one. */
  readonly observations: ReadonlyMap<Observation, TimelineRow>;
  readonly weight: number;
  readonly firstMs: number;
  /** Known from calls (spans), or only from what was written. */
  readonly structured: boolean;
  /** The place is one of ours, was called, and nothing of what it did is here. */
  readonly unseenBelow: boolean;
  readonly traceIds: ReadonlySet<string>;
}

export interface BreakCandidates {
  /** Best first. */
  readonly candidates: readonly BreakCandidate[];
  readonly passedOn: readonly TimelineRow[];
}

interface Draft {
  readonly place: RowService | null;
  readonly row: TimelineRow;
  readonly observations: Map<Observation, TimelineRow>;
  readonly traceIds: Set<string>;
  readonly callers: Set<string>;
  firstMs: number;
  lastMs: number;
  structured: boolean;
  unseenBelow: boolean;
}

const DEPLOY_BEFORE_MS = 6 * 3_600_000;
const ALERT_BEFORE_MS = 30 * 60_000;
const ALERT_AFTER_MS = 60 * 60_000;
/** Failures of two services this far apart are still one failure passed on. */
const PASS_ON_MS = 60_000;

export function breakCandidates(
  rows: readonly TimelineRow[],
  tree: SpanTree,
  standing: StandingFailures,
): BreakCandidates {
  const { roots, passedOn } = breakRoots(tree, standing);
  const drafts = new Map<string, Draft>();
  const rootsOfTrace = new Map<string, BreakRoot[]>();
  for (const root of roots) {
    addRoot(drafts, root, tree);
    const { traceId } = root.node.span;
    const known = rootsOfTrace.get(traceId);
    if (known) known.push(root);
    else rootsOfTrace.set(traceId, [root]);
  }
  const rejected = passedOn.map((node) => tree.standsFor(node.row));
  const loose: Remark[] = [];
  for (const remark of standing.remarks) {
    const inTrace = remark.traceId === undefined ? undefined : rootsOfTrace.get(remark.traceId);
    if (!inTrace) loose.push(remark);
    else if (!addToRoots(drafts, inTrace, remark, tree)) rejected.push(tree.standsFor(remark.row));
  }
  rejected.push(...addLoose(drafts, loose, tree));
  for (const wait of messageWaits(tree)) addWait(drafts, wait, tree);
  for (const row of rows) addContext(drafts, row);
  for (const draft of drafts.values()) {
    if (draft.traceIds.size > 1) draft.observations.set("several-runs", draft.row);
    if (draft.callers.size > 1) draft.observations.set("several-callers", draft.row);
  }
  return { candidates: [...drafts.values()].map(finish).sort(bestFirst), passedOn: rejected };
}

function addRoot(drafts: Map<string, Draft>, root: BreakRoot, tree: SpanTree): void {
  const { node, manner, place } = root;
  const draft = draftOf(drafts, place, tree.standsFor(node.row), node.endMs);
  draft.structured = true;
  see(draft, manner, tree.standsFor(node.row), node.endMs);
  draft.traceIds.add(node.span.traceId);
  if (place && place.name !== node.service && node.service !== null) draft.callers.add(node.service);
  if (root.unseenBelow) draft.unseenBelow = true;
}

/** False when the remark only repeats what was passed on to its service. */
function addToRoots(drafts: Map<string, Draft>, roots: readonly BreakRoot[], remark: Remark, tree: SpanTree): boolean {
  let added = false;
  for (const root of roots.slice(0, 50)) {
    const ofPlace = root.place?.name === remark.service;
    if (!ofPlace && root.node.service !== remark.service) continue;
    const draft = drafts.get(root.place?.name ?? "");
    if (!draft) continue;
    see(draft, ofPlace ? remarkKind(remark) : "caller-error", tree.standsFor(remark.row), remark.atMs);
    if (ofPlace && root.node.service !== remark.service) draft.unseenBelow = false;
    added = true;
  }
  return added;
}

/** Errors of which no trace is known. Returns those that a called service explains. */
function addLoose(drafts: Map<string, Draft>, loose: readonly Remark[], tree: SpanTree): TimelineRow[] {
  if (loose.length === 0) return [];
  const spans = new Map<string, { firstMs: number; lastMs: number }>();
  for (const [name, { firstMs, lastMs }] of drafts) spans.set(name, { firstMs, lastMs });
  for (const { service, atMs } of loose) {
    const known = spans.get(service ?? "");
    spans.set(service ?? "", {
      firstMs: Math.min(atMs, known?.firstMs ?? atMs),
      lastMs: Math.max(atMs, known?.lastMs ?? atMs),
    });
  }
  const calls = reachableCalls(tree);
  const explained: TimelineRow[] = [];
  for (const remark of loose) {
    const name = remark.service ?? "";
    const isPassedOn = [...spans].some(
      ([other, span]) =>
        other !== name &&
        calls(name, other) &&
        !calls(other, name) &&
        remark.atMs >= span.firstMs - PASS_ON_MS &&
        remark.atMs <= span.lastMs + PASS_ON_MS,
    );
    const row = tree.standsFor(remark.row);
    if (isPassedOn) explained.push(row);
    else
      see(draftOf(drafts, remark.row.service, row, remark.atMs), remarkKind(remark), row, remark.atMs, remark.traceId);
  }
  return explained;
}

/** A long wait counts where something failed meanwhile; a message may lie a night without harm. */
function addWait(drafts: Map<string, Draft>, wait: MessageWait, tree: SpanTree): void {
  const covered = [...drafts.values()].filter(
    (draft) => draft.lastMs >= wait.fromMs && draft.firstMs <= wait.untilMs + PASS_ON_MS,
  );
  const [symptom] = covered;
  if (!symptom) return;
  const row = tree.standsFor((wait.consumer ?? wait.producer).row);
  const place = wait.usualConsumer?.row.service ?? wait.producer.row.service;
  const draft = draftOf(drafts, place, row, wait.fromMs);
  draft.structured = true;
  see(draft, "waited", row, wait.fromMs);
  if (wait.usualConsumer) see(draft, "covers-symptom", symptom.row, wait.fromMs);
}

function addContext(drafts: Map<string, Draft>, row: TimelineRow): void {
  const { kind } = row.event;
  if ((kind !== "deploy" && kind !== "alert") || !row.service || row.partOf !== undefined) return;
  const draft = drafts.get(row.service.name);
  if (!draft) return;
  const atMs = preciseMs(row.orderNs);
  if (kind === "deploy") {
    if (atMs <= draft.firstMs && atMs >= draft.firstMs - DEPLOY_BEFORE_MS) draft.observations.set("deploy", row);
    return;
  }
  const isNear = atMs >= draft.firstMs - ALERT_BEFORE_MS && atMs <= draft.lastMs + ALERT_AFTER_MS;
  if (isNear && !draft.observations.has("alert")) draft.observations.set("alert", row);
}

function draftOf(drafts: Map<string, Draft>, place: RowService | null, row: TimelineRow, atMs: number): Draft {
  const name = place?.name ?? "";
  let draft = drafts.get(name);
  if (!draft) {
    const empty = { observations: new Map(), traceIds: new Set<string>(), callers: new Set<string>() };
    draft = { place, row, ...empty, firstMs: atMs, lastMs: atMs, structured: false, unseenBelow: false };
    drafts.set(name, draft);
  }
  return draft;
}

function see(draft: Draft, what: Observation, row: TimelineRow, atMs: number, traceId?: string): void {
  if (!draft.observations.has(what)) draft.observations.set(what, row);
  if (traceId !== undefined) draft.traceIds.add(traceId);
  draft.firstMs = Math.min(draft.firstMs, atMs);
  draft.lastMs = Math.max(draft.lastMs, atMs);
}

function remarkKind({ row }: Remark): Observation {
  if (row.event.source.startsWith("sentry/")) return "error-report";
  return row.event.kind === "error" ? "exception" : "error-log";
}

function finish({ place, row, observations, traceIds, firstMs, structured, unseenBelow }: Draft): BreakCandidate {
  let weight = 0;
  for (const what of observations.keys()) weight += OBSERVATIONS[what];
  return { place, row, observations, traceIds, firstMs, structured, unseenBelow, weight };
}

function bestFirst(a: BreakCandidate, b: BreakCandidate): number {
  if (a.weight !== b.weight) return b.weight - a.weight;
  if (a.observations.size !== b.observations.size) return b.observations.size - a.observations.size;
  if (a.firstMs !== b.firstMs) return a.firstMs - b.firstMs;
  return a.row.event.id < b.row.event.id ? -1 : 1;
}
