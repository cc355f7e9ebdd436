/**
 * Loki as a source: lines that carry a key, and lines of a trace.
 *
 * Several queries answer one question (see `query.ts`); they run side by side, and the same line found by two of them
 * is one event. Failures become gaps: what the other queries found still counts.
 */
import "server-only";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest, FetchBudget } from "@/lib/domain/evidence-request";
import type { KeyRule } from "@/lib/domain/key-rule";
import { sourceId, type SourceId } from "@/lib/domain/source-id";
import type { NativeQuery, SourceOutcome } from "@/lib/domain/source-outcome";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { TimeWindow } from "@/lib/domain/time-window";
import { parseTraceId } from "@/lib/domain/trace-id";
import { valueSpellings } from "@/lib/normalize/attribute-spellings";
import type { SourceHttp } from "@/lib/platform/source-http";
import { beforeRetention } from "../before-retention";
import { grafanaLink } from "../grafana-link";
import type { EventSource, ProbeResult } from "../source";
import { createLokiClient, type LokiClient } from "./client";
import { stopGap } from "./gaps";
import { lineCarriesTrace, lineCarriesValue } from "./line-carries";
import { mergeParts } from "./merge-parts";
import { toTimelineEvent } from "./normalize";
import type { LearnedLimits } from "./page-lines";
import { buildKeyQueries, buildTraceQueries, type LokiQuery } from "./query";
import type { LokiLine } from "./read-lines";
import { readWindow, type WindowPart } from "./read-window";

export interface LokiDeps {
  readonly http: SourceHttp;
  readonly keyRules: readonly KeyRule[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Loki's default `max_entries_limit_per_query`. */
const USUAL_MAX_ENTRIES = 5_000;
const PROBE_TIMEOUT_MS = 5_000;
const PROBE_MAX_BYTES = 1_048_576;
const PROBE_WINDOW_MS = 300_000;

interface Question {
  readonly queries: readonly LokiQuery[];
  readonly window: TimeWindow;
  /** Whether a line found by its text is about the key. */
  readonly carries: (line: string) => boolean;
}

export function createLokiSource(settings: SourceSettings, deps: LokiDeps): EventSource {
  const id = sourceId("loki", settings.name);
  const client = createLokiClient(deps.http);
  const learned: LearnedLimits = { maxEntries: USUAL_MAX_ENTRIES, maxWindowNs: undefined };
  return {
    id,
    kind: "loki",
    answers: new Set(["by-key", "trace"]),
    async fetch(request, budget, signal) {
      const startedMs = deps.now();
      const outcome = await answer(id, settings, deps, client, learned, request, budget, signal);
      return { ...outcome, elapsedMs: deps.now() - startedMs };
    },
    probe: (signal) => probe(id, client, deps.now, signal),
  };
}

async function answer(
  id: SourceId,
  settings: SourceSettings,
  deps: LokiDeps,
  client: LokiClient,
  learned: LearnedLimits,
  request: EvidenceRequest,
  budget: FetchBudget,
  signal: AbortSignal,
): Promise<Omit<SourceOutcome, "elapsedMs">> {
  const nothing = { source: id, answered: false, events: [], metrics: [], queries: [] };
  const question = toQuestion(settings, deps.keyRules, request);
  if (question === undefined || question.queries.length === 0) {
    return { ...nothing, gaps: [unaskable(id, request.window)] };
  }
  const found = await Promise.all(
    question.queries.map((query) => {
      const share = { rowsLeft: budget.maxRows, bytesLeft: Math.floor(budget.maxBytes / question.queries.length) };
      const keep = (line: LokiLine) => query.form !== "line" || question.carries(line.line);
      return readWindow(
        ({ maxBytes, ...page }) =>
          client.queryRange({ logql: query.logql, ...page }, { deadlineAtMs: budget.deadlineAtMs, maxBytes }, signal),
        question.window,
        share,
        learned,
        keep,
      );
    }),
  );
  const parts = found.flat();
  const { lines, gaps } = mergeParts(id, request, parts, budget.maxRows);
  const queryOf = new Map(
    found.flatMap((ones, at) => ones.flatMap((part) => part.lines.map((line) => [line.identity, at]))),
  );
  return {
    source: id,
    answered: parts.some(hasAnswered),
    events: lines.map((line) => ({
      ...toTimelineEvent(id, settings, line),
      fetchedBy: queryOf.get(line.identity) ?? 0,
    })),
    metrics: [],
    gaps: [...gaps, ...beforeRetention(id, question.window, settings.retentionDays, deps.now())],
    queries: question.queries.map((query) => nativeQuery(settings, query, question.window)),
  };
}

function toQuestion(
  settings: SourceSettings,
  keyRules: readonly KeyRule[],
  request: EvidenceRequest,
): Question | undefined {
  const { window } = request;
  if (request.kind === "context" || request.kind === "runs") return undefined;
  const traceId = request.kind === "trace" ? request.traceId : traceIdOfKey(request.key);
  const kind = request.kind === "trace" ? "trace" : request.key.kind;
  const rules = keyRules.filter((rule) => rule.kind === kind);
  if (traceId !== undefined) {
    const queries = buildTraceQueries(settings.selector, rules, traceId);
    return { queries, window, carries: (line) => lineCarriesTrace(line, traceId) };
  }
  if (request.kind === "trace") return undefined;
  const { value } = request.key;
  const spellings = [value, ...rules.flatMap((rule) => valueSpellings(rule, value))];
  const queries = buildKeyQueries(settings.selector, rules, settings.keyLabels, value);
  return { queries, window, carries: (line) => lineCarriesValue(line, spellings) };
}

function traceIdOfKey(key: { kind: string; value: string }): string | undefined {
  return key.kind === "trace" ? parseTraceId(key.value) : undefined;
}

function hasAnswered(part: WindowPart): boolean {
  return part.lines.length > 0 || part.stop === undefined || part.stop === "rows";
}

function unaskable(source: SourceId, window: TimeWindow): EvidenceGap {
  return { source, reason: "rejected", detail: "Log lines cannot be searched for this.", window, retryable: false };
}

function nativeQuery(settings: SourceSettings, query: LokiQuery, window: TimeWindow): NativeQuery {
  const url = settings.grafana && grafanaLink(settings.grafana, "loki", query.logql, window);
  return { language: "LogQL", text: query.logql, ...(url !== undefined && { url }) };
}

async function probe(id: SourceId, client: LokiClient, now: () => number, signal: AbortSignal): Promise<ProbeResult> {
  const startedMs = now();
  const window = { fromNs: epochNsFromMs(startedMs - PROBE_WINDOW_MS), toNs: epochNsFromMs(startedMs) };
  const budget = { deadlineAtMs: startedMs + PROBE_TIMEOUT_MS, maxBytes: PROBE_MAX_BYTES };
  const failure = await client.labels(window, budget, signal);
  const elapsedMs = now() - startedMs;
  return failure === undefined
    ? { ok: true, elapsedMs }
    : { ok: false, detail: stopGap(id, failure, window).detail, elapsedMs };
}
