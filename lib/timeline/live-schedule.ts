/**
 * Which steps of a live question are asked again, when, and for which time. Each step has its own clock: a source that
 * hangs delays nobody else. Time is an argument.
 */
import { addNs, epochMs, epochNsFromMs, type EpochNs } from "@/lib/domain/epoch-ns";
import { fetchId } from "@/lib/domain/evidence-request";
import { isLoss } from "@/lib/domain/evidence-gap";
import type { PlanStep, SettledStep } from "@/lib/domain/query-plan";
import { isReached } from "@/lib/domain/source-outcome";
import type { TimeWindow } from "@/lib/domain/time-window";
import type { EvidenceRecord } from "@/lib/stitch/read-records";

const KEY_EVERY_MS = 2_000;
const TRACE_EVERY_MS = 3_000;
const CONTEXT_EVERY_MS = 10_000;
const WIDE_EVERY_MS = 30_000;
const SLOWEST_MS = 60_000;
/** A failing source is asked less and less often, down to every eighth time. */
const MAX_FAILURES = 3;
/** Sources show a record some seconds after it happened; most of them within this. */
const OVERLAP_NS = 30_000_000_000n;
/** What arrives later than this is found when the question is asked anew. */
const WIDE_OVERLAP_NS = 600_000_000_000n;
/** A trace is finished when nothing of it is newer than this. */
const ACTIVE_MS = 60_000;
/** Looks under way at once, over all sources. */
const AT_ONCE = 12;

interface Watch {
  readonly step: PlanStep;
  dueAtMs: number;
  wideDueAtMs: number;
  running: boolean;
  /** The question still follows the step's key. */
  wanted: boolean;
  failures: number;
  /** Refetches in a row that brought nothing. */
  quiet: number;
  missing: boolean;
  askedToNs: EpochNs;
  /** Everything before was answered; undefined until the whole window was. */
  coveredToNs: EpochNs | undefined;
}

export class LiveSchedule {
  readonly #fromNs: EpochNs;
  readonly #watches = new Map<string, Watch>();
  /** When something of the trace last happened, or was last seen to arrive, in milliseconds. */
  readonly #traceAliveMs = new Map<string, number>();
  #upToNs: EpochNs;

  constructor(window: TimeWindow) {
    this.#fromNs = window.fromNs;
    this.#upToNs = window.fromNs;
  }

  /** Every step that settled, the first time and after each look. `fresh` are the records it brought. */
  settled({ step, outcome }: SettledStep, fresh: readonly EvidenceRecord[], nowMs: number): void {
    // The rest of a cut-off fetch is asked for once.
    if (step.id !== fetchId(step.source, step.request)) return;
    const known = this.#watches.get(step.id);
    const watch = known ?? startWatch(step, nowMs);
    this.#watches.set(step.id, watch);
    watch.running = false;
    watch.failures = outcome.answered ? 0 : Math.min(MAX_FAILURES, watch.failures + 1);
    watch.quiet = fresh.length > 0 ? 0 : watch.quiet + 1;
    watch.missing = outcome.gaps.some(isLoss);
    watch.askedToNs = step.request.window.toNs;
    if (isReached(outcome)) watch.coveredToNs = watch.askedToNs;
    this.#noteTraces(fresh, known ? nowMs : 0);
    watch.dueAtMs = nowMs + this.#everyMs(watch, nowMs) * 2 ** watch.failures;
  }

