import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { epochNsFromRfc3339, type EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import { SourceSettings } from "@/lib/domain/source-settings";
import type { SourceHttp, SourceHttpRequest, SourceHttpResult } from "@/lib/platform/source-http";
import { createTempoSource } from "./adapter";
import exchanges from "./fixtures/exchanges.json";

const CUSTOMER = "a204d36965ffbb43f2ce9cb6c52595c5";
const NOW = Date.parse("2026-11-23T18:00:00Z");
const window = { fromNs: at("2026-11-23T14:00:00Z"), toNs: at("2026-11-23T17:00:00Z") };
const byOrder: EvidenceRequest = { kind: "by-key", key: { kind: "order", value: "48192" }, window };
const byTrace: EvidenceRequest = { kind: "trace", traceId: CUSTOMER, window };

function at(text: string): EpochNs {
  const ns = epochNsFromRfc3339(text);
  if (ns === undefined) throw new Error("not an instant");
  return ns;
}

function ok(text: string): SourceHttpResult {
  return { ok: true, status: 200, headers: {}, text, bytes: text.length, attempts: 1 };
}

function failed(status: number, text: string): SourceHttpResult {
  return { ok: false, kind: "status", status, text, headers: {}, attempts: 1 };
}

type Fake = SourceHttp & { readonly asked: SourceHttpRequest[] };

function fake(answer: (request: SourceHttpRequest) => SourceHttpResult): Fake {
  const asked: SourceHttpRequest[] = [];
  return {
    asked,
    async send(request) {
      asked.push(request);
      return answer(request);
    },
  };
}

/** Starts of the searched slices, each once. */
function startsOf(http: Fake): unknown[] {
  return [...new Set(http.asked.map(({ query }) => new Map(query ?? []).get("start")))];
}

function ask(
  http: SourceHttp,
  request: EvidenceRequest,
  options: { settings?: object; maxRows?: number } = {},
): Promise<SourceOutcome> {
  const settings = SourceSettings.parse({ kind: "tempo", url: "http://tempo:3200", ...options.settings });
  const source = createTempoSource(settings, { http, keyRules: builtInKeyRules(), now: () => NOW });
  const budget = { deadlineAtMs: NOW + 5_000, maxRows: options.maxRows ?? 5_000, maxBytes: 1e7 };
  return source.fetch(request, budget, AbortSignal.timeout(60_000));
}

/** A trace of one span. */
function smallTrace(traceId: string, startNs: string): string {
  const span = {
    traceId,
    spanId: "00000000000000aa",
    name: "work",
    startTimeUnixNano: startNs,
    endTimeUnixNano: startNs,
  };
  return JSON.stringify({ trace: { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] } });
}

function searchAnswer(count: number): { text: string; ids: string[] } {
  const ids = Array.from({ length: count }, (_, i) => (i + 1).toString(16).padStart(32, "0"));
  const traces = ids.map((id, i) => ({
    traceID: id.replace(/^0+/, ""),
    startTimeUnixNano: String(1_795_446_000_000_000_000n + BigInt(i)),
  }));
  return { text: JSON.stringify({ traces, metrics: {} }), ids };
}

