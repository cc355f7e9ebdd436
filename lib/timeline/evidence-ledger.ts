/**
 * What came back so far, step by step. A step that is asked again adds to its account instead of standing beside itself:
 * records are unique by event id, and a gap stands until a later attempt covers the same time.
 */
import type { EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { PlanStep, SettledStep } from "@/lib/domain/query-plan";
import { isReached, type MetricSeries, type SourceOutcome } from "@/lib/domain/source-outcome";
import type { TimeWindow } from "@/lib/domain/time-window";
import type { EvidenceRecord } from "@/lib/stitch/read-records";

interface StepAccount {
  readonly step: PlanStep;
  readonly records: Map<string, EvidenceRecord>;
  /** `records` as lists, made anew only when they change. */
  batch: readonly EvidenceRecord[];
  outcome: SourceOutcome;
  /** Everything before was answered once; undefined until the whole window was. */
  coveredToNs: EpochNs | undefined;
  /** Attempts that left gaps, with the time for which something is missing. */
  gaps: readonly { readonly window: TimeWindow; readonly gaps: readonly EvidenceGap[] }[];
}

export interface Added {
  /** False when nothing that can be seen is different: no record, no gap. */
  readonly changed: boolean;
  /** Records that were new or different, of this step. */
  readonly fresh: readonly EvidenceRecord[];
}

export class EvidenceLedger {
  readonly #accounts = new Map<string, StepAccount>();
  #room = Number.POSITIVE_INFINITY;
  #dropped = new Set<string>();
  #metricsVersion = 0;

  /** From now on only so many further records are kept; the others are counted in a gap. */
  limitTo(furtherRecords: number): void {
    this.#room = furtherRecords;
  }

  has(stepId: string): boolean {
    return this.#accounts.has(stepId);
  }

  /** `records` are those of the settled step, read. */
  add({ step, outcome }: SettledStep, records: readonly EvidenceRecord[]): Added {
    const known = this.#accounts.get(step.id);
    const account = known ?? { step, records: new Map(), batch: [], outcome, coveredToNs: undefined, gaps: [] };
    this.#accounts.set(step.id, account);
    const droppedBefore = this.#dropped.size;
    const fresh = this.#addRecords(account, records);
    const gapsBefore = account.gaps;
    account.gaps = standingGaps(account, step.request.window, outcome);
    if (isReached(outcome)) account.coveredToNs = step.request.window.toNs;
    if (outcome.metrics.length > 0) this.#metricsVersion++;
    account.outcome = {
      ...outcome,
      answered: outcome.answered || (known?.outcome.answered ?? false),
      events: fresh.length > 0 || !known ? account.batch.map(({ event }) => event) : known.outcome.events,
      metrics: outcome.metrics.length > 0 || !known ? outcome.metrics : known.outcome.metrics,
      gaps: account.gaps.flatMap(({ gaps }) => gaps),
      elapsedMs: Math.max(outcome.elapsedMs, known?.outcome.elapsedMs ?? 0),
    };
    const changed = fresh.length > 0 || this.#dropped.size > droppedBefore || !sameGaps(gapsBefore, account.gaps);
    return { changed, fresh };
  }

  /** One entry per step, with all that its attempts brought. */
  settled(): SettledStep[] {
    return [...this.#accounts.values()].map(({ step, outcome }) => ({ step, outcome }));
  }

  /** True when the step was answered and nothing of it was cut off. */
  answered(stepId: string): boolean {
    const outcome = this.#accounts.get(stepId)?.outcome;
    return outcome !== undefined && outcome.answered && !outcome.gaps.some((gap) => gap.continuation);
  }

  batches(): readonly (readonly EvidenceRecord[])[] {
    return [...this.#accounts.values()].map(({ batch }) => batch);
  }

  gaps(): EvidenceGap[] {
    const gaps = [...this.#accounts.values()].flatMap(({ outcome }) => outcome.gaps);
    return this.#dropped.size > 0 ? [...gaps, fullGap(this.#dropped.size)] : gaps;
  }

  metrics(): MetricSeries[] {
    return [...this.#accounts.values()].flatMap(({ outcome }) => outcome.metrics);
  }

  /** Another number whenever `metrics()` may be different. */
  get metricsVersion(): number {
    return this.#metricsVersion;
  }

  #addRecords(account: StepAccount, records: readonly EvidenceRecord[]): EvidenceRecord[] {
    const fresh = new Map<string, EvidenceRecord>();
    for (const record of records) {
      const { id } = record.event;
      const before = fresh.get(id) ?? account.records.get(id);
      if (before && !isNewer(record, before, fresh.has(id))) continue;
      if (!before && !this.#takesIn(id)) continue;
      fresh.set(id, record);
    }
    if (fresh.size === 0) return [];
    for (const [id, record] of fresh) account.records.set(id, record);
    account.batch = [...account.records.values()];
    return [...fresh.values()];
  }

  #takesIn(id: string): boolean {
    if (this.#room <= 0) {
      this.#dropped.add(id);
      return false;
    }
    this.#room--;
    return true;
  }
}

/**
 * Within one answer the record that says more stands. Of two attempts the later one stands, when it says something else:
 * the earlier object is kept otherwise, so that an unchanged row is not sent again.
 */
function isNewer(record: EvidenceRecord, before: EvidenceRecord, sameAnswer: boolean): boolean {
  if (record.sightings.length !== before.sightings.length) return record.sightings.length > before.sightings.length;
  return !sameAnswer && content(record) !== content(before);
}

/** Links carry the range that was asked for and change with every look. */
function content({ event }: EvidenceRecord): string {
  return JSON.stringify({ ...event, links: [], fetchedBy: 0 });
}

/** A failed look at time that was answered before misses only what is new: the next good one makes up for it. */
function standingGaps(
  { gaps, coveredToNs }: StepAccount,
  window: TimeWindow,
  outcome: SourceOutcome,
): StepAccount["gaps"] {
  const standing = gaps.filter((attempt) => attempt.window.fromNs < window.fromNs || attempt.window.toNs > window.toNs);
  if (outcome.gaps.length === 0) return standing;
  const isKnown = !isReached(outcome) && coveredToNs !== undefined && coveredToNs > window.fromNs;
  const missing = isKnown ? { fromNs: coveredToNs, toNs: window.toNs } : window;
  return [...standing, { window: missing, gaps: outcome.gaps }];
}

/** Windows aside: they move with every look. */
function sameGaps(a: StepAccount["gaps"], b: StepAccount["gaps"]): boolean {
  const texts = [a, b].map((attempts) =>
    attempts.flatMap(({ gaps }) =>
      gaps.map(({ reason, detail, shown, total, keys }) => JSON.stringify([reason, detail, shown, total, keys])),
    ),
  );
  return texts[0]?.join("\n") === texts[1]?.join("\n");
}

function fullGap(dropped: number): EvidenceGap {
  return {
    reason: "truncated",
    detail:
      "The live view holds as many records as it may; newer ones are not shown. Open it anew or narrow the range.",
    retryable: false,
    shown: 0,
    total: dropped,
  };
}