  /** Steps to start now, the longest overdue first. `isWanted`: the question still follows the step's key. */
  due(nowMs: number, isWanted: (step: PlanStep) => boolean): PlanStep[] {
    const watches = [...this.#watches.values()];
    for (const watch of watches) watch.wanted = isWanted(watch.step);
    const running = watches.filter((watch) => watch.running).length;
    return watches
      .filter((watch) => !watch.running && watch.wanted && watch.dueAtMs <= nowMs)
      .sort((a, b) => a.dueAtMs - b.dueAtMs || (a.step.id < b.step.id ? -1 : 1))
      .slice(0, Math.max(0, AT_ONCE - running))
      .map((watch) => {
        watch.running = true;
        const window = { fromNs: this.#lookFrom(watch, nowMs), toNs: epochNsFromMs(nowMs) };
        return { ...watch.step, request: { ...watch.step.request, window } };
      });
  }

  /** Everything before this instant was asked for. Sources that fail are left to their gaps. Never goes back. */
  get upToNs(): EpochNs {
    const alive = [...this.#watches.values()].filter(
      ({ step, wanted, failures }) => !isAround(step) && isRepeated(step) && wanted && failures === 0,
    );
    const least = alive.map(({ askedToNs }) => askedToNs).sort()[0];
    if (least !== undefined && least > this.#upToNs) this.#upToNs = least;
    return this.#upToNs;
  }

  /** A record that arrives late makes its trace alive now; in a first answer its own time counts. */
  #noteTraces(fresh: readonly EvidenceRecord[], arrivedAtMs: number): void {
    for (const { traceId, event } of fresh) {
      if (traceId === undefined) continue;
      const atMs = Math.max(arrivedAtMs, epochMs(event.endedAtNs ?? event.happenedAtNs));
      if (atMs > (this.#traceAliveMs.get(traceId) ?? 0)) this.#traceAliveMs.set(traceId, atMs);
    }
    const traceIds = arrivedAtMs > 0 ? new Set(fresh.map(({ traceId }) => traceId)) : new Set();
    for (const watch of traceIds.size > 0 ? this.#watches.values() : []) {
      const { request } = watch.step;
      if (request.kind !== "trace" || !traceIds.has(request.traceId)) continue;
      watch.dueAtMs = Math.min(watch.dueAtMs, arrivedAtMs + TRACE_EVERY_MS);
    }
  }

  #everyMs({ step, failures, missing, quiet }: Watch, nowMs: number): number {
    const { request } = step;
    if (request.kind === "by-key") return KEY_EVERY_MS;
    if (request.kind === "context" || request.kind === "failures") return CONTEXT_EVERY_MS;
    if (request.kind === "runs") return Number.POSITIVE_INFINITY;
    const isActive = nowMs - (this.#traceAliveMs.get(request.traceId) ?? 0) < ACTIVE_MS;
    if (isActive || failures > 0 || isRepeated(step)) return TRACE_EVERY_MS;
    // A trace that the store does not have may still come, less likely every minute.
    if (missing) return Math.min(SLOWEST_MS, TRACE_EVERY_MS * 2 ** Math.min(quiet, 6));
    return Number.POSITIVE_INFINITY;
  }

  #lookFrom(watch: Watch, nowMs: number): EpochNs {
    // Traces and context are small and exact: asked whole, so that an answer puts right whatever was missing.
    if (watch.step.request.kind !== "by-key" || watch.coveredToNs === undefined) return this.#fromNs;
    const isWide = nowMs >= watch.wideDueAtMs;
    if (isWide) watch.wideDueAtMs = nowMs + WIDE_EVERY_MS;
    const fromNs = addNs(watch.coveredToNs, isWide ? -WIDE_OVERLAP_NS : -OVERLAP_NS);
    return fromNs > this.#fromNs ? fromNs : this.#fromNs;
  }
}

function startWatch(step: PlanStep, nowMs: number): Watch {
  return {
    step,
    dueAtMs: nowMs,
    wideDueAtMs: nowMs + WIDE_EVERY_MS,
    running: false,
    wanted: true,
    failures: 0,
    quiet: 0,
    missing: false,
    askedToNs: step.request.window.toNs,
    coveredToNs: undefined,
  };
}

/** What is around services: looked at now and then, so nothing waits for it. */
function isAround({ request }: PlanStep): boolean {
  return request.kind === "context" || request.kind === "failures";
}

/** Asked keys and keys with no end of their own; other traces are over some time. */
function isRepeated(step: PlanStep): boolean {
  return step.request.kind !== "trace" || step.hop === 0;
}
