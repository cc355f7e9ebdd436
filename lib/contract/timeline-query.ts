/** `key`, `from`, `to`, `widen`, `continue` and `live` of `GET /api/v1/timeline`: the one reader for the API, the page and the command. Pure. */
import { keyId, parseKeyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import { durationNs, epochMs, epochNsFromMs, type EpochNs } from "@/lib/domain/epoch-ns";
import { parseKnownTraceId } from "@/lib/domain/trace-id";
import type { TimeWindow } from "@/lib/domain/time-window";
import { parseInstant } from "./parse-instant";

export const MAX_KEYS = 10;
export const MAX_RANGE_DAYS = 30;
/** Further pages of cut-off fetches in one question. */
export const MAX_CONTINUATIONS = 50;
/** A live range ends now; this much slack for clocks and slow requests. */
const LIVE_END_MS = 60_000;
const DEFAULT_RANGE_MS = 3_600_000;
const MAX_RANGE_NS = BigInt(MAX_RANGE_DAYS) * 86_400_000_000_000n;

export interface TimelineQuery {
  readonly keys: CorrelationKey[];
  readonly window: TimeWindow;
  /** Keys whose boundary may be crossed. */
  readonly widen: CorrelationKey[];
  /** How often the rest of each cut-off fetch is asked for, by the token that its gap carried. */
  readonly continuations: ReadonlyMap<string, number>;
  readonly live: boolean;
}
export interface QueryProblem {
  readonly field: "key" | "from" | "to" | "widen" | "continue" | "live";
  /** What was expected, in our own words; never repeats what was sent. */
  readonly detail: string;
}

const INSTANT = "Expected an ISO 8601 time, epoch seconds or milliseconds, or an expression such as now-1h.";

/** Keys are unique, in the order asked. Default window: the last hour. Never throws. */
export function parseTimelineQuery(searchParams: URLSearchParams, now: number): TimelineQuery | QueryProblem {
  const keys = parseKeys(searchParams.getAll("key"), "key");
  if ("field" in keys) return keys;
  if (keys.keys.length === 0) return { field: "key", detail: "Expected at least one key, such as order:48192." };
  const widen = parseKeys(searchParams.getAll("widen"), "widen");
  if ("field" in widen) return widen;
  const continuations = countTokens(searchParams.getAll("continue"));
  if (!(continuations instanceof Map)) return continuations;
  const window = parseWindow(searchParams.get("from"), searchParams.get("to"), now);
  if ("field" in window) return window;
  const live = searchParams.get("live") ?? "0";
  if (live !== "0" && live !== "1") return { field: "live", detail: "Expected 1 to follow what happens, or nothing." };
  if (live === "1" && epochMs(window.toNs) < now - LIVE_END_MS) {
    return { field: "live", detail: "A range that has ended cannot be followed: leave `to` out." };
  }
  return { keys: keys.keys, window, widen: widen.keys, continuations, live: live === "1" };
}

function parseKeys(texts: readonly string[], field: "key" | "widen"): { keys: CorrelationKey[] } | QueryProblem {
  const unique = new Map<string, CorrelationKey>();
  for (const text of texts) {
    const key = parseKeyId(text);
    if (!key) return { field, detail: "Expected kind:value, such as order:48192 or trace:4bf92f35…" };
    const traceId = key.kind === "trace" ? parseKnownTraceId(key.value) : undefined;
    if (key.kind === "trace" && traceId === undefined) {
      return { field, detail: "Expected a trace id of 16 or 32 hex digits, base64, or a traceparent value." };
    }
    const known = traceId === undefined ? key : { kind: "trace", value: traceId };
    unique.set(keyId(known), known);
  }
  if (unique.size > MAX_KEYS) return { field, detail: `Expected at most ${String(MAX_KEYS)} keys.` };
  return { keys: [...unique.values()] };
}

function countTokens(tokens: readonly string[]): Map<string, number> | QueryProblem {
  if (tokens.length > MAX_CONTINUATIONS || tokens.some((token) => !/^[\w-]{16}$/.test(token))) {
    const detail = `Expected at most ${String(MAX_CONTINUATIONS)} tokens, each as a gap's \`continuation\` has it.`;
    return { field: "continue", detail };
  }
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

function parseWindow(fromText: string | null, toText: string | null, now: number): TimeWindow | QueryProblem {
  const toNs: EpochNs | undefined = toText === null ? epochNsFromMs(now) : parseInstant(toText, now);
  if (toNs === undefined) return { field: "to", detail: INSTANT };
  const fromNs: EpochNs | undefined =
    fromText === null
      ? epochNsFromMs(Math.max(0, Number(toNs.slice(0, 13)) - DEFAULT_RANGE_MS))
      : parseInstant(fromText, now);
  if (fromNs === undefined) return { field: "from", detail: INSTANT };
  if (fromNs >= toNs) return { field: "from", detail: "Expected a start before the end." };
  if (durationNs(fromNs, toNs) > MAX_RANGE_NS) {
    return { field: "from", detail: `Expected a range of at most ${String(MAX_RANGE_DAYS)} days.` };
  }
  return { fromNs, toNs };
}
