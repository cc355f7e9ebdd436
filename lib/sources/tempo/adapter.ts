/**
 * Tempo as a source: a trace by id, and the traces that carry a key.
 *
 * A search answers with a few matched spans only, so what it finds is fetched whole, in the same call: a span alone
 * cannot say what came before and after it.
 */
import "server-only";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest, FailuresRequest, FetchBudget } from "@/lib/domain/evidence-request";
import type { KeyRule } from "@/lib/domain/key-rule";
import { sourceId } from "@/lib/domain/source-id";
import type { NativeQuery, SourceOutcome } from "@/lib/domain/source-outcome";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { TimeWindow } from "@/lib/domain/time-window";
import { parseKnownTraceId } from "@/lib/domain/trace-id";
import type { SourceHttp } from "@/lib/platform/source-http";
import { beforeRetention, configuredKeptMs } from "../before-retention";
import { grafanaLink } from "../grafana-link";
import type { EventSource, ProbeResult } from "../source";
import { askInParts } from "./ask-in-parts";
import { createByteBudget } from "./byte-budget";
import { createTempoClient, type TempoClient } from "./client";
import { readTraces, type TracesRead } from "./read-traces";
import { failureGap, joinGaps, plainGap } from "./gaps";
import { buildKeyQueries, searchWindows } from "./query";
import { buildFailuresQuery } from "./failures-query";
import { buildRunsQuery } from "./runs-query";
import { searchTraces } from "./search-traces";

