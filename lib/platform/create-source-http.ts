/**
 * The one HTTP client of all adapters; `source-http.ts` is its contract. Order of a request: queue, breaker, try, at most
 * one retry. Everything ends at the absolute deadline or when the asker leaves, whichever is first.
 */
import "server-only";
import { Agent } from "undici";
import { createBulkhead } from "./bulkhead";
import { type CircuitBreaker, type CircuitPermit, createCircuitBreaker } from "./circuit-breaker";
import { createRetryingSender } from "./retrying-sender";
import type { SourceHttp, SourceHttpResult } from "./source-http";
import { sourceAttemptFor, type SourceHttpTarget } from "./source-http-target";
import type { SourceRequestObserver } from "./source-request-observer";
import { guardedConnector, type LookupAll, type PrivateAddresses } from "./ssrf-guard";
import { inSpan } from "./in-span";
import { stopSignal } from "./stop-signal";

export interface SourceHttpOptions extends SourceHttpTarget {
  /** `loki/product`: label of metrics. */
  readonly sourceId: string;
  /** None or a list for addresses that did not come from the operator. Cloud metadata is refused either way. */
  readonly allowPrivateAddress: PrivateAddresses;
  /** How names become addresses; the system's way when absent. */
  readonly lookup?: LookupAll;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** 0 ≤ x < 1, for the jitter. */
  readonly random?: () => number;
  readonly metrics?: SourceRequestObserver;
}

export interface SourceHttpClient extends SourceHttp {
  /** Operations whose breaker is open now, for the health page. */
  openOperations(): readonly string[];
  /** Takes nothing more; what is in flight may end. */
  retire(): Promise<void>;
  /** Ends kept-alive connections and fails what is in flight. */
  close(): Promise<void>;
}

const IN_FLIGHT = 8;
const QUEUED = 32;
const CONNECT_TIMEOUT_MS = 1000;

/** One client per configured source. Credentials live in its closure and appear in no result, log or error. */
export function createSourceHttp(options: SourceHttpOptions): SourceHttpClient {
  const { sourceId, allowPrivateAddress, metrics, now = Date.now, random = Math.random } = options;
  const agent = new Agent({
    connect: guardedConnector({
      privateAddresses: allowPrivateAddress,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      ...(options.lookup !== undefined && { lookup: options.lookup }),
    }),
    connections: IN_FLIGHT,
    pipelining: 1,
  });
  const bulkhead = createBulkhead({ inFlight: IN_FLIGHT, queued: QUEUED });
  const breakers = new Map<string, CircuitBreaker>();

  const breakerOf = (operation: string): CircuitBreaker => {
    const known = breakers.get(operation) ?? createCircuitBreaker(now);
    breakers.set(operation, known);
    return known;
  };

  const tryTwice = createRetryingSender({ dispatcher: agent, now, random });

  const send: SourceHttp["send"] = async (request, budget, signal) => {
    const attempt = sourceAttemptFor(options, request, budget.maxBytes);
    if (attempt === undefined) return { ok: false, kind: "refused", attempts: 0 };
    const stop = stopSignal(signal, budget.deadlineAtMs - now());
    const slot = await bulkhead.acquire(stop.signal);
    try {
      if (slot === "busy") return { ok: false, kind: "busy", attempts: 0 };
      if (slot === "stopped") return { ok: false, kind: stop.reason(), attempts: 0 };
      const permit = breakerOf(request.operation).enter();
      if (permit === undefined) return { ok: false, kind: "refused", attempts: 0 };
      const result = await tryTwice(attempt, budget.deadlineAtMs, stop);
      settle(permit, result);
      return result;
    } finally {
      if (typeof slot === "function") slot();
      stop.dispose();
    }
  };

  return {
    async send(request, budget, signal) {
      const startedAtMs = now();
      const result = await inSpan(request.operation, { source: sourceId }, async (note) => {
        const sent = await send(request, budget, signal);
        note({ result: resultLabel(sent), attempts: sent.attempts });
        return sent;
      });
      const elapsedMs = Math.max(0, now() - startedAtMs);
      metrics?.({ source: sourceId, operation: request.operation, result: resultLabel(result), elapsedMs });
      return result;
    },
    openOperations: () => [...breakers].filter(([, breaker]) => breaker.isOpen()).map(([operation]) => operation),
    retire: () => agent.close(),
    close: () => agent.destroy(),
  };
}

/** A 4xx is an answer: the backend works, our question or our credentials do not. */
function settle(permit: CircuitPermit, result: SourceHttpResult): void {
  if (result.ok) permit.succeeded();
  else if (result.kind === "aborted") permit.withdrawn();
  else if (
    result.kind === "too-large" ||
    (result.status !== undefined && result.status >= 300 && result.status < 500)
  ) {
    permit.succeeded();
  } else permit.failed();
}

function resultLabel(result: SourceHttpResult): Parameters<SourceRequestObserver>[0]["result"] {
  if (result.ok) return "ok";
  return result.kind === "status" ? `http_${result.status ?? 0}` : result.kind;
}
