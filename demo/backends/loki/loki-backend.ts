/** A stand-in for Loki 3.4 in single-tenant mode: the same paths, checks and answers over lines in memory. */
import type { DemoLogLine, LokiBackend } from "../backend";
import { createDemoServer, type DemoAnswer, type DemoRequest, notSupported, textAnswer } from "../demo-server";
import { createLogStore, type LogStore } from "./log-store";
import { indexStats, jsonAnswer, labelNames, labelValues, seriesList } from "./loki-metadata";
import { parametersOf } from "./loki-parameters";
import { formatQuery, instantQuery, queryRange } from "./loki-queries";
import { readOtlpLogs } from "./otlp-logs";
import { preparedLine, type PushedLine, readPushRequest } from "./push-request";

export interface LokiBackendOptions {
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Older lines are dropped while new ones arrive; Infinity keeps all. Default 24 h. */
  readonly retentionMs?: number;
}

const DAY_MS = 86_400_000;
const SWEEP_EVERY_MS = 60_000;
const LIMITS_PATH = "/loki/api/v1/drilldown-limits";
const LABEL_VALUES = /^\/loki\/api\/v1\/label\/([^/%]+)\/values$/u;
const NOT_IMITATED =
  /^\/loki\/api\/v1\/(?:index\/volume|index\/volume_range|index\/shards|detected_labels|detected_fields|detected_field\/.*|patterns|tail|rules.*)$|^\/prometheus\/api\/v1\/|^\/api\/prom\//u;

/** Lines pushed in code and over HTTP go the same way, so both get a service name and a detected level. */
export function createLokiBackend(options: LokiBackendOptions = {}): LokiBackend {
  const store = createLogStore();
  const clock = options.now ?? Date.now;
  const keep = keeper(store, clock, options.retentionMs ?? DAY_MS);
  const push = (lines: readonly DemoLogLine[]): void => {
    keep(lines.map(({ labels, atNs, line, metadata }) => preparedLine(labels, atNs, line, metadata ?? {})));
  };
  const limits = publishedLimits(options.retentionMs ?? DAY_MS);
  return {
    push,
    ...createDemoServer((request) =>
      request.path === LIMITS_PATH ? jsonAnswer(limits) : route(store, keep, request, clock()),
    ),
  };
}

/** Loki 3.6 and later; 3.4 has no such path. Offered because it is the only way a client can learn the retention. */
function publishedLimits(retentionMs: number): object {
  return {
    limits: {
      retention_period: retentionMs === Infinity ? "0s" : `${String(Math.round(retentionMs / 1000))}s`,
      retention_stream: [],
      max_query_lookback: "0s",
      max_query_length: "30d1h",
      max_entries_limit_per_query: 5000,
      max_query_bytes_read: "0B",
      query_timeout: "1m",
    },
    pattern_ingester_enabled: false,
    version: "3.6.0",
  };
}

type Keep = (lines: readonly PushedLine[]) => void;

function keeper(store: LogStore, clock: () => number, retentionMs: number): Keep {
  let sweptAtMs = 0;
  return (lines) => {
    for (const { labels, entry } of lines) store.add(labels, entry);
    const nowMs = clock();
    if (retentionMs === Infinity || nowMs - sweptAtMs < SWEEP_EVERY_MS) return;
    sweptAtMs = nowMs;
    store.dropBefore(BigInt(Math.round(nowMs - retentionMs)) * 1_000_000n);
  };
}

function route(store: LogStore, keep: Keep, request: DemoRequest, nowMs: number): DemoAnswer | undefined {
  if (request.method === "POST") {
    const stored = storeLines(keep, request);
    if (stored !== undefined) return stored;
  }
  if (request.method !== "GET" && request.method !== "POST") return undefined;
  return readRoute(store, request, nowMs);
}

function storeLines(keep: Keep, request: DemoRequest): DemoAnswer | undefined {
  if (request.path === "/loki/api/v1/push") keep(readPushRequest(request.body));
  else if (request.path === "/otlp/v1/logs") keep(readOtlpLogs(request.body));
  else return undefined;
  return { status: 204, body: "" };
}

function readRoute(store: LogStore, request: DemoRequest, nowMs: number): DemoAnswer | undefined {
  switch (request.path) {
    case "/ready":
      return textAnswer(200, "ready\n");
    case "/loki/api/v1/status/buildinfo":
      return jsonAnswer({ version: "", revision: "", branch: "", buildUser: "", buildDate: "", goVersion: "" });
    case "/loki/api/v1/query_range":
      return queryRange(store, request, nowMs);
    case "/loki/api/v1/query":
      return instantQuery(store, request, nowMs);
    case "/loki/api/v1/format_query":
      return formatQuery(request);
    case "/loki/api/v1/labels":
    case "/loki/api/v1/label":
      return labelNames(store, parametersOf(request), nowMs);
    case "/loki/api/v1/series":
      return seriesList(store, parametersOf(request), nowMs);
    case "/loki/api/v1/index/stats":
      return indexStats(store, parametersOf(request), nowMs);
    default:
      return otherRoute(store, request, nowMs);
  }
}

function otherRoute(store: LogStore, request: DemoRequest, nowMs: number): DemoAnswer | undefined {
  const name = LABEL_VALUES.exec(request.path)?.[1];
  if (name !== undefined) return labelValues(store, name, parametersOf(request), nowMs);
  if (NOT_IMITATED.test(request.path)) throw notSupported(request.path);
  return undefined;
}
