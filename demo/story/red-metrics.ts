/**
 * Rate, errors and duration as a Prometheus client would count them, from the very spans of the story, so that a chart
 * never tells another tale than the traces.
 */
import type { DemoSample, DemoSpan } from "../backends/backend";
import { SERVICES, type ServiceShape } from "./service-shape";

const BUCKETS_S = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
/** Counters start at zero for every status, as a good exporter does: an increase from nothing cannot be seen. */
const STATUSES = ["200", "201", "202", "402", "500", "502", "503", "504"] as const;

const SHAPES: readonly ServiceShape[] = Object.values(SERVICES);
const MEASURED = SHAPES.flatMap((shape) =>
  shape.inMetrics === undefined ? [] : [{ ...shape, inMetrics: shape.inMetrics }],
);

interface Observation {
  readonly endMs: number;
  readonly service: string;
  readonly status: string;
  readonly seconds: number;
  readonly exemplar: { readonly trace_id: string; readonly span_id: string };
}

interface Histogram {
  readonly counts: number[];
  readonly exemplars: (DemoSample["exemplar"] | undefined)[];
  count: number;
  sum: number;
}

export class RedMetrics {
  private readonly requests = new Map<string, number>();
  private readonly durations = new Map<string, Histogram>();
  private waiting: Observation[] = [];

  constructor() {
    for (const { inMetrics } of MEASURED) {
      for (const status of STATUSES) this.requests.set(`${inMetrics} ${status}`, 0);
      this.durations.set(inMetrics, {
        counts: BUCKETS_S.map(() => 0),
        exemplars: [...BUCKETS_S.map(() => undefined), undefined],
        count: 0,
        sum: 0,
      });
    }
  }

  /** Takes spans in any order; each is counted by the first scrape after it ended. */
  observe(spans: readonly DemoSpan[]): void {
    for (const span of spans) {
      const observation = observationOf(span);
      if (observation) this.waiting.push(observation);
    }
  }

  /** The samples of one scrape, as of `atMs`. */
  scrape(atMs: number): DemoSample[] {
    const due = this.waiting.filter((observation) => observation.endMs <= atMs);
    this.waiting = this.waiting.filter((observation) => observation.endMs > atMs);
    for (const observation of due) this.count(observation);
    return MEASURED.flatMap(({ inMetrics, metricEnvironment }) => [
      ...this.requestSamples(inMetrics, metricEnvironment, atMs),
      ...this.durationSamples(inMetrics, metricEnvironment, atMs),
    ]);
  }

  private count(observation: Observation): void {
    const key = `${observation.service} ${observation.status}`;
    this.requests.set(key, (this.requests.get(key) ?? 0) + 1);
    const histogram = this.durations.get(observation.service);
    if (!histogram) return;
    const at = BUCKETS_S.findIndex((bound) => observation.seconds <= bound);
    if (at >= 0) histogram.counts[at] = (histogram.counts[at] ?? 0) + 1;
    histogram.exemplars[at < 0 ? BUCKETS_S.length : at] = {
      labels: observation.exemplar,
      value: observation.seconds,
    };
    histogram.count++;
    histogram.sum += observation.seconds;
  }

  private requestSamples(service: string, env: string, atMs: number): DemoSample[] {
    const samples: DemoSample[] = [];
    for (const [key, value] of this.requests) {
      const [name, status = ""] = key.split(" ");
      if (name !== service) continue;
      samples.push({ labels: { __name__: "http_requests_total", job: "shop", service, env, status }, atMs, value });
    }
    return samples;
  }

  private durationSamples(service: string, env: string, atMs: number): DemoSample[] {
    const histogram = this.durations.get(service);
    if (!histogram) return [];
    const name = "http_request_duration_seconds";
    const labels = { job: "shop", service, env };
    let below = 0;
    const buckets = [...BUCKETS_S.map(String), "+Inf"].map((le, index): DemoSample => {
      below += histogram.counts[index] ?? 0;
      const exemplar = histogram.exemplars[index];
      histogram.exemplars[index] = undefined;
      return {
        labels: { __name__: `${name}_bucket`, ...labels, le },
        atMs,
        value: le === "+Inf" ? histogram.count : below,
        ...(exemplar ? { exemplar } : {}),
      };
    });
    return [
      ...buckets,
      { labels: { __name__: `${name}_count`, ...labels }, atMs, value: histogram.count },
      { labels: { __name__: `${name}_sum`, ...labels }, atMs, value: histogram.sum },
    ];
  }
}

function observationOf(span: DemoSpan): Observation | undefined {
  const status = span.attributes["http.response.status_code"];
  const shape = MEASURED.find(({ inTraces }) => inTraces === span.resource["service.name"]);
  if (span.kind !== "server" || status === undefined || !shape) return undefined;
  return {
    endMs: Number(BigInt(span.endNs) / 1_000_000n),
    service: shape.inMetrics,
    status: String(status),
    seconds: Number(BigInt(span.endNs) - BigInt(span.startNs)) / 1e9,
    exemplar: { trace_id: span.traceId, span_id: span.spanId },
  };
}
