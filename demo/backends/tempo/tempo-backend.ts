/** A stand-in for Tempo 3.0 in single-tenant mode: the same paths, checks and answers over spans in memory. */
import type { DemoSpan, TempoBackend } from "../backend";
import { createDemoServer, type DemoAnswer, type DemoRequest, notSupported, Refusal, textAnswer } from "../demo-server";
import { readOtlpTraces, storedFromDemo } from "./otlp-traces";
import { parseTraceql } from "./parse-traceql";
import { searchLegacy } from "./search-legacy";
import { searchTraceql } from "./search-traces";
import type { StoredSpan } from "./stored-span";
import { flatTagValues, tagScopes, tagValues } from "./tag-search";
import { refuseBadTraceWindow, searchWindowOf, spansPerSetOf, traceIdOf, traceLimitOf } from "./tempo-parameters";
import { resourceSpansOf } from "./trace-body";
import { createTraceStore, type TraceStore } from "./trace-store";

export interface TempoBackendOptions {
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Older traces are dropped while new ones arrive; Infinity keeps all. Default 24 h. */
  readonly retentionMs?: number;
}

const DAY_MS = 86_400_000;
const SWEEP_EVERY_MS = 60_000;
const MAX_QUERY_BYTES = 131_072;

export function createTempoBackend(options: TempoBackendOptions = {}): TempoBackend {
  const store = createTraceStore();
  const clock = options.now ?? Date.now;
  const retentionMs = options.retentionMs ?? DAY_MS;
  let sweptAtMs = 0;
  const keep = (spans: readonly StoredSpan[]): void => {
    store.add(spans);
    if (retentionMs === Infinity || clock() - sweptAtMs < SWEEP_EVERY_MS) return;
    sweptAtMs = clock();
    store.dropBefore(BigInt(Math.round(sweptAtMs - retentionMs)) * 1_000_000n);
  };
  const push = (spans: readonly DemoSpan[]): void => {
    keep(spans.map(storedFromDemo));
  };
  return { push, ...createDemoServer((request) => route(store, keep, request, clock())) };
}

function jsonAnswer(body: object): DemoAnswer {
  return { status: 200, body: JSON.stringify(body), contentType: "application/json" };
}

function route(
  store: TraceStore,
  keep: (spans: readonly StoredSpan[]) => void,
  request: DemoRequest,
  nowMs: number,
): DemoAnswer | undefined {
  switch (request.path) {
    case "/v1/traces":
      if (request.method !== "POST") return undefined;
      keep(readOtlpTraces(request.body));
      return jsonAnswer({ partialSuccess: {} });
    case "/ready":
      return textAnswer(200, "ready\n");
    case "/api/echo":
      return textAnswer(200, "echo\n");
    case "/api/status/buildinfo":
      return jsonAnswer({
        version: "",
        revision: "",
        branch: "",
        buildUser: "",
        buildDate: "",
        goVersion: "go1.26.10",
      });
    case "/api/search":
      return search(store, request.query, nowMs);
    default:
      return byPattern(store, request, nowMs);
  }
}

function byPattern(store: TraceStore, request: DemoRequest, nowMs: number): DemoAnswer | undefined {
  const path = request.path;
  const trace = /^\/api\/(v2\/)?traces\/([^/]+)$/u.exec(path);
  if (trace !== null)
    return traceById(store, decodeURIComponent(trace[2] ?? ""), trace[1] !== undefined, request.query);
  const tags = /^\/api\/(v2\/)?search\/tags$/u.exec(path);
  const values = /^\/api\/(v2\/)?search\/tag\/(.+)\/values$/u.exec(path);
  if (tags === null && values === null) {
    if (/^\/api\/metrics\/query(?:_range)?$/u.test(path)) throw notSupported("TraceQL metrics");
    return undefined;
  }
  const query = { window: searchWindowOf(request.query, nowMs), filter: request.query.get("q") ?? "" };
  if (values !== null) {
    const name = decodeURIComponent(values[2] ?? "");
    const found = values[1] === undefined ? flatTagValues(store, query, name) : tagValues(store, query, name);
    const limit = Number(request.query.get("limit") ?? "0");
    return jsonAnswer({ tagValues: limit > 0 ? found.slice(0, limit) : found, metrics: {} });
  }
  const scopes = tagScopes(store, query, request.query.get("scope") ?? "");
  if (tags?.[1] !== undefined) return jsonAnswer({ scopes, metrics: {} });
  const names = scopes.filter(({ name }) => name !== "intrinsic").flatMap((scope) => scope.tags);
  return jsonAnswer({ tagNames: [...new Set(names)].sort(), metrics: {} });
}

/** Not found: v1 answers 404 without a body, v2 answers 200 with an empty trace. */
function traceById(store: TraceStore, text: string, isV2: boolean, query: URLSearchParams): DemoAnswer {
  const id = traceIdOf(text);
  refuseBadTraceWindow(query);
  const trace = store.byId(id);
  if (trace === undefined) return isV2 ? jsonAnswer({ trace: {}, metrics: {} }) : { status: 404, body: "" };
  const resourceSpans = resourceSpansOf(trace);
  return jsonAnswer(isV2 ? { trace: { resourceSpans }, metrics: {} } : { batches: resourceSpans });
}

function search(store: TraceStore, query: URLSearchParams, nowMs: number): DemoAnswer {
  const text = query.get("q") ?? "";
  const hasTags = query.has("tags") || query.has("minDuration") || query.has("maxDuration");
  if (text !== "" && query.has("tags"))
    throw new Refusal(400, "invalid request: can't specify tags and q in the same query");
  const limits = {
    window: searchWindowOf(query, nowMs),
    traces: traceLimitOf(query),
    spansPerSet: spansPerSetOf(query),
  };
  if (Buffer.byteLength(text) > MAX_QUERY_BYTES) {
    const advice = "reduce the query expression size or contact your system administrator";
    throw new Refusal(400, `TraceQL expression exceeds the configured maximum size of 131072 bytes, ${advice}`);
  }
  const traces =
    text === "" || hasTags ? searchLegacy(store, query, limits) : searchTraceql(store, parseTraceql(text), limits);
  return jsonAnswer({ traces, metrics: { inspectedTraces: traces.length } });
}
