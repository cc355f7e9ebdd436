/** The only file that talks to Tempo and parses its bodies. Credentials, retries and deadlines are in `SourceHttp`. */
import "server-only";
import type { SourceHttp, SourceHttpBudget, SourceHttpRequest, SourceHttpResult } from "@/lib/platform/source-http";
import type { SourceHttpFailure } from "../failure-to-gap";
import type { SearchWindow } from "./query";
import { TempoSearchAnswer, TempoTraceV1, TempoTraceV2, type FoundTrace, type ResourceSpans } from "./wire";

export type TempoFailure =
  | { readonly kind: "http"; readonly http: SourceHttpFailure }
  | { readonly kind: "bad-response" }
  /** The trace is larger than Tempo hands out (v1 only; v2 answers in part). */
  | { readonly kind: "trace-too-large" }
  /** The searched range is longer than this tenant may search. */
  | { readonly kind: "range-too-long"; readonly maxSeconds: number };

export type TraceAnswer =
  | { readonly ok: true; readonly found: false; readonly bytes: number }
  | {
      readonly ok: true;
      readonly found: true;
      readonly resourceSpans: readonly ResourceSpans[];
      readonly partial: boolean;
      readonly bytes: number;
    }
  | { readonly ok: false; readonly failure: TempoFailure };

export type SearchAnswer =
  | { readonly ok: true; readonly traces: readonly FoundTrace[]; readonly bytes: number }
  | { readonly ok: false; readonly failure: TempoFailure };

export interface TempoClient {
  /** `traceId` is 32 hex digits. No window is sent: it would restrict old blocks only, and cut traces in two. */
  trace(traceId: string, budget: SourceHttpBudget, signal: AbortSignal): Promise<TraceAnswer>;
  /** At most `limit` traces, whichever Tempo finds first. */
  search(
    traceql: string,
    window: SearchWindow,
    limit: number,
    budget: SourceHttpBudget,
    signal: AbortSignal,
  ): Promise<SearchAnswer>;
}

// Any other value of `accept` than these two may be answered in a format that is not stable.
const JSON_HEADERS = { accept: "application/json" };
const RANGE_LIMIT = /range specified by start and end exceeds (?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?/;

export function createTempoClient(http: SourceHttp): TempoClient {
  const get = (
    operation: string,
    path: string,
    query: SourceHttpRequest["query"],
    budget: SourceHttpBudget,
    signal: AbortSignal,
  ) =>
    // Only GET: Tempo ignores the form of a POST and would answer a search for everything.
    http.send({ operation, method: "GET", path, headers: JSON_HEADERS, ...(query && { query }) }, budget, signal);

  return {
    async trace(traceId, budget, signal) {
      const v2 = await get("tempo.trace", `/api/v2/traces/${traceId}`, undefined, budget, signal);
      if (!isMissingRoute(v2)) return readV2(v2);
      return readV1(await get("tempo.trace_v1", `/api/traces/${traceId}`, undefined, budget, signal));
    },
    async search(traceql, window, limit, budget, signal) {
      const result = await get(
        "tempo.search",
        "/api/search",
        [
          ["q", traceql],
          ["start", String(window.startSeconds)],
          ["end", String(window.endSeconds)],
          ["limit", String(limit)],
          ["spss", "1"],
        ],
        budget,
        signal,
      );
      if (!result.ok) return { ok: false, failure: searchFailure(result) };
      const answer = TempoSearchAnswer.safeParse(parseJson(result.text));
      if (!answer.success) return { ok: false, failure: { kind: "bad-response" } };
      return { ok: true, traces: answer.data.traces, bytes: result.bytes };
    },
  };
}

/** Tempo before 2.6 does not know v2 and says so in Go's words; a 404 without them means that the trace is not there. */
function isMissingRoute(result: SourceHttpResult): boolean {
  return !result.ok && result.status === 404 && (result.text ?? "").includes("page not found");
}

function readV2(result: SourceHttpResult): TraceAnswer {
  if (!result.ok) return notRead(result);
  const answer = TempoTraceV2.safeParse(parseJson(result.text));
  if (!answer.success) return { ok: false, failure: { kind: "bad-response" } };
  const { trace, status } = answer.data;
  return found(trace.resourceSpans, status === "PARTIAL", result.bytes);
}

function readV1(result: SourceHttpResult): TraceAnswer {
  if (!result.ok) return isMissingRoute(result) ? httpFailure(result) : notRead(result);
  const answer = TempoTraceV1.safeParse(parseJson(result.text));
  if (!answer.success) return { ok: false, failure: { kind: "bad-response" } };
  return found(answer.data.batches, false, result.bytes);
}

function found(resourceSpans: readonly ResourceSpans[], partial: boolean, bytes: number): TraceAnswer {
  if (resourceSpans.length === 0) return { ok: true, found: false, bytes };
  return { ok: true, found: true, resourceSpans, partial, bytes };
}

function notRead(failure: SourceHttpFailure): TraceAnswer {
  if (failure.kind === "status" && failure.status === 404) return { ok: true, found: false, bytes: 0 };
  if (failure.status === 422 && (failure.text ?? "").includes("exceeds max size")) {
    return { ok: false, failure: { kind: "trace-too-large" } };
  }
  return httpFailure(failure);
}

function httpFailure(http: SourceHttpFailure): TraceAnswer {
  return { ok: false, failure: { kind: "http", http } };
}

function searchFailure(http: SourceHttpFailure): TempoFailure {
  const limit = http.status === 400 ? RANGE_LIMIT.exec(http.text ?? "") : null;
  if (limit === null) return { kind: "http", http };
  const maxSeconds = Number(limit[1] ?? 0) * 3600 + Number(limit[2] ?? 0) * 60 + Number(limit[3] ?? 0);
  return maxSeconds > 0 ? { kind: "range-too-long", maxSeconds } : { kind: "http", http };
}

/** Undefined for text that is not JSON: HTML of a proxy, a body cut short. No schema accepts it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
