/** Sentry (SaaS, self-hosted, GlitchTip) as an evidence source: errors by key and trace, deploys as context. */
import "server-only";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest, FetchBudget } from "@/lib/domain/evidence-request";
import type { KeyRule } from "@/lib/domain/key-rule";
import { sourceId } from "@/lib/domain/source-id";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { SourceHttp } from "@/lib/platform/source-http";
import { beforeRetention, configuredKeptMs } from "@/lib/sources/before-retention";
import type { EventSource, ProbeResult } from "@/lib/sources/source";
import { answerGap } from "./answer-gap";
import { createSentryClient, type SentryClient } from "./client";
import { fetchDeploys } from "./fetch-deploys";
import { fetchErrors } from "./fetch-errors";
import { sentryWebBase } from "./links";
import { keyTerms, traceTerms, type SearchTerm } from "./query";
import type { LearnedServer, SentryFindings, SentryQuestion } from "./question";

const PROBE_MS = 5_000;
const PROBE_BYTES = 4 * 1024 * 1024;

export interface SentrySourceDeps {
  readonly http: SourceHttp;
  readonly keyRules: readonly KeyRule[];
  readonly now: () => number;
}

/** `settings.org` is required; without it every fetch answers with one gap that says so. */
export function createSentrySource(settings: SourceSettings, deps: SentrySourceDeps): EventSource {
  const id = sourceId("sentry", settings.name);
  const learned: LearnedServer = { dataset: "errors", perProject: undefined, projectIds: undefined };
  return {
    id,
    kind: "sentry",
    answers: new Set(["by-key", "trace", "context"]),
    async fetch(request, budget, signal): Promise<SourceOutcome> {
      const startedAtMs = deps.now();
      const { org } = settings;
      const found =
        org === undefined
          ? nothing({ source: id, reason: "not-configured", detail: NO_ORGANISATION, retryable: false })
          : await answer(
              {
                source: id,
                org,
                webBase: sentryWebBase(settings.url, org),
                client: createSentryClient(deps.http, org, budget, signal),
                budget,
                request,
                window: request.window,
                projectSlugs: settings.projects,
                gapOf: (failure) => answerGap(failure, id, request.window),
                learned,
              },
              request,
              deps.keyRules,
            );
      // Sentry answers "nothing" for time it no longer keeps, and does not tell how long it keeps it.
      const retention = beforeRetention(id, request.window, configuredKeptMs(settings), startedAtMs);
      const gaps = [...found.gaps, ...retention];
      return { source: id, ...found, gaps, metrics: [], elapsedMs: deps.now() - startedAtMs };
    },
    async probe(signal): Promise<ProbeResult> {
      const startedAtMs = deps.now();
      const budget: FetchBudget = { deadlineAtMs: startedAtMs + PROBE_MS, maxRows: 1, maxBytes: PROBE_BYTES };
      const { org } = settings;
      if (org === undefined) return { ok: false, detail: NO_ORGANISATION, elapsedMs: 0 };
      return probe(createSentryClient(deps.http, org, budget, signal), () => deps.now() - startedAtMs, id);
    },
  };

  async function probe(client: SentryClient, elapsedMs: () => number, source: typeof id): Promise<ProbeResult> {
    const result = await client.projects(undefined);
    return result.ok
      ? { ok: true, elapsedMs: elapsedMs() }
      : { ok: false, detail: answerGap(result.failure, source).detail, elapsedMs: elapsedMs() };
  }
}

const NO_ORGANISATION = "The Sentry organisation is not set for this source.";

async function answer(
  question: SentryQuestion,
  request: EvidenceRequest,
  keyRules: readonly KeyRule[],
): Promise<SentryFindings> {
  if (request.kind === "context") return fetchDeploys(question, request.rawServices);
  const terms: readonly SearchTerm[] =
    request.kind === "trace"
      ? traceTerms(request.traceId)
      : request.kind === "by-key"
        ? keyTerms(request.key, keyRules)
        : [];
  if (terms.length > 0) return fetchErrors(question, terms);
  return nothing({
    source: question.source,
    reason: "rejected",
    detail: "Sentry cannot search for this value exactly, so it was not asked.",
    window: request.window,
    retryable: false,
  });
}

function nothing(gap: EvidenceGap): SentryFindings {
  return { answered: false, events: [], gaps: [gap], queries: [] };
}
