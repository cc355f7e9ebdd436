/**
 * Identities of facts: the same record gives the same id on every fetch, page size and arrival order, so that exact
 * duplicates fall together. Raw ids; what leaves the server is keyed again in `lib/redact/public-id.ts`.
 */
import { createHash } from "node:crypto";
import type { EpochNs } from "@/lib/domain/epoch-ns";
import type { SourceId } from "@/lib/domain/source-id";

/** For records without an id of their own (log lines, alerts): source, instant and content. */
export function contentFactId(source: SourceId, atNs: EpochNs, parts: readonly string[]): string {
  // Lengths keep ["ab", "c"] and ["a", "bc"] apart.
  const framed = parts.map((part) => `${part.length}:${part}`).join("");
  return `c${createHash("sha1").update(`${source}\n${atNs}\n${framed}`).digest("base64url")}`;
}

/** For spans: ids are unique by (trace, span, kind); a client and a server span may share a Zipkin-style id. */
export function spanFactId(source: SourceId, traceId: string, spanId: string, spanKind: string): string {
  return `s${source}/${traceId}/${spanId}/${spanKind}`;
}
