/** The only file that talks to Loki and parses its bodies. Credentials, retries and deadlines are in `SourceHttp`. */
import "server-only";
import type { EpochNs } from "@/lib/domain/epoch-ns";
import type { SourceHttp, SourceHttpBudget } from "@/lib/platform/source-http";
import { readError, type LokiFailure } from "./read-error";
import { toPublishedLimits, type PublishedLimits } from "./published-limits";
import { LokiLabelsAnswer, LokiLimitsAnswer, LokiQueryAnswer, type LokiStream } from "./wire";

export interface LokiPageRequest {
  readonly logql: string;
  readonly fromNs: EpochNs;
  readonly toNs: EpochNs;
  readonly limit: number;
}

export type LokiPageAnswer =
  | { readonly ok: true; readonly streams: readonly LokiStream[]; readonly bytes: number }
  | { readonly ok: false; readonly failure: LokiFailure };

export interface LokiClient {
  /** One page, oldest first. `fromNs` is inside the window, `toNs` is not; they must differ. */
  queryRange(request: LokiPageRequest, budget: SourceHttpBudget, signal: AbortSignal): Promise<LokiPageAnswer>;
  /** Label names of the last minutes: the cheapest call that needs a valid tenant. */
  labels(
    window: { fromNs: EpochNs; toNs: EpochNs },
    budget: SourceHttpBudget,
    signal: AbortSignal,
  ): Promise<LokiFailure | undefined>;
  /** Undefined from servers before 3.6 and from those that keep their limits to themselves. */
  limits(budget: SourceHttpBudget, signal: AbortSignal): Promise<PublishedLimits | undefined>;
}

/** Without it metadata is merged into the labels of the stream, and every line becomes a stream of its own. */
const CATEGORIZE = { "x-loki-response-encoding-flags": "categorize-labels", accept: "application/json" };

/** A Loki without tenants still asks for one on this path, and calls its only tenant so. */
const ONLY_TENANT = { "x-scope-orgid": "fake" };

/** `isBare`: no tenant and no credentials are configured, so nobody on the way chooses a tenant for us. */
export function createLokiClient(http: SourceHttp, isBare = false): LokiClient {
  return {
    async queryRange(request, budget, signal) {
      const result = await http.send(
        {
          operation: "loki.query_range",
          // POST keeps ids out of the access logs of proxies and has no limit of URL length.
          method: "POST",
          path: "/loki/api/v1/query_range",
          form: [
            ["query", request.logql],
            ["start", unpadded(request.fromNs)],
            ["end", unpadded(request.toNs)],
            ["limit", String(request.limit)],
            ["direction", "forward"],
          ],
          headers: CATEGORIZE,
        },
        budget,
        signal,
      );
      if (!result.ok) return { ok: false, failure: readError(result) };
      const answer = LokiQueryAnswer.safeParse(parseJson(result.text));
      if (!answer.success) return { ok: false, failure: { kind: "bad-response" } };
      return { ok: true, streams: answer.data.data.result, bytes: result.bytes };
    },
    async labels(window, budget, signal) {
      const result = await http.send(
        {
          operation: "loki.labels",
          method: "GET",
          path: "/loki/api/v1/labels",
          query: [
            ["start", unpadded(window.fromNs)],
            ["end", unpadded(window.toNs)],
          ],
          headers: { accept: "application/json" },
        },
        budget,
        signal,
      );
      if (!result.ok) return readError(result);
      return LokiLabelsAnswer.safeParse(parseJson(result.text)).success ? undefined : { kind: "bad-response" };
    },
    async limits(budget, signal) {
      const result = await http.send(
        {
          operation: "loki.limits",
          method: "GET",
          path: "/loki/api/v1/drilldown-limits",
          headers: { accept: "application/json", ...(isBare && ONLY_TENANT) },
        },
        budget,
        signal,
      );
      const answer = result.ok ? LokiLimitsAnswer.safeParse(parseJson(result.text)) : undefined;
      return answer?.success ? toPublishedLimits(answer.data.limits) : undefined;
    },
  };
}

/** Loki takes up to ten digits as seconds, more as nanoseconds; zeros in front would still count as digits. */
function unpadded(at: EpochNs): string {
  return BigInt(at).toString();
}

/** Undefined for text that is not JSON: HTML of a proxy, a body cut short. No schema accepts it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
