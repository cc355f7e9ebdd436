/** One question that does not fit one URL: the built-in order rule needs two searches. */
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTempoBackend } from "@/demo/backends/tempo/tempo-backend";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { KeyRule } from "@/lib/domain/key-rule";
import { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import type { SourceHttp, SourceHttpRequest, SourceHttpResult } from "@/lib/platform/source-http";
import { createTempoSource } from "./adapter";

const NOW = Date.parse("2026-11-23T18:00:00Z");
const window = { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) };
const byOrder = { kind: "by-key", key: { kind: "order", value: "48192" }, window } as const;
const PLAIN = 'span."order.id" = "48192"';
const PREFIXED = 'resource."orderno" = "#48192"';
/** nginx, Apache and AWS by default. */
const PROXY_TAKES = 8_192;

const idOf = (n: number) => n.toString(16).padStart(32, "0");
const startOf = (n: number) => `${String(NOW - 1_000_000 + n * 1_000)}000000`;

function ok(body: object): SourceHttpResult {
  const text = JSON.stringify(body);
  return { ok: true, status: 200, headers: {}, text, bytes: text.length, attempts: 1 };
}

function spanOf(traceId: string): SourceHttpResult {
  const at = startOf(Number.parseInt(traceId, 16));
  const span = { traceId, spanId: "00000000000000aa", name: "work", startTimeUnixNano: at, endTimeUnixNano: at };
  return ok({ trace: { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] } });
}

/** Traces by what they carry; a number of them or an answer of another kind. */
function fake(carried: Readonly<Record<string, readonly number[] | SourceHttpResult>>) {
  const asked: SourceHttpRequest[] = [];
  const state = { running: 0, most: 0 };
  const http: SourceHttp = {
    async send(request) {
      asked.push(request);
      if (request.path !== "/api/search") return spanOf(request.path.slice(-32));
      state.most = Math.max(state.most, ++state.running);
      await Promise.resolve();
      state.running--;
      const query = new Map(request.query ?? []);
      const ids: number[] = [];
      for (const [condition, answer] of Object.entries(carried)) {
        if (!(query.get("q") ?? "").includes(condition)) continue;
        if ("ok" in answer) return answer;
        ids.push(...answer);
      }
      const [from, to] = [BigInt(query.get("start") ?? 0), BigInt(query.get("end") ?? 0)];
      const inside = ids.filter(
        (n) => BigInt(startOf(n)) / 1_000_000_000n >= from && BigInt(startOf(n)) / 1_000_000_000n < to,
      );
      const traces = inside
        .slice(0, Number(query.get("limit")))
        .map((n) => ({ traceID: n.toString(16), startTimeUnixNano: startOf(n) }));
      return ok({ traces, metrics: {} });
    },
  };
  return { http, asked, state };
}

