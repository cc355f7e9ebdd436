/** Request → the queries that answer it, and what makes a found line one of it. Pure. */
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { KeyRule } from "@/lib/domain/key-rule";
import type { SourceSettings } from "@/lib/domain/source-settings";
import { parseTraceId } from "@/lib/domain/trace-id";
import { valueSpellings } from "@/lib/normalize/attribute-spellings";
import { lineCarriesTrace, lineCarriesValue } from "./line-carries";
import { buildKeyQueries, buildTraceQueries, type LokiQuery } from "./query";

export interface Question {
  readonly queries: readonly LokiQuery[];
  /** Whether a line found by its text is about the key. */
  readonly carries: (line: string) => boolean;
}

/** Undefined, or without queries, when log lines cannot be searched for this. */
export function toQuestion(
  settings: SourceSettings,
  keyRules: readonly KeyRule[],
  request: EvidenceRequest,
): Question | undefined {
  if (request.kind !== "by-key" && request.kind !== "trace") return undefined;
  const traceId = request.kind === "trace" ? request.traceId : traceIdOfKey(request.key);
  const kind = request.kind === "trace" ? "trace" : request.key.kind;
  const rules = keyRules.filter((rule) => rule.kind === kind);
  if (traceId !== undefined) {
    const queries = buildTraceQueries(settings.selector, rules, traceId);
    return { queries, carries: (line) => lineCarriesTrace(line, traceId) };
  }
  if (request.kind === "trace") return undefined;
  const { value } = request.key;
  const spellings = [value, ...rules.flatMap((rule) => valueSpellings(rule, value))];
  const queries = buildKeyQueries(settings.selector, rules, settings.keyLabels, value);
  return { queries, carries: (line) => lineCarriesValue(line, spellings) };
}

function traceIdOfKey(key: { kind: string; value: string }): string | undefined {
  return key.kind === "trace" ? parseTraceId(key.value) : undefined;
}
