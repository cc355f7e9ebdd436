/** The suite itself, against the smallest adapter that keeps the contract. */
import { z } from "zod";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest, FetchBudget } from "@/lib/domain/evidence-request";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import { failureToGap } from "../failure-to-gap";
import type { EventSource } from "../source";
import { describeSourceContract } from "./source-contract";

const ID = "loki/smallest";
const Wire = z.object({ rows: z.array(z.number()) });
const window = { fromNs: epochNsFromMs(0), toNs: epochNsFromMs(1_000_000) };
const byOrder: EvidenceRequest = { kind: "by-key", key: { kind: "order", value: "48192" }, window };

function createSmallest(baseUrl: string): EventSource {
  const http = createSourceHttp({ sourceId: ID, baseUrl, allowPrivateAddress: true });
  const ask = async (budget: FetchBudget, signal: AbortSignal): Promise<readonly number[] | EvidenceGap> => {
    const result = await http.send({ operation: "smallest.rows", method: "GET", path: "/rows" }, budget, signal);
    if (!result.ok) return failureToGap(result, ID, window);
    return rowsOf(result.text) ?? { source: ID, reason: "bad-response", detail: "Not an answer.", retryable: false };
  };
  return {
    id: ID,
    kind: "loki",
    answers: new Set(["by-key"]),
    async fetch(_, budget, signal) {
      const answer = await ask(budget, signal);
      if ("reason" in answer) return outcome({ answered: false, gaps: [answer] });
      const events = answer.slice(0, budget.maxRows).map(eventOf);
      const cut: EvidenceGap = { source: ID, reason: "truncated", detail: "More rows exist.", retryable: false };
      return outcome({ answered: true, events, gaps: answer.length > events.length ? [cut] : [] });
    },
    async probe(signal) {
      const answer = await ask({ deadlineAtMs: Date.now() + 2000, maxRows: 1, maxBytes: 1000 }, signal);
      return "reason" in answer ? { ok: false, detail: answer.detail, elapsedMs: 1 } : { ok: true, elapsedMs: 1 };
    },
  };
}

function rowsOf(text: string): readonly number[] | undefined {
  try {
    return Wire.safeParse(JSON.parse(text)).data?.rows;
  } catch {
    return undefined;
  }
}

function outcome(known: Pick<SourceOutcome, "answered" | "gaps"> & Partial<SourceOutcome>): SourceOutcome {
  const queries = [{ language: "HTTP", text: "GET /rows" }] as const;
  return { source: ID, events: [], metrics: [], queries, elapsedMs: 1, ...known };
}

function eventOf(row: number): TimelineEvent {
  return {
    id: `row-${row}`,
    kind: "log",
    happenedAtNs: epochNsFromMs(row),
    rawService: null,
    rawEnvironment: null,
    severity: "info",
    outcome: "unknown",
    title: `row ${row}`,
    attributes: {},
    sightings: [],
    source: ID,
    links: [],
    context: false,
  };
}

describeSourceContract("the smallest adapter", {
  create: createSmallest,
  okBody: JSON.stringify({ rows: [1, 2, 3] }),
  requests: [byOrder],
  rowCap: { request: byOrder, okBody: JSON.stringify({ rows: [1, 2, 3] }), maxRows: 2 },
});
