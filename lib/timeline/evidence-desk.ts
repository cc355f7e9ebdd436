/**
 * Runs planned steps and hands over what settled, as it settles. Everything that settled since the last look comes in one
 * batch, so stitching never falls behind a burst of answers.
 */
import "server-only";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { FetchBudget } from "@/lib/domain/evidence-request";
import type { PlanStep, SettledStep } from "@/lib/domain/query-plan";
import type { SourceId } from "@/lib/domain/source-id";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import { reportError } from "@/lib/platform/report-error";
import type { EventSource } from "@/lib/sources/source";

export interface DeskOptions {
  readonly sources: ReadonlyMap<SourceId, EventSource>;
  readonly budget: () => FetchBudget;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

export class EvidenceDesk {
  readonly #options: DeskOptions;
  readonly #running = new Map<string, PlanStep>();
  #settled: SettledStep[] = [];
  #wake: (() => void) | undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  get running(): readonly PlanStep[] {
    return [...this.#running.values()];
  }

  /** Nothing runs, and every answer was handed over. */
  get isIdle(): boolean {
    return this.#running.size === 0 && this.#settled.length === 0;
  }

  start(steps: readonly PlanStep[]): void {
    for (const step of steps) {
      this.#running.set(step.id, step);
      void this.#run(step).then((outcome) => {
        this.#running.delete(step.id);
        this.#settled.push({ step, outcome });
        this.#wake?.();
      });
    }
  }

  /**
   * The next batch, or undefined when nothing runs any more or the asker left. While steps still run it gathers answers
   * for `restMs` more: stitching anew for each answer of a large question would cost more than the answers. An empty batch
   * when nothing settled for `patienceMs`.
   */
  async next(restMs = 0, patienceMs = Number.POSITIVE_INFINITY): Promise<readonly SettledStep[] | undefined> {
    if (this.#settled.length === 0) {
      if (this.#running.size === 0 || this.#options.signal.aborted) return undefined;
      await this.#settlingWithin(patienceMs);
      if (this.#settled.length === 0) return this.#options.signal.aborted ? undefined : [];
    }
    if (restMs > 0) await this.#gather(restMs);
    return this.#options.signal.aborted ? undefined : this.take();
  }

  /** What settled since the last batch, without waiting. */
  take(): readonly SettledStep[] {
    const batch = this.#settled;
    this.#settled = [];
    return batch;
  }

  async #settlingWithin(patienceMs: number): Promise<void> {
    const timer = Number.isFinite(patienceMs) ? setTimeout(() => this.#wake?.(), patienceMs) : undefined;
    await this.#settling();
    clearTimeout(timer);
  }

  async #gather(restMs: number): Promise<void> {
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      this.#wake?.();
    }, restMs);
    while (!isOver && this.#running.size > 0 && !this.#options.signal.aborted) await this.#settling();
    clearTimeout(timer);
  }

  /** Until a step settles, the asker leaves, or a rest is over. */
  #settling(): Promise<void> {
    const { signal } = this.#options;
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener("abort", wake);
        this.#wake = undefined;
        resolve();
      };
      this.#wake = wake;
      signal.addEventListener("abort", wake, { once: true });
    });
  }

  async #run(step: PlanStep): Promise<SourceOutcome> {
    const source = this.#options.sources.get(step.source);
    const startedAt = this.#options.now();
    if (!source) return failedOutcome(step, 0);
    try {
      return await source.fetch(step.request, this.#options.budget(), this.#options.signal);
    } catch (error) {
      // Adapters promise never to reject; one that does is a bug of ours, and still must not blank the view.
      reportError(error, { area: "sources", expected: false });
      return failedOutcome(step, this.#options.now() - startedAt);
    }
  }
}

function failedOutcome(step: PlanStep, elapsedMs: number): SourceOutcome {
  const gap: EvidenceGap = {
    source: step.source,
    reason: "bad-response",
    detail: "The answer could not be read.",
    window: step.request.window,
    retryable: false,
  };
  return { source: step.source, answered: false, events: [], metrics: [], gaps: [gap], queries: [], elapsedMs };
}