export interface TempoDeps {
  readonly http: SourceHttp;
  readonly keyRules: readonly KeyRule[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Whole traces fetched for one key. */
const TRACES_PER_KEY = 20;
/** Healthy runs fetched to compare with, the newest. */
const RUNS_TO_COMPARE = 10;
const PROBE_TIMEOUT_MS = 5_000;
const PROBE_MAX_BYTES = 1_048_576;
const PROBE_WINDOW_MS = 300_000;

type Answer = Pick<SourceOutcome, "answered" | "events" | "gaps" | "queries">;

interface Asking {
  readonly source: SourceOutcome["source"];
  readonly settings: SourceSettings;
  readonly client: TempoClient;
  readonly window: TimeWindow;
  readonly budget: FetchBudget;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

export function createTempoSource(settings: SourceSettings, deps: TempoDeps): EventSource {
  const id = sourceId("tempo", settings.name);
  const client = createTempoClient(deps.http);
  return {
    id,
    kind: "tempo",
    answers: new Set(["by-key", "trace", "runs", "failures"]),
    async fetch(request, budget, signal) {
      const startedMs = deps.now();
      const asking: Asking = { source: id, settings, client, window: request.window, budget, signal, nowMs: startedMs };
      const answer = await answerRequest(asking, request, deps.keyRules);
      const retention = beforeRetention(id, request.window, configuredKeptMs(settings), startedMs);
      const gaps = joinGaps([...answer.gaps, ...retention]);
      return { source: id, ...answer, gaps, metrics: [], elapsedMs: deps.now() - startedMs };
    },
    probe: (signal) => probe(id, client, deps.now, signal),
  };
}

async function answerRequest(asking: Asking, request: EvidenceRequest, keyRules: readonly KeyRule[]): Promise<Answer> {
  if (request.kind === "context") return unaskable(asking);
  if (request.kind === "failures") {
    const { traceql, unasked } = buildFailuresQuery(request);
    if (traceql === undefined) return unaskable(asking);
    const answer = onlyFailures(await answerSearch(asking, request, [traceql]), request);
    return unasked === 0 ? answer : { ...answer, gaps: [...answer.gaps, unaskedGap(asking)] };
  }
  if (request.kind === "runs") {
    const traceql = buildRunsQuery(request);
    return traceql === undefined ? unaskable(asking) : answerSearch(asking, request, [traceql]);
  }
  const asTrace =
    request.kind === "trace" ? request.traceId : request.key.kind === "trace" ? request.key.value : undefined;
  if (asTrace === undefined && request.kind === "by-key") {
    const rules = keyRules.filter((rule) => rule.kind === request.key.kind);
    const { parts, unasked } = buildKeyQueries(rules, request.key.value);
    if (parts.length === 0) return unaskable(asking);
    const answer = await answerSearch(asking, request, parts);
    return unasked === 0 ? answer : { ...answer, gaps: [...answer.gaps, unaskedGap(asking)] };
  }
  const traceId = parseKnownTraceId(asTrace ?? "");
  return traceId === undefined ? unaskable(asking) : answerTrace(asking, traceId);
}

/** The rest of these traces is not about the service: whoever wants it opens the trace. */
function onlyFailures(answer: Answer, { rawServices }: FailuresRequest): Answer {
  const named = new Set<string | null>(rawServices);
  const events = answer.events.filter((event) => event.outcome === "error" && named.has(event.rawService));
  return { ...answer, events: events.map((event) => ({ ...event, context: true })) };
}

async function answerTrace(asking: Asking, traceId: string): Promise<Answer> {
  const bytes = createByteBudget(asking.budget.maxBytes);
  const read = await readAll(asking, [traceId], bytes, true);
  return {
    answered: read.answered > 0,
    events: read.events,
    gaps: read.gaps,
    queries: [traceRequest(asking, traceId)],
  };
}

async function answerSearch(asking: Asking, request: EvidenceRequest, parts: readonly string[]): Promise<Answer> {
  const { client, source, budget, signal } = asking;
  const bytes = createByteBudget(budget.maxBytes);
  const found = await searchTraces(
    askInParts(
      (traceql, slice, limit, maxBytes) =>
        client.search(traceql, slice, limit, { deadlineAtMs: budget.deadlineAtMs, maxBytes }, signal),
      parts,
    ),
    source,
    request,
    request.kind === "runs" ? RUNS_TO_COMPARE : TRACES_PER_KEY,
    bytes,
  );
  // The question about each of these traces, which follows, says how far it reaches.
  const read = await readAll(asking, found.traceIds, bytes, false, found.foundBy);
  return {
    answered: found.answered && (found.traceIds.length === 0 || read.answered > 0),
    events: read.events,
    gaps: [...found.gaps, ...read.gaps],
    queries: [
      ...found.sent.map((search) => traceqlQuery(asking, search.traceql, search.window)),
      ...found.traceIds.map((traceId) => traceRequest(asking, traceId)),
    ],
  };
}

function readAll(
  asking: Asking,
  traceIds: readonly string[],
  bytes: ReturnType<typeof createByteBudget>,
  isWholeWindow: boolean,
  foundBy: ReadonlyMap<string, number> = new Map(),
): Promise<TracesRead> {
  const { client, source, window, budget, signal } = asking;
  return readTraces(
    (traceId, maxBytes) => client.trace(traceId, { deadlineAtMs: budget.deadlineAtMs, maxBytes }, signal),
    {
      source,
      window,
      maxRows: budget.maxRows,
      bytes,
      isWholeWindow,
      foundBy,
      maxBytes: budget.maxBytes,
      keptMs: configuredKeptMs(asking.settings),
      nowMs: asking.nowMs,
      linksOf: (traceId) => linksOf(asking, traceId),
    },
    traceIds,
  );
}

function unaskable({ source, window }: Asking): Answer {
  const gap: EvidenceGap = plainGap(source, "rejected", "Traces cannot be searched for this.", window);
  return { answered: false, events: [], gaps: [gap], queries: [] };
}

function unaskedGap({ source, window }: Asking): EvidenceGap {
  const detail = "Not every spelling could be asked for: they are too many or too long. The likeliest were.";
  return plainGap(source, "budget", detail, window);
}

function traceqlQuery({ settings }: Asking, traceql: string, window: TimeWindow): NativeQuery {
  const url = settings.grafana && grafanaLink(settings.grafana, "tempo", traceql, window);
  return { language: "TraceQL", text: traceql, ...(url !== undefined && { url }) };
}

function traceRequest(asking: Asking, traceId: string): NativeQuery {
  const [link] = linksOf(asking, traceId);
  return { language: "HTTP", text: `GET /api/v2/traces/${traceId}`, ...(link !== undefined && { url: link.url }) };
}

/** Grafana's query field takes a bare trace id. */
function linksOf({ settings, window }: Asking, traceId: string): { label: string; url: string }[] {
  if (settings.grafana === undefined) return [];
  return [{ label: "Trace in Grafana", url: grafanaLink(settings.grafana, "tempo", traceId, window) }];
}

/** A search for one span of the last minutes: unlike `/ready` and `/api/echo` it needs a valid tenant. */
async function probe(
  source: SourceOutcome["source"],
  client: TempoClient,
  now: () => number,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const startedMs = now();
  const window = { fromNs: epochNsFromMs(startedMs - PROBE_WINDOW_MS), toNs: epochNsFromMs(startedMs) };
  const budget = { deadlineAtMs: startedMs + PROBE_TIMEOUT_MS, maxBytes: PROBE_MAX_BYTES };
  const [slice] = searchWindows(window, PROBE_WINDOW_MS);
  if (slice === undefined) return { ok: false, detail: "The clock of this server is not usable.", elapsedMs: 0 };
  const answer = await client.search("{ }", slice, 1, budget, signal);
  const elapsedMs = now() - startedMs;
  if (answer.ok) return { ok: true, elapsedMs };
  return { ok: false, detail: failureGap(source, answer.failure, window).detail, elapsedMs };
}
