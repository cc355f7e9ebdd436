/**
 * Prometheus metrics of this process. The registry hangs on `globalThis`, because Next bundles `instrumentation.ts` and
 * route handlers apart: a module variable would exist twice and `/api/metrics` would show only one half.
 */
import "server-only";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { SourceRequestObserver } from "./source-request-observer";

interface Metrics {
  readonly registry: Registry;
  readonly requests: Counter<"source" | "operation" | "result">;
  readonly durations: Histogram<"source" | "operation">;
  readonly streams: Gauge;
  readonly timelines: Counter<"result">;
  readonly errors: Counter<"area" | "expected">;
  readonly withheld: Counter<"reason">;
  readonly polls: Counter<"source" | "what" | "result">;
  readonly heard: Gauge<"source" | "what">;
}

const SLOT = Symbol.for("throughline.metrics");
const holder: typeof globalThis & { [SLOT]?: Metrics } = globalThis;

function metrics(): Metrics {
  holder[SLOT] ??= createMetrics();
  return holder[SLOT];
}

function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Counter({
      name: "throughline_source_requests_total",
      help: "Requests to sources by outcome.",
      labelNames: ["source", "operation", "result"],
      registers,
    }),
    durations: new Histogram({
      name: "throughline_source_request_duration_seconds",
      help: "Time from asking to the whole answer, queueing and retries included.",
      labelNames: ["source", "operation"],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30],
      registers,
    }),
    streams: new Gauge({ name: "throughline_open_streams", help: "Streams open to clients now.", registers }),
    timelines: new Counter({
      name: "throughline_timeline_requests_total",
      help: "Timeline questions by outcome.",
      labelNames: ["result"],
      registers,
    }),
    errors: new Counter({
      name: "throughline_errors_total",
      help: "Errors reported by area.",
      labelNames: ["area", "expected"],
      registers,
    }),
    withheld: new Counter({
      name: "throughline_rows_withheld_total",
      help: "Rows that could not be made safe to show, by refused field.",
      labelNames: ["reason"],
      registers,
    }),
    polls: new Counter({
      name: "throughline_alert_polls_total",
      help: "Questions to sources of alerts that this process asked, by outcome.",
      labelNames: ["source", "what", "result"],
      registers,
    }),
    heard: new Gauge({
      name: "throughline_alert_poll_heard_timestamp_seconds",
      help: "When a source of alerts last answered this process whole.",
      labelNames: ["source", "what"],
      registers,
    }),
  };
}

/** Text of `/api/metrics` and its content type. */
export async function exposeMetrics(): Promise<{ readonly contentType: string; readonly body: string }> {
  const { registry } = metrics();
  return { contentType: registry.contentType, body: await registry.metrics() };
}

/** Pass as `metrics` to `createSourceHttp`. */
export const observeSourceRequest: SourceRequestObserver = ({ source, operation, result, elapsedMs }) => {
  metrics().requests.inc({ source, operation, result });
  metrics().durations.observe({ source, operation }, elapsedMs / 1000);
};

/** `openStreams().inc()` when a client's stream opens, `.dec()` when it ends for whatever reason. */
export function openStreams(): Gauge {
  return metrics().streams;
}

export function timelineRequests(): Counter<"result"> {
  return metrics().timelines;
}

export function errorsReported(): Counter<"area" | "expected"> {
  return metrics().errors;
}

/** Anything but zero is a bug: the redactor made a row that its own check refused. */
export function rowsWithheld(): Counter<"reason"> {
  return metrics().withheld;
}

/** `result`: `ok`, or why the answer could not be used. */
export function alertPolls(): Counter<"source" | "what" | "result"> {
  return metrics().polls;
}

/** Processes take turns: the latest of all is when the source was heard. */
export function alertPollHeard(): Gauge<"source" | "what"> {
  return metrics().heard;
}
