/**
 * The places at which the incident may have broken, each with the independent observations that speak for it. Who calls
 * whom decides between services that failed at the same time; a deploy or an alert adds to a candidate and never makes one.
 */
import type { RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { BreakRoot } from "./break-roots";
import { looksLikeWaiting } from "./failure-facts";
import { breakRoots } from "./break-roots";
import { reachableCalls } from "./reachable-calls";
import { messageWaits, type MessageWait } from "./message-waits";
import { preciseMs, type Remark, type SpanTree } from "./span-tree";
import { failuresOf, type Failure, type StandingFailures } from "./standing-failures";

/** What speaks for a place, and how much. Each counts once, however often it was seen. */
const OBSERVATIONS = {
  "failed-itself": 3, // failed, and nothing it called did
  refused: 3, // answered that it will not
  slow: 3, // its caller gave up waiting for it
  "no-answer": 3, // called, and never answered
  waited: 3, // a message lay there too long
  "covers-symptom": 2, // something failed while the message lay there
  exception: 2, // an exception was recorded inside it
  "error-report": 2, // an error tracker has it
  "several-callers": 2, // more than one service failed at it
  deploy: 2, // released shortly before it failed
  "error-log": 1, // it wrote an error
  warning: 1, // it wrote a warning where it refused
  "caller-error": 1, // its caller wrote an error about it
  "not-taken": 1, // a message that nobody is seen to have taken
  "several-runs": 1, // it failed in more than one trace
  alert: 1, // an alert about it at that time
} as const;
type Observation = keyof typeof OBSERVATIONS;

export interface BreakCandidate {
  readonly place: RowService | null;
  /** What it called, when that is none of ours and gave no good answer. */
  readonly peer?: RowService;
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
  readonly peer?: RowService;
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
  addWarnings(drafts, rootsOfTrace, tree);
  rejected.push(...addLoose(drafts, loose, tree));
  const failures = failuresOf(standing);
  for (const wait of messageWaits(tree)) addWait(drafts, wait, failures, tree);
  const byService = draftsByService(drafts);
  for (const row of rows) addContext(byService, row);
  for (const draft of drafts.values()) {
    if (draft.traceIds.size > 1) draft.observations.set("several-runs", draft.row);
    if (draft.callers.size > 1) draft.observations.set("several-callers", draft.row);
  }
  return { candidates: [...drafts.values()].map(finish).sort(bestFirst), passedOn: rejected };
}

function addRoot(drafts: Map<string, Draft>, root: BreakRoot, tree: SpanTree): void {
  const { node, manner, place, peer } = root;
  const draft = draftOf(drafts, place, tree.standsFor(node.row), node.endMs, peer);
  draft.structured = true;
  see(draft, manner, tree.standsFor(node.row), node.endMs);
  draft.traceIds.add(node.span.traceId);
  if ((peer || place?.name !== node.service) && node.service !== null) draft.callers.add(node.service);
  if (root.unseenBelow) draft.unseenBelow = true;
}

/** False when the remark only repeats what was passed on to its service. */
function addToRoots(drafts: Map<string, Draft>, roots: readonly BreakRoot[], remark: Remark, tree: SpanTree): boolean {
  let added = false;
  // What was written inside a call is of the service that answered it, however the line spells its own name.
  const service = remark.host?.service ?? remark.service;
  for (const root of roots.slice(0, 50)) {
    const ofPlace = root.place?.name === service;
    if (!ofPlace && root.node.service !== service) continue;
    const draft = drafts.get(draftName(root.place, root.peer));
    if (!draft) continue;
    see(draft, ofPlace ? remarkKind(remark) : "caller-error", tree.standsFor(remark.row), remark.atMs);
    if (ofPlace && root.node.service !== service) draft.unseenBelow = false;
    added = true;
  }
  return added;
}

/** Who refuses does not fail: it says so in a warning. */
function addWarnings(
  drafts: ReadonlyMap<string, Draft>,
  rootsOfTrace: ReadonlyMap<string, readonly BreakRoot[]>,
  tree: SpanTree,
): void {
  for (const { row, host } of tree.remarks) {
    if (row.event.outcome !== "warning" || !host) continue;
    for (const root of rootsOfTrace.get(host.span.traceId) ?? []) {
      if (root.manner !== "refused" || root.node.service !== host.service) continue;
      drafts.get(draftName(root.place, root.peer))?.observations.set("warning", tree.standsFor(row));
    }
  }
}

/** Errors of which no trace is known. Returns those that a called service explains. */
function addLoose(drafts: Map<string, Draft>, loose: readonly Remark[], tree: SpanTree): TimelineRow[] {
  if (loose.length === 0) return [];
  const spans = new Map<string, { firstMs: number; lastMs: number }>();
  for (const { place, firstMs, lastMs } of drafts.values()) spans.set(place?.name ?? "", { firstMs, lastMs });
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

/** A long wait counts where somebody waited for it in vain; a message may lie a night without harm. */
function addWait(drafts: Map<string, Draft>, wait: MessageWait, failures: readonly Failure[], tree: SpanTree): void {
  const symptom = failures.find(
    ({ atMs, row }) => atMs >= wait.fromMs && atMs <= wait.untilMs && looksLikeWaiting(row),
  );
  if (!symptom) return;
  const row = tree.standsFor((wait.consumer ?? wait.producer).row);
  const place = wait.usualConsumer?.row.service ?? wait.producer.row.service;
  const draft = draftOf(drafts, place, row, wait.fromMs);
  draft.structured = true;
  see(draft, wait.usualConsumer ? "waited" : "not-taken", row, wait.fromMs);
  if (wait.usualConsumer) see(draft, "covers-symptom", tree.standsFor(symptom.row), wait.fromMs);
}

function draftsByService(drafts: ReadonlyMap<string, Draft>): Map<string, Draft[]> {
  const byService = new Map<string, Draft[]>();
  for (const draft of drafts.values()) {
    const name = draft.place?.name ?? "";
    byService.set(name, [...(byService.get(name) ?? []), draft]);
  }
  return byService;
}

function addContext(drafts: ReadonlyMap<string, readonly Draft[]>, row: TimelineRow): void {
  const { kind } = row.event;
  if ((kind !== "deploy" && kind !== "alert") || !row.service || row.partOf !== undefined) return;
  for (const draft of drafts.get(row.service.name) ?? []) addContextTo(draft, kind, row);
}

function addContextTo(draft: Draft, kind: "deploy" | "alert", row: TimelineRow): void {
  const atMs = preciseMs(row.orderNs);
  if (kind === "deploy") {
    if (atMs <= draft.firstMs && atMs >= draft.firstMs - DEPLOY_BEFORE_MS) draft.observations.set("deploy", row);
    return;
  }
  const isNear = atMs >= draft.firstMs - ALERT_BEFORE_MS && atMs <= draft.lastMs + ALERT_AFTER_MS;
  if (isNear && !draft.observations.has("alert")) draft.observations.set("alert", row);
}

/** Calls of several services to one third party are one place: the first of them stands for it. */
function draftName(place: RowService | null, peer?: RowService): string {
  return peer ? `→ ${peer.name}` : (place?.name ?? "");
}

function draftOf(
  drafts: Map<string, Draft>,
  place: RowService | null,
  row: TimelineRow,
  atMs: number,
  peer?: RowService,
): Draft {
  const name = draftName(place, peer);
  let draft = drafts.get(name);
  if (!draft) {
    const empty = { observations: new Map(), traceIds: new Set<string>(), callers: new Set<string>() };
    const about = peer ? { place, peer, row } : { place, row };
    draft = { ...about, ...empty, firstMs: atMs, lastMs: atMs, structured: false, unseenBelow: false };
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

function finish(draft: Draft): BreakCandidate {
  let weight = 0;
  for (const what of draft.observations.keys()) weight += OBSERVATIONS[what];
  return { ...draft, weight };
}

function bestFirst(a: BreakCandidate, b: BreakCandidate): number {
  if (a.weight !== b.weight) return b.weight - a.weight;
  if (a.observations.size !== b.observations.size) return b.observations.size - a.observations.size;
  if (a.firstMs !== b.firstMs) return a.firstMs - b.firstMs;
  return a.row.event.id < b.row.event.id ? -1 : 1;
}
