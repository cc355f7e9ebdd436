/**
 * What a failed query means for the next one. Loki answers errors as plain text; the texts are matched by the words that
 * have stayed the same from 2.9 to 3.7 (pkg/validation/limits.go, pkg/util/server/error.go) and are never passed on.
 */
import type { SourceHttpFailure } from "../failure-to-gap";
import { parseGoDuration } from "../parse-go-duration";

export type LokiFailure =
  /** The server allows fewer entries for a query than were asked for. */
  | { readonly kind: "entries-limit"; readonly max: number }
  /** The window holds too much or is too long; `maxNs` when the server names its limit. */
  | { readonly kind: "too-wide"; readonly maxNs?: bigint; readonly http: SourceHttpFailure }
  /** The body was larger than the bytes left for it. */
  | { readonly kind: "too-large"; readonly http: SourceHttpFailure }
  /** The window lies before what the server lets anybody query. */
  | { readonly kind: "past-lookback" }
  | { readonly kind: "bad-response" }
  | { readonly kind: "http"; readonly http: SourceHttpFailure };

const ENTRIES_LIMIT = /limit > max_entries_limit(?:_per_query)? \((\d{1,12}) > (\d{1,12})\)/;
const LENGTH_LIMIT = /query time range exceeds the limit \(query length: [^,]{1,40}, limit: ([^)]{1,40})\)/;
const TOO_WIDE =
  /too many bytes|too large to execute|response larger than the max message size|message larger than max|request timed out/;

/** Pure. Never throws. */
export function readError(http: SourceHttpFailure): LokiFailure {
  if (http.kind === "too-large") return { kind: "too-large", http };
  if (http.kind !== "status") return { kind: "http", http };
  const text = (http.text ?? "").toLowerCase();
  const entries = ENTRIES_LIMIT.exec(text)?.[2];
  if (entries !== undefined && Number(entries) > 0) return { kind: "entries-limit", max: Number(entries) };
  const length = LENGTH_LIMIT.exec(text)?.[1];
  if (length !== undefined) {
    const maxNs = parseGoDuration(length);
    return maxNs === undefined ? { kind: "too-wide", http } : { kind: "too-wide", maxNs, http };
  }
  if (text.includes("past now - max_query_lookback")) return { kind: "past-lookback" };
  if (http.status === 413 || http.status === 504 || TOO_WIDE.test(text)) return { kind: "too-wide", http };
  return { kind: "http", http };
}
