import { describe, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import type { SourceHttp, SourceHttpRequest } from "@/lib/platform/source-http";
import { describeSourceContract } from "../testing/source-contract";
import { createPrometheusSource } from "./adapter";
import recorded from "./fixtures/exchanges.json";
import exemplars from "./fixtures/exemplars.json";

/** Holds the recorded episode of status-api: firing from 15:17:00 to 15:41:00 on a one-minute grid. */
const FROM_MS = Date.parse("2026-11-23T14:00:00Z");
const TO_MS = Date.parse("2026-11-23T17:00:00Z");
const settings = SourceSettings.parse({ kind: "prometheus", url: "http://prometheus.test/prometheus" });
const { exchanges } = recorded;
const context: EvidenceRequest = {
  kind: "context",
  rawServices: ["status-api"],
  window: { fromNs: epochNsFromMs(FROM_MS), toNs: epochNsFromMs(TO_MS) },
};
const budget = { deadlineAtMs: TO_MS, maxRows: 100, maxBytes: 10_000_000 };

describeSourceContract("prometheus", {
  create: (baseUrl) =>
    createPrometheusSource(
      { ...settings, url: baseUrl },
      {
        http: createSourceHttp({ baseUrl, sourceId: "prometheus/main", allowPrivateAddress: true }),
        keyRules: [],
        now: Date.now,
      },
    ),
  okBody: ({ path, form }) => answerTo(path, form.get("query") ?? ""),
  requests: [context],
  rowCap: { request: context, okBody: ({ path, form }) => answerTo(path, form.get("query") ?? ""), maxRows: 1 },
});

describe("prometheus adapter: alerts", () => {
  it("rebuilds the recorded firing episodes of the asked service from edges", async () => {
    const { events } = await fetch();
    const alerts = events.filter((event) => event.kind === "alert");
    expect(alerts.map((event) => event.attributes["alert.name"])).toEqual(["StatusApiErrorRateHigh"]);
    expect(alerts[0]).toMatchObject({
      rawService: "status-api",
      rawEnvironment: "prod",
      severity: "critical",
      outcome: "error",
      context: true,
      attributes: {
        "alert.state": "resolved",
        "alert.for_s": 10,
        "annotation.runbook_url": "https://runbooks.example/status-api?x=1&y=2",
        "label.severity": "page",
      },
    });
    expect(alerts[0]?.endedAtNs).toBeDefined();
  });

  it("shows an alert that fired before the window as such", async () => {
    const body = exchanges["live.firing.ALERTS"].body;
    const http = answering((path, query) =>
      path.endsWith("/query") ? JSON.stringify(body) : path.endsWith("_range") ? emptyMatrix : answerTo(path, query),
    );
    const alerts = (await fetch(context, http)).events.filter((event) => event.kind === "alert");
    expect(alerts.map((event) => event.attributes["alert.started_before_window"])).toContain(true);
    expect(alerts.filter((event) => event.endedAtNs !== undefined)).toEqual([]);
  });

  it("does not let a service name into the alert queries", async () => {
    const { queries } = await fetch({ ...context, rawServices: ['x"} or vector(1) or {a="'] });
    expect(queries.filter(({ text }) => text.startsWith("ALERTS")).map(({ text }) => text)).toEqual([
      'ALERTS{alertstate="firing"} unless ALERTS{alertstate="firing"} offset 15s',
      'ALERTS{alertstate="firing"} offset 15s unless ALERTS{alertstate="firing"}',
      'ALERTS{alertstate="firing"}',
    ]);
  });
});

describe("prometheus adapter: metrics", () => {
  it("gives aligned points, at most 240, and null where a sample is missing or not a number", async () => {
    const { metrics } = await fetch();
    const [line] = metrics;
    expect(line?.rawService).toBe("status-api");
    expect(line?.points.length).toBeLessThanOrEqual(240);
    expect(line?.points.length).toBeGreaterThan(100);
    const spanMs = (line?.points[1]?.[0] ?? 0) - (line?.points[0]?.[0] ?? 0);
    expect((line?.points[0]?.[0] ?? 1) % spanMs).toBe(0);
    const byTime = new Map(line?.points);
    expect(byTime.get(FROM_MS + 60_000)).toBeNull(); // no sample
    expect(byTime.get(FROM_MS + 120_000)).toBeNull(); // NaN
    expect(byTime.get(FROM_MS + 180_000)).toBeNull(); // +Inf
    expect(byTime.get(FROM_MS + 240_000)).toBe(0.25);
  });

  it("gives each sampled request once with its trace, slowest first, and not as context", async () => {
    const { events, gaps } = await fetch();
    const samples = events.filter((event) => event.kind === "metric-step");
    expect(samples.length).toBeGreaterThan(20);
    expect(samples.every((event) => /^[0-9a-f]{32}$/.test(String(event.attributes["trace_id"])))).toBe(true);
    expect(samples.filter((event) => event.context)).toEqual([]);
    const seconds = samples.map((event) => Number(event.attributes["metric.value"]));
    expect(seconds).toEqual([...seconds].sort((a, b) => b - a));
    expect(new Set(samples.map((event) => event.id)).size).toBe(samples.length);
    expect(gaps).toEqual([]);
  });
});

describe("prometheus adapter: failures", () => {
  it.each(["query.timeout.again-1", "query.timeout.again-2"] as const)(
    "calls the recorded %s a timeout",
    async (name) => {
      const { status, body } = exchanges[name];
      const http: SourceHttp = {
        send: async () => ({ ok: false, kind: "status", status, text: JSON.stringify(body), attempts: 1 }),
      };
      const { answered, gaps } = await fetch(context, http);
      expect(answered).toBe(false);
      expect(gaps.map((gap) => gap.reason)).toEqual(["timeout"]);
    },
  );

  it.each([{ warnings: ["results truncated due to limit"] }, { isPartial: true }])(
    "calls %j a partial answer",
    async (extra) => {
      const http = answering((path, query) => JSON.stringify({ ...readObject(answerTo(path, query)), ...extra }));
      expect((await fetch(context, http)).gaps.map((gap) => gap.reason)).toContain("partial");
    },
  );

  it("does not call advice about a query a partial answer", async () => {
    const { warnings } = exchanges["range.warning"].body;
    const http = answering((path, query) => JSON.stringify({ ...readObject(answerTo(path, query)), warnings }));
    expect((await fetch(context, http)).gaps.map((gap) => gap.reason)).not.toContain("partial");
  });

  it("loses nothing but the rules and samples on servers without those endpoints", async () => {
    const good = answering(answerTo);
    const http: SourceHttp = {
      send: async (request, limits, signal) =>
        request.path.endsWith("/rules") || request.path.endsWith("/query_exemplars")
          ? { ok: false, kind: "status", status: 404, attempts: 1 }
          : good.send(request, limits, signal),
    };
    const { answered, gaps, events } = await fetch(context, http);
    expect(answered).toBe(true);
    expect(gaps).toEqual([]);
    expect(events.map((event) => event.title)).toEqual(["StatusApiErrorRateHigh"]);
  });
});

describe("prometheus adapter: retention", () => {
  const twoHoursAgo = epochNsFromMs(TO_MS - 7_200_000);
  const lost = [{ reason: "retention", window: { fromNs: context.window.fromNs, toNs: twoHoursAgo } }];
  const withFlags = (time: string) => {
    const data = { "storage.tsdb.retention.time": time, "storage.tsdb.retention.size": "0B" };
    const text = JSON.stringify({ status: "success", data });
    return answering((path, query) => (path.endsWith("/flags") ? text : answerTo(path, query)));
  };

  it("is the server's own, and the gap is exactly the time before it", async () => {
    const { gaps } = await fetchWithin(5_000, withFlags("2h"), { ...settings, retentionDays: 31 });
    expect(gaps).toMatchObject(lost);
  });

  it("is what the operator says where the server does not tell", async () => {
    const { gaps } = await fetchWithin(5_000, answering(answerTo), { ...settings, retentionDays: 1 / 12 });
    expect(gaps).toMatchObject(lost);
  });

  it("gives no gap for a window inside it", async () => {
    expect((await fetchWithin(5_000, withFlags("60d"), settings)).gaps).toEqual([]);
  });
});

const emptyMatrix = JSON.stringify({ status: "success", data: { resultType: "matrix", result: [] } });

function fetch(request: EvidenceRequest = context, http: SourceHttp = answering(answerTo)) {
  return createPrometheusSource(settings, { http, keyRules: [], now: () => TO_MS }).fetch(
    request,
    budget,
    new AbortController().signal,
  );
}

function fetchWithin(forMs: number, http: SourceHttp, asSet: SourceSettings) {
  const source = createPrometheusSource(asSet, { http, keyRules: [], now: () => TO_MS });
  return source.fetch(context, { ...budget, deadlineAtMs: TO_MS + forMs }, new AbortController().signal);
}

function answering(bodyOf: (path: string, query: string) => string): SourceHttp {
  return {
    send: async (request: SourceHttpRequest) => {
      const text = bodyOf(request.path, request.form?.find(([name]) => name === "query")?.[1] ?? "");
      return { ok: true, status: 200, headers: {}, text, bytes: text.length, attempts: 1 };
    },
  };
}

function answerTo(path: string, query: string): string {
  if (path.endsWith("/query_exemplars")) return JSON.stringify(exemplars.body);
  // The recorded history was made without the labels `case` and `team` that the recorded rules add.
  if (path.endsWith("/rules")) {
    return JSON.stringify(exchanges["live.firing.rules"].body).replace(/"case":"prom",|,"team":"storefront"/g, "");
  }
  if (path.endsWith("/buildinfo")) return JSON.stringify(exchanges["status.buildinfo"].body);
  if (path.endsWith("/query")) return JSON.stringify({ status: "success", data: { resultType: "vector", result: [] } });
  if (query.includes("unless")) {
    const name = query.includes('unless ALERTS{alertstate="firing"} offset')
      ? "range.ALERTS.starts"
      : "range.ALERTS.ends";
    return JSON.stringify(exchanges[name].body);
  }
  const fromS = FROM_MS / 1000;
  const values = [
    [fromS, "1"],
    [fromS + 120, "NaN"],
    [fromS + 180, "+Inf"],
    [fromS + 240, "0.25"],
  ];
  const result = [{ metric: { service: "status-api" }, values }];
  return JSON.stringify({ status: "success", data: { resultType: "matrix", result } });
}

function readObject(text: string): object {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? value : {};
}
