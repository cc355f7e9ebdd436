/** Prometheus, Mimir, Thanos and VictoriaMetrics as an evidence source: metrics, alert history and exemplars as context. */
import "server-only";
import { epochMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest, FetchBudget } from "@/lib/domain/evidence-request";
import type { KeyRule } from "@/lib/domain/key-rule";
import { sourceId } from "@/lib/domain/source-id";
import type { NativeQuery, SourceOutcome } from "@/lib/domain/source-outcome";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import type { TimeWindow } from "@/lib/domain/time-window";
import type { SourceHttp } from "@/lib/platform/source-http";
import { beforeRetention, configuredKeptMs } from "@/lib/sources/before-retention";
import { grafanaLink } from "@/lib/sources/grafana-link";
import { createLearnedFact } from "@/lib/sources/learned-fact";
import type { EventSource } from "@/lib/sources/source";
import { answerGap } from "./answer-gap";
import { createPrometheusClient } from "./client";
import { keptByFlags } from "./kept-by-flags";
import { readFiringHistory } from "./read-firing-history";
import { fetchContext, PARALLEL_REQUESTS, type PrometheusPart } from "./fetch-context";

const PROBE_MS = 5_000;
const PROBE_BYTES = 1024 * 1024;
const HISTORY_REQUEST = { forMs: 30_000, maxBytes: 16 * 1024 * 1024, maxRows: 1 } as const;
const HISTORY_MS = 8 * 60_000;

export interface PrometheusSourceDeps {
  readonly http: SourceHttp;
  readonly keyRules: readonly KeyRule[];
  readonly now: () => number;
}

/** A path prefix (Mimir's `/prometheus`) is part of `settings.url`; the tenant header is set by the HTTP client. */
export function createPrometheusSource(settings: SourceSettings, deps: PrometheusSourceDeps): EventSource {
  const id = sourceId("prometheus", settings.name);
  const kept = createLearnedFact(async ({ deadlineAtMs, maxBytes }, signal) => {
    const budget = { deadlineAtMs, maxBytes, maxRows: 1 };
    const answer = await createPrometheusClient(deps.http, budget, 1, signal).flags();
    return answer.ok ? keptByFlags(answer.value) : undefined;
  }, deps.now);
  return {
    id,
    kind: "prometheus",
    answers: new Set(["context"]),
    fetch: (request, budget, signal) => fetchOutcome(request, budget, signal),
    async probe(signal) {
      const startedAtMs = deps.now();
      const budget = { deadlineAtMs: startedAtMs + PROBE_MS, maxRows: 1, maxBytes: PROBE_BYTES };
      const answer = await createPrometheusClient(deps.http, budget, 1, signal).version();
      const elapsedMs = deps.now() - startedAtMs;
      if (!answer.ok) return { ok: false, detail: answerGap(answer.failure, id).detail, elapsedMs };
      return { ok: true, elapsedMs, ...(answer.value === undefined ? {} : { version: answer.value }) };
    },
    async firingHistory(range, signal) {
      const deadlineAtMs = deps.now() + HISTORY_MS;
      const { forMs, ...limits } = HISTORY_REQUEST;
      const budget = () => ({ ...limits, deadlineAtMs: Math.min(deadlineAtMs, deps.now() + forMs) });
      const keptMs = (await kept.known(budget(), signal)) ?? configuredKeptMs(settings);
      const client = () => createPrometheusClient(deps.http, budget(), 1, signal);
      return readFiringHistory(range, { client, keptMs, now: deps.now, deadlineAtMs, signal });
    },
  };

  async function fetchOutcome(
    request: EvidenceRequest,
    budget: FetchBudget,
    signal: AbortSignal,
  ): Promise<SourceOutcome> {
    const startedAtMs = deps.now();
    const { window } = request;
    const parts = await fetchContext({
      source: id,
      client: createPrometheusClient(deps.http, budget, PARALLEL_REQUESTS, signal),
      red: settings.red,
      rawServices: request.kind === "context" ? request.rawServices : [],
      window,
      gapOf: (failure) => answerGap(failure, id, window),
    });
    const events = withQueryIndex(parts);
    const shown = events.slice(0, budget.maxRows);
    const answered = parts.some((part) => part.answered);
    // Prometheus answers "nothing" for what it no longer keeps. A source in trouble is not asked about itself.
    const told = answered ? await kept.known(budget, signal) : kept.remembered();
    const retention = beforeRetention(id, window, told ?? configuredKeptMs(settings), startedAtMs);
    const gaps = [...toldOnce(parts), ...retention];
    if (shown.length < events.length) {
      const detail =
        "More alerts and samples were found than are shown. They come in one answer; a shorter time shows the rest.";
      const counts = { shown: shown.length, total: events.length };
      gaps.push({ source: id, reason: "truncated", detail, window, retryable: false, ...counts });
    }
    return {
      source: id,
      answered,
      events: shown,
      metrics: parts.flatMap((part) => part.metrics),
      gaps,
      queries: parts.flatMap((part) => part.promql.map((text) => native(text, window))),
      elapsedMs: deps.now() - startedAtMs,
    };
  }

  function native(text: string, window: TimeWindow): NativeQuery {
    const url =
      settings.grafana === undefined
        ? prometheusPage(settings.url, text, window)
        : grafanaLink(settings.grafana, "prometheus", text, window);
    return { language: "PromQL", text, url };
  }
}

/** Eight requests to one dead server are one trouble. */
function toldOnce(parts: readonly PrometheusPart[]): EvidenceGap[] {
  const byText = new Map(parts.flatMap((part) => part.gaps).map((gap) => [`${gap.reason}\n${gap.detail}`, gap]));
  return [...byText.values()];
}

/** Each part's events point at its first query in the outcome's list, so that "why is this here" shows the right one. */
function withQueryIndex(parts: readonly PrometheusPart[]): TimelineEvent[] {
  let fetchedBy = 0;
  return parts.flatMap((part) => {
    const first = fetchedBy;
    fetchedBy += part.promql.length;
    return part.events.map((event) => ({ ...event, fetchedBy: first }));
  });
}

function prometheusPage(baseUrl: string, promql: string, window: TimeWindow): string {
  const minutes = Math.max(1, Math.ceil((epochMs(window.toNs) - epochMs(window.fromNs)) / 60_000));
  const parameters = new URLSearchParams({
    "g0.expr": promql,
    "g0.tab": "0",
    "g0.range_input": `${minutes}m`,
    "g0.end_input": new Date(epochMs(window.toNs)).toISOString().slice(0, 19).replace("T", " "),
  });
  return `${baseUrl.replace(/\/+$/, "")}/graph?${parameters.toString()}`;
}
