/** Plays the story into the backends: history at once, then every second as it passes. The clock is an argument. */
import type { DemoLogLine, LokiBackend, PrometheusBackend, SentryBackend, TempoBackend } from "../backends/backend";
import { ALERT_RULES } from "./alert-rules";
import { cronMonitors } from "./cron-monitors";
import { tellSecond } from "./ordinary-traffic";
import { gaugesAt } from "./queue-metrics";
import { RedMetrics } from "./red-metrics";
import type { StoryBatch } from "./scene";
import { lokiOf } from "./service-shape";
import { SCRAPE_EVERY_MS, type StoryPlan } from "./story-plan";
import { tellHistory } from "./tell-history";

export interface Stage {
  readonly lokiProduct: Pick<LokiBackend, "push">;
  readonly lokiInternal: Pick<LokiBackend, "push">;
  readonly tempo: Pick<TempoBackend, "push">;
  readonly prometheus: Pick<PrometheusBackend, "push" | "setRules" | "evaluate">;
  readonly sentry: Pick<SentryBackend, "capture" | "deploy" | "setMonitors">;
}

/** Records that lie ahead wait for their time: a log line or a finished span from the future would give the game away. */
interface Waiting {
  readonly dueMs: number;
  readonly batch: Partial<StoryBatch>;
}

export class Conductor {
  private readonly metrics = new RedMetrics();
  private waiting: Waiting[] = [];
  private nextSecond: number;
  private nextScrapeMs: number;

  constructor(
    private readonly plan: StoryPlan,
    private readonly stage: Stage,
  ) {
    this.nextSecond = Math.floor(plan.startMs / 1000);
    this.nextScrapeMs = plan.historyFromMs;
  }

  playHistory(): void {
    this.stage.prometheus.setRules(ALERT_RULES);
    this.stage.sentry.setMonitors(cronMonitors(this.plan));
    this.tell(tellHistory(this.plan), this.plan.startMs);
    this.scrapeUntil(this.plan.startMs);
  }

  /** Catches up to `nowMs`, however long ago the last call was. */
  advanceTo(nowMs: number): void {
    while ((this.nextSecond + 1) * 1000 <= nowMs) {
      this.tell(tellSecond(this.plan, this.nextSecond), nowMs);
      this.nextSecond++;
      this.scrapeUntil(this.nextSecond * 1000);
    }
    const due = this.waiting.filter(({ dueMs }) => dueMs <= nowMs);
    this.waiting = this.waiting.filter(({ dueMs }) => dueMs > nowMs);
    for (const { batch } of due) this.push(batch);
  }

  private tell(batch: StoryBatch, nowMs: number): void {
    const lines = batch.lines.filter((line) => this.keep(msOf(line.atNs), nowMs, { lines: [line] }));
    const spans = batch.spans.filter((span) => this.keep(msOf(span.endNs), nowMs, { spans: [span] }));
    const errors = batch.errors.filter((error) => this.keep(Date.parse(error.atIso), nowMs, { errors: [error] }));
    this.push({ lines, spans, errors, deploys: batch.deploys });
    this.metrics.observe(batch.spans);
  }

  /** Whether the record may be shown now; puts it aside when not. */
  private keep(dueMs: number, nowMs: number, batch: Partial<StoryBatch>): boolean {
    if (dueMs <= nowMs) return true;
    this.waiting.push({ dueMs, batch });
    return false;
  }

  private push({ lines = [], spans = [], errors = [], deploys = [] }: Partial<StoryBatch>): void {
    const internal: DemoLogLine[] = [];
    const product: DemoLogLine[] = [];
    for (const line of lines) {
      (lokiOf(line.labels["service_name"] ?? "") === "internal" ? internal : product).push(line);
    }
    if (product.length > 0) this.stage.lokiProduct.push(product);
    if (internal.length > 0) this.stage.lokiInternal.push(internal);
    if (spans.length > 0) this.stage.tempo.push(spans);
    if (errors.length > 0) this.stage.sentry.capture(errors);
    if (deploys.length > 0) this.stage.sentry.deploy(deploys);
  }

  private scrapeUntil(atMs: number): void {
    for (; this.nextScrapeMs <= atMs; this.nextScrapeMs += SCRAPE_EVERY_MS) {
      this.stage.prometheus.push([
        ...this.metrics.scrape(this.nextScrapeMs),
        ...gaugesAt(this.plan, this.nextScrapeMs),
      ]);
      this.stage.prometheus.evaluate(this.nextScrapeMs);
    }
  }
}

function msOf(ns: string): number {
  return Number(BigInt(ns) / 1_000_000n);
}
