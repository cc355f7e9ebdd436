/** The state of one question: what was planned, what came back, what it leads to. */
import "server-only";
import { keyId, SERVICE_KIND, type CorrelationKey, type KeyId } from "@/lib/domain/correlation-key";
import { epochNsFromMs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { fetchId } from "@/lib/domain/evidence-request";
import type { IncidentQuery, PlanStep, SettledStep } from "@/lib/domain/query-plan";
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import type { StoredUnlink } from "@/lib/domain/stored-unlink";
import { planKeySteps, type PlanState } from "@/lib/plan/plan-steps";
import type { RedactionContext } from "@/lib/redact/redaction-context";
import { showsValue } from "@/lib/redact/shows-value";
import { valueSpellings } from "@/lib/normalize/attribute-spellings";
import { BARE_VALUE_RULE } from "@/lib/normalize/extract-keys";
import { readRecords, type EvidenceRecord } from "@/lib/stitch/read-records";
import { stitchTimeline } from "@/lib/stitch/stitch-timeline";
import { EvidenceDesk } from "./evidence-desk";
import { EvidenceLedger } from "./evidence-ledger";
import { LiveSchedule } from "./live-schedule";
import { LookAround } from "./look-around";
import { notConfiguredGaps, sourceStatuses } from "./source-statuses";
import type { TimelineDeps } from "./timeline-deps";

/** Rows never wait longer than this for company. */
const MAX_REST_MS = 1_000;

export interface QuestionOptions {
  readonly asked: IncidentQuery;
  readonly deps: TimelineDeps;
  readonly signal: AbortSignal;
  readonly startedAtMs: number;
  readonly unlinks: readonly StoredUnlink[];
  /** The asker's: what takes part, and the digest under which rows, keys and fetches are known outside. */
  readonly scope: RedactionContext;
}

/** Records that following may add to the first answer. */
const FOLLOWED_RECORDS = 50_000;

export class OpenQuestion {
  readonly #options: QuestionOptions;
  readonly #desk: EvidenceDesk;
  readonly #planned = new Set<string>();
  readonly #around = new LookAround();
  readonly #ledger = new EvidenceLedger();
  readonly #schedule: LiveSchedule;
  readonly #unlinked = { events: new Set<string>(), keys: new Set<KeyId>() };
  /** How often the rest of a fetch was asked for, by its token. */
  readonly #continued = new Map<string, number>();
  /** Gaps whose rest was asked for: what is still missing, the continuation says itself. */
  readonly #closedGaps = new Set<EvidenceGap>();
  #planGaps: readonly EvidenceGap[] = [];
  #serviceGaps: readonly EvidenceGap[] = [];
  #following = false;
  #stitched: StitchedTimeline | undefined;
  /** How long the last stitching took: as long is rested before the next, so that half the time is left to others. */
  #stitchMs = 0;

  constructor(options: QuestionOptions) {
    this.#options = options;
    this.#schedule = new LiveSchedule(options.asked.window);
    const { deps, signal, startedAtMs } = options;
    const { totalSeconds, sourceSeconds, rowsPerFetch, bytesPerFetch } = deps.limits;
    this.#desk = new EvidenceDesk({
      sources: deps.sources,
      signal,
      now: deps.now,
      budget: () => ({
        deadlineAtMs: Math.min(
          deps.now() + sourceSeconds * 1000,
          this.#following ? Number.POSITIVE_INFINITY : startedAtMs + totalSeconds * 1000,
        ),
        maxRows: rowsPerFetch,
        maxBytes: bytesPerFetch,
      }),
    });
  }

  begin(): void {
    const { keys } = this.#options.asked;
    const seeds = keys.map((key) => ({ id: keyId(key), key, hop: 0 }));
    const services = keys.filter(({ kind }) => kind === SERVICE_KIND).map(({ value }) => this.#serviceCalled(value));
    const byKey = planKeySteps(this.#planState(), seeds);
    const byService = this.#around.begin(services, this.#planState());
    this.#serviceGaps = byService.gaps;
    this.#planGaps = byKey.gaps;
    this.#start([...byKey.steps, ...byService.steps]);
  }

  async next(): Promise<readonly SettledStep[] | undefined> {
    for (;;) {
      const patienceMs = this.#around.patienceMs(this.#options.deps.now());
      const batch = await this.#desk.next(Math.min(this.#stitchMs, MAX_REST_MS), patienceMs);
      if (batch?.length !== 0) return batch;
      this.#start(this.#around.stepsNow(this.stitched(), this.#planState()));
    }
  }

  /** The question was answered once: from now on `look` and `take` keep it up with what happens. */
  follow(): StitchedTimeline {
    this.#following = true;
    this.#ledger.limitTo(FOLLOWED_RECORDS);
    return this.stitched();
  }

  /** Asks again what is due. */
  look(): void {
    const follow = new Set(this.stitched().follow.map(({ id }) => id));
    const isWanted = ({ request }: PlanStep) => {
      if (request.kind === "trace") return follow.has(keyId({ kind: "trace", value: request.traceId }));
      return request.kind !== "by-key" || follow.has(keyId(request.key));
    };
    this.#desk.start(this.#schedule.due(this.#options.deps.now(), isWanted));
  }

  /** What settled since the last call, without waiting. */
  take(): readonly SettledStep[] {
    return this.#desk.take();
  }

  /** Everything before this instant was asked for. */
  get upToNs(): EpochNs {
    return this.#schedule.upToNs;
  }

  /** Reads a batch, stitches anew and starts whatever the evidence now leads to. The same object when nothing changed. */
  absorb(batch: readonly SettledStep[]): StitchedTimeline {
    let isChanged = this.#stitched === undefined;
    for (const arrived of batch) {
      const { settled, records } = this.#admitted(arrived);
      const { changed, fresh } = this.#ledger.add(settled, records);
      this.#schedule.settled(settled, fresh, this.#options.deps.now());
      this.#recogniseUnlinked(fresh);
      this.#continue(settled);
      isChanged ||= changed;
    }
    const stitched = isChanged ? this.#stitch() : this.stitched();
    if (isChanged) {
      const { steps, gaps } = planKeySteps(this.#planState(), stitched.follow);
      this.#planGaps = gaps;
      this.#start(steps);
    }
    const isSettling = !this.#following && !this.#desk.isIdle;
    this.#start(this.#around.steps(stitched, this.#planState(), this.#options.deps.now(), isSettling));
    return stitched;
  }

  stitched(): StitchedTimeline {
    return this.#stitched ?? this.#stitch();
  }

  statuses() {
    const asking = this.#desk.running.filter(({ id }) => !this.#ledger.has(id));
    return sourceStatuses([...this.#options.deps.sources.keys()], this.#ledger.settled(), asking);
  }

  gaps(stitched: StitchedTimeline): EvidenceGap[] {
    return [...this.#sourceGaps(), ...stitched.gaps, ...this.#planGaps, ...this.#serviceGaps];
  }

  metrics() {
    return this.#ledger.metrics();
  }

  get metricsVersion(): number {
    return this.#ledger.metricsVersion;
  }

  /** How many searches following the key would cost. */
  readonly searchesOf = (key: CorrelationKey): number => {
    const kind = key.kind === "trace" ? "trace" : "by-key";
    return [...this.#options.deps.sources.values()].filter((source) => source.answers.has(kind)).length;
  };

  #stitch(): StitchedTimeline {
    const { asked, deps, scope } = this.#options;
    const startedAtMs = deps.now();
    this.#stitched = stitchTimeline({
      asked: asked.keys,
      batches: this.#ledger.batches(),
      expansion: deps.expansion,
      limits: deps.limits,
      sourceGaps: this.#sourceGaps(),
      unlinked: this.#unlinked,
      tells: (row) => scope.rowAccess(row) === "full",
      ...(asked.widen ? { widen: asked.widen } : {}),
    });
    this.#stitchMs = deps.now() - startedAtMs;
    return this.#stitched;
  }

  #sourceGaps(): EvidenceGap[] {
    const reported = this.#ledger.gaps();
    const missing = notConfiguredGaps([...this.#options.deps.sources.keys()]);
    return [...missing, ...reported.filter((gap) => !this.#closedGaps.has(gap) && !this.#isMadeGood(gap))];
  }

  /** A search that had no room for a trace lost nothing when that trace was then fetched by itself. */
  #isMadeGood({ source, continuation }: EvidenceGap): boolean {
    return (
      source !== undefined && continuation?.kind === "trace" && this.#ledger.answered(fetchId(source, continuation))
    );
  }

  /** Asks for the rest of a cut-off fetch as often as the question wants. */
  #continue({ step, outcome }: SettledStep): void {
    for (const gap of outcome.gaps) {
      if (!gap.continuation) continue;
      const base = fetchId(step.source, gap.continuation);
      const token = this.#options.scope.publicId(base);
      const wanted = this.#options.asked.continuations?.get(token) ?? 0;
      const done = this.#continued.get(token) ?? 0;
      if (done >= wanted) continue;
      this.#continued.set(token, done + 1);
      this.#closedGaps.add(gap);
      const { fromNs, toNs } = gap.continuation.window;
      this.#start([{ ...step, id: `${base}@${fromNs}-${toNs}`, request: gap.continuation }]);
    }
  }

  /**
   * Rows that the asker may not know of take no part: not in joins, not in counts, not in findings. Leaving them out only
   * at the end would tell about them by what they led to. The same for what a search by id found in hidden fields.
   */
  #admitted(arrived: SettledStep): { settled: SettledStep; records: readonly EvidenceRecord[] } {
    const { deps, scope } = this.#options;
    const all = readRecords(arrived, deps.reading);
    const records = all.filter((record) => this.#mayTakePart(record));
    if (scope.admitsEveryRow && records.length === all.length) return { settled: arrived, records };
    const ids = new Set(records.map(({ event }) => event.id));
    const events = arrived.outcome.events.filter(({ id }) => ids.has(id));
    // How many there are counts those that were left out.
    const counted = ({ shown: _shown, total: _total, ...gap }: EvidenceGap) => gap;
    const gaps = scope.admitsEveryRow ? arrived.outcome.gaps : arrived.outcome.gaps.map(counted);
    return { settled: { ...arrived, outcome: { ...arrived.outcome, events, gaps } }, records };
  }

  #mayTakePart(record: EvidenceRecord): boolean {
    const { scope } = this.#options;
    if (!scope.admitsEveryRow && scope.rowAccess(record) === "omit") return false;
    const { request } = record.step;
    if (request.kind !== "by-key" || namesKey(record, request.key)) return true;
    const { kind, value } = request.key;
    const rules = this.#options.deps.reading.keys.all.filter(({ rule }) => rule.kind === kind);
    return showsValue(record, [value, ...rules.flatMap(({ rule }) => valueSpellings(rule, value))], scope);
  }

  /** Stored targets are digests: they are recognised in what arrived. */
  #recogniseUnlinked(records: readonly EvidenceRecord[]): void {
    const { unlinks } = this.#options;
    const { publicId } = this.#options.scope;
    if (unlinks.length === 0) return;
    const targets = new Set(unlinks.map(({ target }) => target));
    for (const { event, keyIds } of records) {
      if (targets.has(publicId(event.id))) this.#unlinked.events.add(event.id);
      for (const id of keyIds) if (targets.has(publicId(id))) this.#unlinked.keys.add(id);
    }
  }

  #serviceCalled(name: string) {
    return this.#options.deps.reading.names.service(name);
  }

  #start(steps: readonly PlanStep[]): void {
    for (const step of steps) this.#planned.add(step.id);
    this.#desk.start(steps);
  }

  #planState(): Omit<PlanState, "contextAsked"> {
    const { asked, deps } = this.#options;
    const { fromNs, toNs } = asked.window;
    const nowNs = epochNsFromMs(deps.now());
    return {
      window: this.#following && nowNs > toNs ? { fromNs, toNs: nowNs } : asked.window,
      sources: [...deps.sources.values()],
      limits: deps.limits,
      planned: this.#planned,
    };
  }
}

/** A rule read the id as one of its kind; that the bare value stands somewhere is not enough. */
function namesKey({ sightings }: EvidenceRecord, asked: CorrelationKey): boolean {
  return sightings.some(
    ({ key, rule }) => key.kind === asked.kind && key.value === asked.value && rule !== BARE_VALUE_RULE,
  );
}
