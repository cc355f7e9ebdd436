import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { addNs, epochNsFromRfc3339, type EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import { SourceSettings } from "@/lib/domain/source-settings";
import type { SourceHttp } from "@/lib/platform/source-http";
import { createLokiSource } from "./adapter";
import exchanges from "./fixtures/exchanges.json";
import { failed, fakeLoki, type FakeLine } from "./testing/fake-loki";

const window = { fromNs: at("2026-11-23T14:00:00Z"), toNs: at("2026-11-23T17:00:00Z") };
const byOrder: EvidenceRequest = { kind: "by-key", key: { kind: "order", value: "48192" }, window };
const NOW = Date.parse("2026-11-23T18:00:00Z");

function at(text: string): EpochNs {
  const ns = epochNsFromRfc3339(text);
  if (ns === undefined) throw new Error("not an instant");
  return ns;
}

function line(offsetNs: number, text: string, metadata: Record<string, string> = {}): FakeLine {
  return {
    labels: { service_name: "order-service" },
    atNs: addNs(window.fromNs, BigInt(offsetNs)),
    line: text,
    metadata,
  };
}

function ask(
  http: SourceHttp,
  request: EvidenceRequest,
  options: { settings?: object; maxRows?: number; maxBytes?: number } = {},
): Promise<SourceOutcome> {
  const settings = SourceSettings.parse({
    kind: "loki",
    name: "product",
    url: "http://loki:3100",
    ...options.settings,
  });
  const source = createLokiSource(settings, { http, keyRules: builtInKeyRules(), now: () => NOW });
  const budget = { deadlineAtMs: NOW + 5_000, maxRows: options.maxRows ?? 1_000, maxBytes: options.maxBytes ?? 1e7 };
  return source.fetch(request, budget, AbortSignal.timeout(60_000));
}

/** Answers line queries and metadata queries of the recorded order with what the real server said. */
function recorded(): SourceHttp {
  return {
    async send(request) {
      const logql = new Map(request.form ?? []).get("query") ?? "";
      const text = exchanges[logql.includes("|=") ? "form.line-contains.cat" : "form.sm-filter.cat"].body;
      return { ok: true, status: 200, headers: {}, text, bytes: text.length, attempts: 1 };
    },
  };
}

describe("asking Loki for an order", () => {
  it("finds it in metadata, JSON, logfmt, a URL and prose, and leaves out who only looks like it", async () => {
    const outcome = await ask(recorded(), byOrder);
    const services = new Set(outcome.events.map((event) => event.rawService));
    for (const service of ["admin-web", "order-service", "status-api", "storefront-api", "customer-app"]) {
      expect(services).toContain(service);
    }
    expect(outcome.events.map((event) => event.text).join("\n")).not.toMatch(/481920|148192|2048192|48192-B/);
    expect(outcome).toMatchObject({ answered: true, gaps: [], source: "loki/product" });
  });

  it("asks with the header that separates metadata, and shows the queries it sent", async () => {
    const http = fakeLoki([]);
    const outcome = await ask(http, byOrder, { settings: { keyLabels: ["order_id"] } });
    expect(
      http.asked.every((request) => request.headers?.["x-loki-response-encoding-flags"] === "categorize-labels"),
    ).toBe(true);
    expect(outcome.queries.map((query) => query.text)).toEqual(
      http.asked.map((request) => new Map(request.form ?? []).get("query")),
    );
    expect(outcome).toMatchObject({ answered: true, events: [], gaps: [] });
  });

  it("gives a line once that two queries find", async () => {
    const outcome = await ask(fakeLoki([line(1, "order_id=48192 saved", { order_id: "48192" })]), byOrder);
    expect(outcome.events).toHaveLength(1);
  });

  it("links each query to Grafana when one is configured", async () => {
    const grafana = { url: "https://grafana.example/", datasourceUid: "abc" };
    const outcome = await ask(fakeLoki([line(1, "order 48192")]), byOrder, { settings: { grafana } });
    const url = new URL(outcome.queries[1]?.url ?? "");
    expect(url.origin + url.pathname).toBe("https://grafana.example/explore");
    const panes = JSON.parse(url.searchParams.get("panes") ?? "") as { a: { queries: { expr: string }[] } };
    expect(panes.a.queries[0]?.expr).toBe('{service_name=~".+"} |= "48192"');
    expect(outcome.events[0]?.links).toHaveLength(1);
  });

  it("does not send a value that no query can carry, and says so", async () => {
    const http = fakeLoki([]);
    const outcome = await ask(http, { kind: "by-key", key: { kind: "order", value: "\ud800" }, window });
    expect(http.asked).toEqual([]);
    expect(outcome).toMatchObject({ answered: false, gaps: [{ reason: "rejected" }] });
  });
});

describe("asking Loki for a trace", () => {
  const traceId = "a204d36965ffbb43f2ce9cb6c52595c5";

  it("finds lines by metadata and by text", async () => {
    const http = fakeLoki([
      line(1, "no id here", { trace_id: traceId }),
      line(2, `trace=${traceId} done`),
      line(3, `other ${traceId}ff`),
    ]);
    const outcome = await ask(http, { kind: "trace", traceId, window });
    expect(outcome.events.map((event) => event.text)).toEqual(["no id here", `trace=${traceId} done`]);
  });
});

describe("limits of Loki", () => {
  const many = Array.from({ length: 30 }, (_, i) => line(i, `order 48192 step ${i}`));

  it("learns how many lines the server gives for one query and pages with that", async () => {
    const http = fakeLoki(many, { maxEntries: 10 });
    const outcome = await ask(http, byOrder);
    expect(outcome.events).toHaveLength(30);
    expect(outcome.gaps).toEqual([]);
  });

  it("cuts at the row limit and says how far it got", async () => {
    const outcome = await ask(fakeLoki(many), byOrder, { maxRows: 12 });
    expect(outcome.events).toHaveLength(12);
    expect(outcome.gaps).toEqual([
      expect.objectContaining({
        reason: "truncated",
        shown: 12,
        window: { fromNs: addNs(window.fromNs, 12n), toNs: window.toNs },
      }),
    ]);
  });

  it("slices the window when the server finds it too long", async () => {
    const hour = 3_600_000_000_000n;
    const http = fakeLoki(many, {
      refuse: (form) =>
        BigInt(form.get("end") ?? 0) - BigInt(form.get("start") ?? 0) > 2n * hour
          ? failed(400, "the query time range exceeds the limit (query length: 3h0m0s, limit: 2h)")
          : undefined,
    });
    const outcome = await ask(http, byOrder);
    expect(outcome.events).toHaveLength(30);
    expect(outcome.gaps).toEqual([]);
  });

  it("keeps what one query found when the other is refused", async () => {
    const http = fakeLoki(many, {
      refuse: (form) => (form.get("query")?.includes("|=") === false ? failed(403, "secret upstream text") : undefined),
    });
    const outcome = await ask(http, byOrder);
    expect(outcome).toMatchObject({ answered: true, gaps: [{ reason: "denied" }] });
    expect(outcome.events).toHaveLength(30);
    expect(JSON.stringify(outcome.gaps)).not.toContain("secret");
  });

  it("says which part of the window lies before what is kept", async () => {
    const outcome = await ask(fakeLoki([]), byOrder, { settings: { retentionDays: 0.1 } });
    expect(outcome.gaps).toMatchObject([
      { reason: "retention", window: { fromNs: window.fromNs, toNs: at("2026-11-23T15:36:00Z") } },
    ]);
  });

  it("believes Loki more than the settings about how long it keeps lines", async () => {
    const limits = { retention_period: "2h30m", retention_stream: [], max_query_lookback: "0s" };
    const outcome = await ask(fakeLoki([], { limits }), byOrder, { settings: { retentionDays: 31 } });
    expect(outcome.gaps).toMatchObject([
      { reason: "retention", window: { fromNs: window.fromNs, toNs: at("2026-11-23T15:30:00Z") } },
    ]);
  });

  it("tells apart what is gone for all lines from what is gone for those of some streams", async () => {
    const limits = {
      retention_period: "31d",
      retention_stream: [{ selector: '{app="chatty"}', priority: 1, period: "2h" }],
      max_query_lookback: "3h",
    };
    const outcome = await ask(fakeLoki([], { limits }), byOrder);
    expect(outcome.gaps).toMatchObject([
      { reason: "retention", window: { fromNs: window.fromNs, toNs: at("2026-11-23T15:00:00Z") } },
      { reason: "retention", window: { fromNs: at("2026-11-23T15:00:00Z"), toNs: at("2026-11-23T16:00:00Z") } },
    ]);
    expect(new Set(outcome.gaps.map((gap) => gap.detail)).size).toBe(2);
  });

  it("says nothing about time that is kept for ever, or when Loki and the settings are silent", async () => {
    const limits = { retention_period: "0s", max_query_lookback: "0s" };
    expect((await ask(fakeLoki([], { limits }), byOrder)).gaps).toEqual([]);
    expect((await ask(fakeLoki([], { limits: {} }), byOrder)).gaps).toEqual([]);
  });

  it("pages with the number of lines that Loki publishes, without being refused first", async () => {
    const http = fakeLoki(many, { maxEntries: 10, limits: { max_entries_limit_per_query: 10 } });
    const source = createLokiSource(SourceSettings.parse({ kind: "loki", url: "http://loki:3100" }), {
      http,
      keyRules: builtInKeyRules(),
      now: () => NOW,
    });
    const budget = { deadlineAtMs: NOW + 5_000, maxRows: 1_000, maxBytes: 1e7 };
    await source.fetch({ ...byOrder, key: { kind: "order", value: "nobody" } }, budget, AbortSignal.timeout(60_000));
    http.asked.length = 0;
    const outcome = await source.fetch(byOrder, budget, AbortSignal.timeout(60_000));
    expect(outcome.events).toHaveLength(30);
    expect(new Set(http.asked.map((request) => new Map(request.form ?? []).get("limit")))).toEqual(new Set(["10"]));
  });

  it.each([
    ["limits.bytes-read", "rejected"],
    ["auth.missing-tenant.labels", "denied"],
    ["labels.start-in-future", "retention"],
  ] as const)("turns the recorded refusal %s into a gap of reason %s without its text", async (name, reason) => {
    const { status, body } = exchanges[name];
    const outcome = await ask(fakeLoki([], { refuse: () => failed(status, body) }), byOrder);
    expect(outcome.answered).toBe(false);
    expect(outcome.gaps.map((gap) => gap.reason)).toEqual([reason]);
    expect(outcome.gaps[0]?.detail).not.toContain(body.trim().slice(0, 12));
  });
});
