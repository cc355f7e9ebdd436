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
import type { SourceHttp } from "@/lib/platform/source-http";
import { configuredKeptMs } from "../before-retention";
import { grafanaLink } from "../grafana-link";
import { createLearnedFact, type LearnedFact } from "../learned-fact";
import type { EventSource, ProbeResult } from "../source";
import { createLokiClient, type LokiClient } from "./client";
import { stopGap } from "./gaps";
import { mergeParts } from "./merge-parts";
import { toTimelineEvent } from "./normalize";
import type { LearnedLimits } from "./page-lines";
import { retentionGaps, type PublishedLimits } from "./published-limits";
import type { LokiQuery } from "./query";
import type { LokiLine } from "./read-lines";
import { readWindow, type WindowPart } from "./read-window";
import { toQuestion, type Question } from "./to-question";

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

interface Asking {
  readonly id: SourceId;
  readonly settings: SourceSettings;
  readonly client: LokiClient;
  readonly learned: LearnedLimits;
  readonly published: LearnedFact<PublishedLimits>;
  readonly now: () => number;
}

export function createLokiSource(settings: SourceSettings, deps: LokiDeps): EventSource {
  const id = sourceId("loki", settings.name);
  const { tenant, token, username } = settings;
  const client = createLokiClient(
    deps.http,
    [tenant, token, username].every((given) => given === undefined),
  );
  const learned: LearnedLimits = { maxEntries: USUAL_MAX_ENTRIES, maxWindowNs: undefined };
  const published = createLearnedFact(async (budget, signal) => {
    const limits = await client.limits(budget, signal);
    learned.maxEntries = limits?.maxEntries ?? learned.maxEntries;
    return limits;
  }, deps.now);
  const asking = { id, settings, client, learned, published, now: deps.now };
  return {
    id,
    kind: "loki",
    answers: new Set(["by-key", "trace"]),
    async fetch(request, budget, signal) {
      const startedMs = deps.now();
      const question = toQuestion(settings, deps.keyRules, request);
      const outcome =
        question === undefined || question.queries.length === 0
          ? unaskable(id, request.window)
          : await answer(asking, request, question, budget, signal);
      return { ...outcome, elapsedMs: deps.now() - startedMs };
    },
    probe: (signal) => probe(id, client, deps.now, signal),
  };
}

async function answer(
  asking: Asking,
  request: EvidenceRequest,
  { queries, carries }: Question,
  budget: FetchBudget,
  signal: AbortSignal,
): Promise<Omit<SourceOutcome, "elapsedMs">> {
  const { id, settings, client, learned, published } = asking;
  const found = await Promise.all(
    queries.map((query) => {
      const share = { rowsLeft: budget.maxRows, bytesLeft: Math.floor(budget.maxBytes / queries.length) };
      const keep = (line: LokiLine) => query.form !== "line" || carries(line.line);
      return readWindow(
        ({ maxBytes, ...page }) =>
          client.queryRange({ logql: query.logql, ...page }, { deadlineAtMs: budget.deadlineAtMs, maxBytes }, signal),
        request.window,
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
  const answered = parts.some(hasAnswered);
  // Only now: a source in trouble is spared, and its first answer is about the question.
  const limits = answered ? await published.known(budget, signal) : published.remembered();
  return {
    source: id,
    answered,
    events: lines.map((line) => ({
      ...toTimelineEvent(id, settings, line),
      fetchedBy: queryOf.get(line.identity) ?? 0,
    })),
    metrics: [],
    gaps: [...gaps, ...goneBefore(asking, request.window, limits)],
    queries: queries.map((query) => nativeQuery(settings, query, request.window)),
  };
}

/** What Loki says about itself; the operator's word where it says nothing. */
function goneBefore({ id, settings, now }: Asking, window: TimeWindow, limits: PublishedLimits | undefined) {
  const kept = { keptMs: limits?.keptMs ?? configuredKeptMs(settings), someKeptMs: limits?.someKeptMs };
  return retentionGaps(id, window, kept, now());
}

function hasAnswered(part: WindowPart): boolean {
  return part.lines.length > 0 || part.stop === undefined || part.stop === "rows";
}

function unaskable(source: SourceId, window: TimeWindow): Omit<SourceOutcome, "elapsedMs"> {
  const detail = "Log lines cannot be searched for this.";
  const gap: EvidenceGap = { source, reason: "rejected", detail, window, retryable: false };
  return { source, answered: false, events: [], metrics: [], gaps: [gap], queries: [] };
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