describe("asking Tempo for a trace", () => {
  it("gives its spans and the request that was sent", async () => {
    const http = fake(() => ok(exchanges["v2.trace.a_customer"].body));
    const outcome = await ask(http, byTrace, {
      settings: { grafana: { url: "https://grafana.example", datasourceUid: "t" } },
    });
    expect(outcome.answered).toBe(true);
    expect(outcome.events.filter((event) => event.kind === "span")).toHaveLength(6);
    expect(outcome.queries).toMatchObject([{ language: "HTTP", text: `GET /api/v2/traces/${CUSTOMER}` }]);
    expect(outcome.events[0]?.links[0]?.url).toContain("https://grafana.example/explore?");
    expect(http.asked[0]?.query).toBeUndefined();
  });

  it("falls back to v1 when the server has no v2", async () => {
    const http = fake(({ path }) =>
      path.startsWith("/api/v2/") ? failed(404, "404 page not found\n") : ok(exchanges["v1.trace.a_customer"].body),
    );
    const outcome = await ask(http, byTrace);
    expect(outcome.events.filter((event) => event.kind === "span")).toHaveLength(6);
    expect(outcome.gaps).toEqual([]);
  });

  it.each([
    ["v2", () => ok(exchanges["v2.not-found"].body)],
    ["v1", ({ path }: SourceHttpRequest) => failed(404, path.startsWith("/api/v2/") ? "404 page not found\n" : "")],
  ] as const)("knows an absent trace by %s as a fact, not a failure", async (_, answer) => {
    const outcome = await ask(fake(answer), byTrace);
    expect(outcome).toMatchObject({
      answered: true,
      events: [],
      gaps: [
        {
          reason: "sampled",
          detail: "The trace store does not have this trace: it was not kept.",
          keys: [`trace:${CUSTOMER}`],
        },
      ],
    });
  });

  it("shows what there is of a trace that Tempo calls partial", async () => {
    const outcome = await ask(
      fake(() => ok(exchanges["partial.v2.hub (first three spans)"].body)),
      byTrace,
    );
    expect(outcome.events.length).toBeGreaterThan(0);
    expect(outcome.gaps).toMatchObject([{ reason: "partial", keys: [expect.stringMatching(/^trace:[0-9a-f]{32}$/)] }]);
  });

  it("says so when v1 refuses a trace for its size", async () => {
    const http = fake(({ path }) =>
      path.startsWith("/api/v2/") ? failed(404, "404 page not found\n") : failed(422, exchanges["partial.v1.hub"].body),
    );
    const outcome = await ask(http, byTrace);
    expect(outcome).toMatchObject({ answered: false, gaps: [{ reason: "truncated" }] });
  });

  it("answers a key of kind trace in the same way", async () => {
    const request: EvidenceRequest = { kind: "by-key", key: { kind: "trace", value: CUSTOMER }, window };
    const outcome = await ask(
      fake(() => ok(exchanges["v2.trace.a_customer"].body)),
      request,
    );
    expect(outcome.events.filter((event) => event.kind === "span")).toHaveLength(6);
  });
});

