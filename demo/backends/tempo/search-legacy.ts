/** The search Tempo had before TraceQL: `tags` in logfmt, `minDuration`, `maxDuration`. It returns no span sets. */
import { Refusal } from "../demo-server";
import { parseDurationNs } from "../go-duration";
import { staticValues } from "./field-values";
import { overlaps, type SearchLimits, traceSummary } from "./search-traces";
import { KINDS, STATUSES, type StoredSpan } from "./stored-span";
import type { StoredTrace, TraceStore } from "./trace-store";

const PAIR = /([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/gu;

export function searchLegacy(store: TraceStore, query: URLSearchParams, limits: SearchLimits): object[] {
  const tags = [...(query.get("tags") ?? "").matchAll(PAIR)].map(
    ([, key, quoted, plain]) => [key ?? "", quoted ?? plain ?? ""] as const,
  );
  const least = durationOf(query, "minDuration") ?? -1n;
  const most = durationOf(query, "maxDuration");
  // A tag without a value can be on no span.
  const isImpossible = (query.get("tags") ?? "") !== "" && tags.length === 0;
  const matches = (trace: StoredTrace): boolean => {
    const lasted = trace.endNs - trace.startNs;
    if (isImpossible || !overlaps(trace, limits.window) || lasted < least || (most !== undefined && lasted > most))
      return false;
    return tags.every(([key, value]) => trace.spans.some((span) => hasTag(span, key, value)));
  };
  return store.all().filter(matches).slice(0, limits.traces).map(traceSummary);
}

function durationOf(query: URLSearchParams, name: string): bigint | undefined {
  const text = query.get(name) ?? "";
  if (text === "") return undefined;
  const ns = parseDurationNs(text);
  if (ns === undefined) throw new Refusal(400, `invalid ${name}: time: invalid duration ${JSON.stringify(text)}`);
  return BigInt(ns);
}

function hasTag(span: StoredSpan, key: string, value: string): boolean {
  if (key === "name") return span.name === value;
  if (key === "status") return STATUSES[span.statusCode] === value;
  if (key === "kind") return KINDS[span.kind] === value;
  return [...span.attributes, ...span.resource].some(
    (attribute) =>
      attribute.key === key &&
      staticValues(attribute.value).some((held) => held.type === "string" && held.value === value),
  );
}
