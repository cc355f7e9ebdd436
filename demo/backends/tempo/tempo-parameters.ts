/** Parameters of Tempo's read API and what it refuses (pkg/api/http.go, recorded with 3.0.3). */
import { Refusal } from "../demo-server";
import type { SearchWindow } from "./search-traces";

const MAX_UINT32 = 4_294_967_295;
const MAX_RANGE_SECONDS = 168 * 3600;
const MAX_TRACES = 262_144;
const MAX_SPANS_PER_SET = 100;
/** Without a window Tempo looks at the last 15 minutes, up to 30 s ago. */
const RECENT_MS = 900_000;
const HIDDEN_MS = 30_000;

function unsigned(name: string, text: string, max = MAX_UINT32): number {
  const problem = (why: string): Refusal =>
    new Refusal(400, `invalid ${name}: strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`);
  if (!/^[0-9]+$/u.test(text)) throw problem("invalid syntax");
  if (Number(text) > max) throw problem("value out of range");
  return Number(text);
}

/** Unix seconds in, ns out. Both or neither; at most 168 h. */
export function searchWindowOf(query: URLSearchParams, nowMs: number): SearchWindow {
  const start = query.get("start") ?? "";
  const end = query.get("end") ?? "";
  if (start === "" && end === "") {
    return {
      startNs: nsOf(Math.floor((nowMs - RECENT_MS) / 1000)),
      endNs: nsOf(Math.floor((nowMs - HIDDEN_MS) / 1000)),
    };
  }
  const startSeconds = start === "" ? 0 : unsigned("start", start);
  const endSeconds = end === "" ? 0 : unsigned("end", end);
  if (startSeconds === 0) {
    throw new Refusal(
      400,
      "error parsing date range: only one of start and end provided: must provide both or neither",
    );
  }
  const received = `received start=${String(startSeconds)} end=${String(endSeconds)}`;
  if (endSeconds <= startSeconds) throw new Refusal(400, `http parameter start must be before end. ${received}`);
  if (endSeconds - startSeconds > MAX_RANGE_SECONDS) {
    throw new Refusal(400, `range specified by start and end exceeds 168h0m0s. ${received}`);
  }
  return { startNs: nsOf(startSeconds), endNs: nsOf(endSeconds) };
}

function nsOf(seconds: number): bigint {
  return BigInt(seconds) * 1_000_000_000n;
}

export function traceLimitOf(query: URLSearchParams): number {
  const text = query.get("limit") ?? "";
  if (text === "") return 20;
  const limit = unsigned("limit", text);
  if (limit === 0) throw new Refusal(400, "invalid limit: must be a positive number");
  if (limit > MAX_TRACES) throw new Refusal(400, `limit ${String(limit)} exceeds max limit ${String(MAX_TRACES)}`);
  return limit;
}

/** 0 means the default of 3, as recorded. */
export function spansPerSetOf(query: URLSearchParams): number {
  const text = query.get("spss") ?? "";
  const spans = text === "" ? 3 : unsigned("spss", text);
  if (spans > MAX_SPANS_PER_SET) {
    throw new Refusal(400, `spans per span set exceeds ${String(MAX_SPANS_PER_SET)}. received ${String(spans)}`);
  }
  return spans === 0 ? 3 : spans;
}

/** The window of a by-id request is checked but never narrows the answer: recent data ignores it. */
export function refuseBadTraceWindow(query: URLSearchParams): void {
  const [start, end] = ["start", "end"].map((name) => {
    const text = query.get(name) ?? "";
    if (text !== "" && !/^-?[0-9]+$/u.test(text)) {
      throw new Refusal(400, `invalid ${name}: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
    }
    return text === "" ? 0 : Number(text);
  });
  if (start === undefined || end === undefined || start === 0 || end === 0 || start < end) return;
  throw new Refusal(400, `http parameter start must be before end. received start=${String(start)} end=${String(end)}`);
}

/** 32 lower-case hex digits; short ids are filled from the left. */
export function traceIdOf(text: string): string {
  const stray = /[^0-9a-fA-F]/u.exec(text);
  if (stray !== null) {
    const where = `invalid character '${stray[0]}' at position ${String(stray.index + 1)}`;
    throw new Refusal(400, `trace IDs can only contain hex characters: ${where}`);
  }
  if (text.length > 32) throw new Refusal(400, "trace IDs can't be larger than 128 bits");
  return text.toLowerCase().padStart(32, "0");
}