function ask(http: SourceHttp, request: EvidenceRequest = byOrder, keyRules = builtInKeyRules(), now = () => NOW) {
  const source = createTempoSource(SourceSettings.parse({ kind: "tempo", url: "http://tempo:3200" }), {
    ...{ http, keyRules, now },
  });
  const budget = { deadlineAtMs: now() + 10_000, maxRows: 5_000, maxBytes: 10_000_000 };
  return source.fetch(request, budget, AbortSignal.timeout(60_000));
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("a search in two parts", () => {
  it("unites what the parts find, each trace once", async () => {
    const { http, asked } = fake({ [PLAIN]: [1, 2, 3], [PREFIXED]: [3, 4] });
    const outcome = await ask(http);
    expect(outcome.events.map((event) => event.span?.traceId).sort()).toEqual([1, 2, 3, 4].map(idOf));
    expect(asked.filter(({ path }) => path !== "/api/search")).toHaveLength(4);
    expect(outcome).toMatchObject({ answered: true, gaps: [] });
  });

  it("names for every record the search that found its trace", async () => {
    const { http } = fake({ [PLAIN]: [1, 3], [PREFIXED]: [3, 4] });
    const outcome = await ask(http);
    const found = outcome.events.map(({ span, fetchedBy }) => [
      span?.traceId,
      outcome.queries[fetchedBy ?? -1]?.text.includes(PLAIN),
      outcome.queries[fetchedBy ?? -1]?.text.includes(PREFIXED),
    ]);
    expect(found.sort()).toEqual([
      [idOf(1), true, false],
      [idOf(3), true, false],
      [idOf(4), false, true],
    ]);
  });

  it("takes the newest of both parts and asks for the older of both in one rest", async () => {
    const { http } = fake({ [PLAIN]: range(1, 16), [PREFIXED]: range(10, 31) });
    const outcome = await ask(http);
    expect(outcome.events.map((event) => event.span?.traceId).sort()).toEqual(range(11, 31).map(idOf));
    expect(outcome.gaps).toMatchObject([{ reason: "truncated", shown: 20, total: 30 }]);
    const rest = outcome.gaps[0]?.continuation;
    const older = rest && (await ask(http, rest));
    expect(older?.events.map((event) => event.span?.traceId).sort()).toEqual(range(1, 11).map(idOf));
    expect(older?.gaps).toEqual([]);
  });

  it("leaves nothing out when one part alone reaches the limit", async () => {
    const { http } = fake({ [PLAIN]: [1, 2], [PREFIXED]: range(100, 180) });
    const ids = new Set<string>();
    let next: EvidenceRequest | undefined = byOrder;
    for (let fetches = 0; next !== undefined && fetches < 20; fetches++) {
      const outcome = await ask(http, next);
      for (const event of outcome.events) ids.add(event.span?.traceId ?? "");
      next = outcome.gaps.find((gap) => gap.continuation)?.continuation;
    }
    expect([...ids].sort()).toEqual([1, 2, ...range(100, 180)].map(idOf));
  });

  it.each([
    [414, "The source found the question too large."],
    [431, "The source found the question too large."],
    [400, "The source did not accept the question."],
  ])("keeps what one part found when the other is refused with %i, and says so", async (status, detail) => {
    const refused: SourceHttpResult = { ok: false, kind: "status", status, text: "<html>", headers: {}, attempts: 1 };
    const outcome = await ask(fake({ [PLAIN]: [1, 2], [PREFIXED]: refused }).http);
    expect(outcome.events).toHaveLength(2);
    expect(outcome).toMatchObject({ answered: true, gaps: [{ reason: "rejected", detail, window }] });
  });

  it("asks two at a time however many parts there are, and says when they are not all", async () => {
    const many = KeyRule.parse({
      ...{ name: "order id", kind: "order", attributes: ["order.id", "app.order.id", "order.number", "order.no"] },
      dropPrefixes: ["a-", "b-", "c-", "d-", "e-", "f-", "g-", "h-"],
      padTo: [8, 10, 12, 14],
    });
    const { http, asked, state } = fake({ [PLAIN]: [1] });
    const outcome = await ask(http, byOrder, [many]);
    expect(state.most).toBe(2);
    expect(asked.filter(({ path }) => path === "/api/search")).toHaveLength(16);
    expect(outcome.events).toHaveLength(1);
    expect(outcome.gaps).toMatchObject([{ reason: "budget", window }]);
  });
});

describe("a search in two parts over HTTP, behind a proxy that takes 8 KB", () => {
  const tempo = createTempoBackend({ now: () => NOW, retentionMs: Infinity });
  let tempoUrl = "";
  const refusals: number[] = [];
  const proxy = createServer((request, response) => {
    const target = request.url ?? "/";
    if (target.length > PROXY_TAKES) {
      refusals.push(target.length);
      response.writeHead(414).end();
      return;
    }
    forward(new URL(target, tempoUrl), (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).end();
  });
  beforeAll(async () => {
    tempoUrl = await tempo.listen();
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await tempo.close();
    await new Promise((resolve) => {
      proxy.close(resolve);
      proxy.closeAllConnections();
    });
  });

  it("finds a number on a span and a prefixed text on a resource", async () => {
    // Long enough that the two parts together would be refused.
    const order = "4819200000000017";
    const common = { name: "work", kind: "server", spanId: "00000000000000aa" } as const;
    const at = { startNs: startOf(1), endNs: startOf(2) };
    const shop = { "service.name": "shop" };
    tempo.push([
      { ...common, ...at, traceId: idOf(1), resource: shop, attributes: { "order.id": BigInt(order) } },
      { ...common, ...at, traceId: idOf(2), resource: { ...shop, orderno: `#${order}` }, attributes: {} },
      { ...common, ...at, traceId: idOf(3), resource: shop, attributes: { "order.id": "4819200000000018" } },
    ]);
    const baseUrl = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
    const http = createSourceHttp({ sourceId: "tempo/main", baseUrl, allowPrivateAddress: true });
    const request: EvidenceRequest = { ...byOrder, key: { kind: "order", value: order } };
    const outcome = await ask(http, request, builtInKeyRules(), Date.now);
    expect(outcome.events.map((event) => event.span?.traceId).sort()).toEqual([idOf(1), idOf(2)]);
    expect(outcome.gaps).toEqual([]);
    expect(refusals).toEqual([]);
  });
});
