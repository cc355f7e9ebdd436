import { describe, expect, it } from "vitest";
import type { DemoAlertRule, DemoLogLine, DemoSample, DemoSentryEvent, DemoSpan } from "../backends/backend";
import { Conductor } from "./conduct-story";
import { planStory } from "./story-plan";

const START_MS = Date.parse("2026-11-24T10:26:07.250Z");

/** A stage that only writes down what it is given. */
function recordingStage() {
  const product: DemoLogLine[] = [];
  const internal: DemoLogLine[] = [];
  const spans: DemoSpan[] = [];
  const samples: DemoSample[] = [];
  const rules: DemoAlertRule[] = [];
  const errors: DemoSentryEvent[] = [];
  const evaluated: number[] = [];
  const stage = {
    lokiProduct: { push: (lines: readonly DemoLogLine[]) => void product.push(...lines) },
    lokiInternal: { push: (lines: readonly DemoLogLine[]) => void internal.push(...lines) },
    tempo: { push: (more: readonly DemoSpan[]) => void spans.push(...more) },
    prometheus: {
      push: (more: readonly DemoSample[]) => void samples.push(...more),
      setRules: (more: readonly DemoAlertRule[]) => void rules.push(...more),
      evaluate: (atMs: number) => void evaluated.push(atMs),
    },
    sentry: {
      capture: (more: readonly DemoSentryEvent[]) => void errors.push(...more),
      deploy: () => undefined,
      setMonitors: () => undefined,
    },
  };
  return { stage, product, internal, spans, samples, rules, errors, evaluated };
}

const requests = (samples: readonly DemoSample[], service: string, status: string): DemoSample[] =>
  samples.filter(
    ({ labels }) =>
      labels["__name__"] === "http_requests_total" && labels["service"] === service && labels["status"] === status,
  );

describe("Conductor", () => {
  const seen = recordingStage();
  const plan = planStory("seed", START_MS);
  const conductor = new Conductor(plan, seen.stage);
  conductor.playHistory();
  const historySpans = seen.spans.length;
  conductor.advanceTo(START_MS + 120_000);

  it("gives admin-web, approvals and nightly-import to the internal Loki and the rest to the product one", () => {
    const services = (lines: readonly DemoLogLine[]) => new Set(lines.map(({ labels }) => labels["service_name"]));
    expect(services(seen.internal)).toEqual(new Set(["admin-web", "approvals", "nightly-import"]));
    expect([...services(seen.product)].filter((service) => services(seen.internal).has(service))).toEqual([]);
  });

  it("counts exactly the requests that the traces show", () => {
    const last = requests(seen.samples, "status-api", "500").at(-1);
    const failed = seen.spans.filter(
      (span) =>
        span.resource["service.name"] === "status-api" &&
        span.attributes["http.response.status_code"] === 500n &&
        Number(BigInt(span.endNs) / 1_000_000n) <= (last?.atMs ?? 0),
    );
    expect(last?.value).toBe(failed.length);
  });

  it("counts no failure of status-api before the planted one", () => {
    const before = requests(seen.samples, "status-api", "500").filter(({ atMs }) => atMs <= plan.shippingAtMs);
    expect(new Set(before.map(({ value }) => value))).toEqual(new Set([0]));
  });

  it("leads from a slow bucket to a trace by an exemplar", () => {
    const traces = new Set(seen.spans.map(({ traceId }) => traceId));
    const exemplars = seen.samples.flatMap(({ exemplar }) => exemplar?.labels["trace_id"] ?? []);
    expect(exemplars.length).toBeGreaterThan(100);
    expect(exemplars.filter((traceId) => !traces.has(traceId))).toEqual([]);
  });

  it("evaluates the rules at every scrape, in order, through history and live", () => {
    expect(seen.evaluated).toEqual([...seen.evaluated].sort((a, b) => a - b));
    expect(new Set(seen.evaluated).size).toBe(seen.evaluated.length);
    expect(seen.evaluated.at(-1)).toBeGreaterThan(START_MS + 100_000);
    expect(seen.rules.map(({ name }) => name)).toContain("StatusApiErrors");
  });

  it("goes on after the start and never shows a record from the future", () => {
    expect(seen.spans.length).toBeGreaterThan(historySpans);
    const newestMs = Math.max(...seen.spans.map(({ endNs }) => Number(BigInt(endNs) / 1_000_000n)));
    expect(newestMs).toBeLessThanOrEqual(START_MS + 120_000);
    expect(newestMs).toBeGreaterThan(START_MS + 110_000);
  });

  it("tells the same story whether it is asked every second or once", () => {
    const stepwise = recordingStage();
    const other = new Conductor(plan, stepwise.stage);
    other.playHistory();
    for (let ms = START_MS; ms <= START_MS + 120_000; ms += 1_000) other.advanceTo(ms);
    const ids = (spans: readonly DemoSpan[]) => spans.map(({ spanId }) => spanId).sort();
    expect(ids(stepwise.spans)).toEqual(ids(seen.spans));
  });
});