describe("asking Tempo for an order", () => {
  it("searches in seconds, then fetches each found trace whole, with zeros in front of its id", async () => {
    const { text, ids } = searchAnswer(3);
    const http = fake(({ path }) =>
      path === "/api/search" ? ok(text) : ok(smallTrace(path.slice(-32), "1795446000000000001")),
    );
    const outcome = await ask(http, byOrder);
    const [search] = http.asked;
    expect(search?.method).toBe("GET");
    expect(new Map(search?.query ?? []).get("start")).toBe("1795442400");
    expect(new Map(search?.query ?? []).get("end")).toBe("1795453200");
    expect(outcome.events.map((event) => event.span?.traceId).sort()).toEqual(ids);
    expect(outcome.queries.map((query) => query.language)).toEqual(["TraceQL", "TraceQL", "HTTP", "HTTP", "HTTP"]);
    expect(outcome).toMatchObject({ answered: true, gaps: [] });
  });

  it("finds the recorded traces of the order", async () => {
    const http = fake(({ path }) =>
      path === "/api/search"
        ? ok(exchanges["search.order.string"].body)
        : path.endsWith(CUSTOMER)
          ? ok(exchanges["v2.trace.a_customer"].body)
          : path.endsWith("786fbf4bd8880b5a6d519ffff6f62781")
            ? ok(exchanges["v2.trace.a_staff"].body)
            : ok(exchanges["v2.not-found"].body),
    );
    const outcome = await ask(http, byOrder);
    expect(outcome.events.filter((event) => event.kind === "span")).toHaveLength(12);
    expect(outcome.gaps).toMatchObject([{ reason: "sampled" }]);
  });

  it("looks at no more than twenty traces and says that there are more", async () => {
    const { text } = searchAnswer(25);
    const http = fake(({ path }) =>
      path === "/api/search" ? ok(text) : ok(smallTrace(path.slice(-32), "1795446000000000001")),
    );
    const outcome = await ask(http, byOrder);
    expect(outcome.events).toHaveLength(20);
    expect(outcome.gaps).toMatchObject([{ reason: "truncated", shown: 20, total: 25 }]);
  });

  it("cuts the window when this tenant may search less time than usual", async () => {
    const http = fake(({ path, query }) => {
      if (path !== "/api/search") return ok(exchanges["v2.not-found"].body);
      const [start, end] = [new Map(query ?? []).get("start"), new Map(query ?? []).get("end")];
      return Number(end) - Number(start) > 3600
        ? failed(400, "range specified by start and end exceeds 1h0m0s. received start=1 end=2")
        : ok('{"traces":[],"metrics":{}}');
    });
    const outcome = await ask(http, byOrder);
    expect(startsOf(http)).toHaveLength(3);
    expect(outcome).toMatchObject({ answered: true, gaps: [] });
  });

  it("asks for a month in slices that Tempo allows", async () => {
    const http = fake(() => ok('{"traces":[],"metrics":{}}'));
    const month = { fromNs: at("2026-10-24T17:00:00Z"), toNs: window.toNs };
    await ask(http, { ...byOrder, window: month });
    expect(startsOf(http)).toHaveLength(5);
  });

  it("keeps the short traces whole when one long trace does not fit the row limit", async () => {
    const { text, ids } = searchAnswer(2);
    const long = exchanges["v2.trace.a_customer"].body;
    const http = fake(({ path }) =>
      path === "/api/search"
        ? ok(text)
        : ok(path.endsWith(ids[0] ?? "") ? long : smallTrace(path.slice(-32), "1795446000000000001")),
    );
    const outcome = await ask(http, byOrder, { maxRows: 3 });
    expect(outcome.events).toHaveLength(3);
    expect(outcome.events.map((event) => event.span?.traceId)).toContain(ids[1]);
    const [long8] = ids;
    expect(outcome.gaps).toMatchObject([{ reason: "truncated", shown: 2, total: 8, keys: [`trace:${long8}`] }]);
    expect(outcome.gaps[0]).not.toHaveProperty("continuation");
  });

  it("offers a trace that did not fit beside others as a question of its own", async () => {
    const { text, ids } = searchAnswer(2);
    const long = exchanges["v2.trace.a_customer"].body;
    const http = fake(({ path }) =>
      path === "/api/search"
        ? ok(text)
        : ok(path.endsWith(ids[0] ?? "") ? long : smallTrace(path.slice(-32), "1795446000000000001")),
    );
    const outcome = await ask(http, byOrder, { maxRows: 8 });
    const continuation = { kind: "trace", traceId: ids[0] ?? "", window } as const;
    expect(outcome.gaps).toMatchObject([{ reason: "truncated", shown: 7, total: 8, continuation }]);
    const rest = await ask(http, continuation, { maxRows: 8 });
    expect(rest.events).toHaveLength(8);
    expect(rest.gaps).toEqual([]);
  });

  it("says where a trace reaches beyond the asked time, and shows its spans all the same", async () => {
    const start = "1795446000000000001";
    const late = { fromNs: at("2026-11-23T16:00:00Z"), toNs: window.toNs };
    const outcome = await ask(
      fake(() => ok(smallTrace(CUSTOMER, start))),
      { ...byTrace, window: late },
    );
    expect(outcome.events).toHaveLength(1);
    expect(outcome.gaps).toMatchObject([
      {
        reason: "truncated",
        window: { fromNs: start, toNs: "1795446000000000002" },
        keys: [`trace:${CUSTOMER}`],
      },
    ]);
  });

  it("keeps the other traces when one cannot be fetched, without a word of the refusal", async () => {
    const { text, ids } = searchAnswer(2);
    const http = fake(({ path }) => {
      if (path === "/api/search") return ok(text);
      return path.endsWith(ids[0] ?? "")
        ? failed(500, "secret")
        : ok(smallTrace(path.slice(-32), "1795446000000000001"));
    });
    const outcome = await ask(http, byOrder);
    expect(outcome).toMatchObject({ answered: true, gaps: [{ reason: "refused", keys: [`trace:${ids[0]}`] }] });
    expect(outcome.events).toHaveLength(1);
    expect(JSON.stringify(outcome)).not.toContain("secret");
  });

  it("does not send a value that no query can carry", async () => {
    const http = fake(() => ok("{}"));
    const outcome = await ask(http, { kind: "by-key", key: { kind: "order", value: "a\0b" }, window });
    expect(http.asked).toEqual([]);
    expect(outcome).toMatchObject({ answered: false, gaps: [{ reason: "rejected" }] });
  });
});
