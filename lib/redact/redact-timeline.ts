/**
 * The one door: stitched evidence in, sealed frames for one role out. Keeps what it sent, so that each new stitched
 * state of the same question becomes only the rows that changed.
 */
import type { EventView } from "@/lib/contract/event-view";
import type {
  CompletenessView,
  QueryView,
  SourceStatusView,
  StatsView,
  TimelineFrame,
} from "@/lib/contract/timeline-answer";
import { keyId } from "@/lib/domain/correlation-key";
import { toRfc3339Nano, type EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { KIND_RANK } from "@/lib/domain/kind-rank";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import { kindOfSource, type SourceId, type SourceKind } from "@/lib/domain/source-id";
import type { MetricSeries } from "@/lib/domain/source-outcome";
import type { ClockCorrection, StitchedTimeline, TimelineRow } from "@/lib/domain/stitched-timeline";
import { policyView } from "./policy-view";
import { redactKey } from "./redact-key";
import { isStub, redactRow } from "./redact-row";
import { redactEdges, redactKeyList, redactUnlinks, type IncidentMemory } from "./redact-graph";
import { listedKeyIds, redactCalls, redactFindings, redactGaps, redactMetrics, redactServices } from "./redact-summary";
import { redactReveals } from "./redact-reveals";
import { Redacted } from "./redacted";
import type { RedactionContext } from "./redaction-context";
import { verifyView, ViewRefused } from "./verify-view";

export interface SourceStatus {
  readonly source?: SourceId;
  readonly kind: SourceKind;
  readonly state: SourceStatusView["state"];
  readonly rows: number;
  readonly fetches: number;
  readonly elapsedMs: number;
}

const ROWS_PER_FRAME = 500;
/** Reads nothing as their own. */
const NOBODY = { userId: "", now: new Date(0) };

/** Told of every row that the door kept back: its public id, and the refused field or `error`. Never any content. */
export type OnWithheld = (rowId: string, reason: string) => void;

export class TimelineRedactor {
  readonly #context: RedactionContext;
  readonly #onWithheld: OnWithheld | undefined;
  readonly #sent = new Map<string, { row: TimelineRow; listed: number }>();

  constructor(context: RedactionContext, onWithheld?: OnWithheld) {
    this.#context = context;
    this.#onWithheld = onWithheld;
  }

  start(query: IncidentQuery): Redacted<TimelineFrame> {
    const keys = query.keys.map((key) => {
      const shown = redactKey(key, this.#context);
      return shown ? keyId(shown) : `${key.kind}:(asked)`;
    });
    const view: QueryView = {
      keys,
      from: toRfc3339Nano(query.window.fromNs),
      to: toRfc3339Nano(query.window.toNs),
      role: this.#context.role,
      ...policyView(this.#context),
    };
    return Redacted.seal({ type: "start", query: view });
  }

  /** Rows that are new, changed or gone since the last call, in frames of at most 500. */
  rows(stitched: StitchedTimeline): Redacted<TimelineFrame>[] {
    this.#context.listedKeys = listedKeyIds(stitched);
    const changed: EventView[] = [];
    const present = new Set<string>();
    for (const row of stitched.rows) {
      present.add(row.event.id);
      const known = this.#sent.get(row.event.id);
      // A key becomes listed when the question reaches it; the row beside it changes then.
      let listed = 0;
      for (const id of row.keyIds) if (this.#context.listedKeys.has(id)) listed++;
      if (known && known.listed === listed && isSameRow(known.row, row)) continue;
      this.#sent.set(row.event.id, { row, listed });
      changed.push(this.#redactSafely(row));
    }
    const removed: string[] = [];
    for (const id of this.#sent.keys()) {
      if (present.has(id)) continue;
      this.#sent.delete(id);
      removed.push(this.#context.publicId(id));
    }
    return inFrames(changed, removed);
  }

  summary(
    stitched: StitchedTimeline,
    { unlinks, reveals = [], reader, searchesOf }: IncidentMemory,
  ): Redacted<TimelineFrame> {
    return Redacted.seal({
      type: "summary",
      keys: redactKeyList(stitched.keys, searchesOf, this.#context),
      edges: redactEdges(stitched.edges, this.#context),
      services: redactServices(stitched.services, this.#context),
      calls: redactCalls(stitched.calls, this.#context),
      findings: redactFindings(stitched.findings, this.#context),
      unlinks: redactUnlinks(unlinks, stitched, this.#context),
      reveals: redactReveals(reveals, this.#context, reader ?? NOBODY),
    });
  }

  gaps(gaps: readonly EvidenceGap[]): Redacted<TimelineFrame> {
    return Redacted.seal({ type: "gaps", gaps: redactGaps(gaps, this.#context) });
  }

  metrics(metrics: readonly MetricSeries[], canonical: (raw: string) => string): Redacted<TimelineFrame> {
    return Redacted.seal({ type: "metrics", metrics: redactMetrics(metrics, canonical, this.#context) });
  }

  sources(statuses: readonly SourceStatus[]): Redacted<TimelineFrame> {
    const seesNames = this.#context.base.seesInfrastructure;
    const sources = statuses.map(({ source, kind, ...status }) => ({
      source: source === undefined ? kind : kindOfSource(source),
      ...(source === undefined || !seesNames ? {} : { sourceId: source }),
      ...status,
    }));
    return Redacted.seal({ type: "sources", sources });
  }

  end(stitched: StitchedTimeline, completeness: CompletenessView, elapsedMs: number): Redacted<TimelineFrame> {
    return Redacted.seal({ type: "end", stats: this.#stats(stitched, completeness, elapsedMs), completeness });
  }

  /** A live question has asked everything up to `upTo`. */
  settled(
    stitched: StitchedTimeline,
    completeness: CompletenessView,
    elapsedMs: number,
    upTo: EpochNs,
  ): Redacted<TimelineFrame> {
    const stats = this.#stats(stitched, completeness, elapsedMs);
    return Redacted.seal({ type: "settled", stats, completeness, upTo: toRfc3339Nano(upTo) });
  }

  #stats(stitched: StitchedTimeline, completeness: CompletenessView, elapsedMs: number): StatsView {
    let [parts, withheld] = [0, 0];
    for (const row of stitched.rows) {
      if (row.partOf !== undefined) parts++;
      if (isStub(row, this.#context)) withheld++;
    }
    return {
      shown: stitched.rows.length - parts,
      parts,
      withheld,
      records: stitched.records,
      leftOut: stitched.leftOut,
      foreign: stitched.foreign,
      complete: completeness.state === "complete",
      elapsedMs,
    };
  }

  /** A row that cannot be redacted or does not pass the check is withheld whole: the door fails closed. */
  #redactSafely(row: TimelineRow): EventView {
    const orderKey = orderKeyOf(row, this.#context.publicId(row.event.id));
    try {
      const view = redactRow(row, orderKey, this.#context);
      verifyView(view, row, this.#context);
      return view;
    } catch (error) {
      this.#onWithheld?.(this.#context.publicId(row.event.id), error instanceof ViewRefused ? error.field : "error");
      return withheldRow(row, orderKey, this.#context);
    }
  }
}

/** Text order of this key is timeline order: instant, kind, depth in the trace, id. The same for every role. */
function orderKeyOf(row: TimelineRow, publicId: string): string {
  const depth = Math.min(row.depth, 999).toString().padStart(3, "0");
  return `${row.orderNs}${KIND_RANK[row.event.kind]}${depth}${publicId}`;
}

function withheldRow(row: TimelineRow, orderKey: string, context: RedactionContext): EventView {
  const sentence = "This row could not be made safe to show and is withheld.";
  return {
    id: context.publicId(row.event.id),
    orderKey,
    kind: row.event.kind,
    happenedAt: toRfc3339Nano(row.event.happenedAtNs),
    happenedAtNs: row.event.happenedAtNs,
    service: null,
    environment: null,
    actor: { kind: "system" },
    severity: "unknown",
    outcome: "unknown",
    title: sentence,
    sentence,
    attributes: {},
    keys: [],
    source: kindOfSource(row.event.source),
    links: [],
    why: [{ keyKind: "context", rule: "withheld", confidence: "context", source: kindOfSource(row.event.source) }],
    context: row.event.context,
    seenIn: [kindOfSource(row.event.source)],
    count: 1,
  };
}

/** Rows are rebuilt on every stitch; the record and the chain decide whether anything visible changed. */
function isSameRow(a: TimelineRow, b: TimelineRow): boolean {
  if (a.event !== b.event || a.depth !== b.depth || a.count !== b.count || a.why.length !== b.why.length) return false;
  if (a.orderNs !== b.orderNs || a.partOf !== b.partOf || a.part !== b.part || a.lastAtNs !== b.lastAtNs) return false;
  if (a.causal !== b.causal || !isSameClock(a.clock, b.clock) || a.seenIn.join() !== b.seenIn.join()) return false;
  return a.why.every((join, i) => {
    const other = b.why[i];
    return (
      other !== undefined &&
      join.rule === other.rule &&
      join.throughEvent === other.throughEvent &&
      // Of two searches that bring a record the better one stands, also when it answers later.
      join.query?.text === other.query?.text &&
      join.source === other.source &&
      join.foundIn === other.foundIn &&
      join.confidence === other.confidence &&
      join.key?.value === other.key?.value &&
      join.key?.kind === other.key?.kind
    );
  });
}

function isSameClock(a: ClockCorrection | undefined, b: ClockCorrection | undefined): boolean {
  return a?.state === b?.state && a?.offsetNs === b?.offsetNs && a?.reference === b?.reference && a?.pairs === b?.pairs;
}

function inFrames(rows: readonly EventView[], removed: string[]): Redacted<TimelineFrame>[] {
  const frames: Redacted<TimelineFrame>[] = [];
  for (let at = 0; at < rows.length; at += ROWS_PER_FRAME) {
    frames.push(Redacted.seal({ type: "rows", rows: rows.slice(at, at + ROWS_PER_FRAME), removed: [] }));
  }
  if (removed.length > 0) frames.push(Redacted.seal({ type: "rows", rows: [], removed }));
  return frames;
}
