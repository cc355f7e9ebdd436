/** The request's own words → the question: contract parsing, then the installation's key rules on the values. */
import "server-only";
import { parseTimelineQuery } from "@/lib/contract/timeline-query";
import { keyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import { normaliseKeyValue } from "@/lib/normalize/compile-key-rules";
import { ProblemError } from "@/lib/platform/problem-error";
import type { TimelineDeps } from "./timeline-deps";

/** Throws `ProblemError` naming the field and what was expected. */
export function parseQuestion(searchParams: URLSearchParams, deps: TimelineDeps): IncidentQuery {
  const parsed = parseTimelineQuery(searchParams, deps.now());
  if ("field" in parsed) throw new ProblemError("bad-request", { field: parsed.field, detail: parsed.detail });
  return {
    keys: normaliseKeys(parsed.keys, deps),
    window: parsed.window,
    widen: new Set(normaliseKeys(parsed.widen, deps, "widen").map(keyId)),
    continuations: parsed.continuations,
    live: parsed.live,
  };
}

/** Unique, in the order asked. Throws `ProblemError` naming `field`. */
export function normaliseKeys(
  keys: readonly CorrelationKey[],
  deps: TimelineDeps,
  field: "key" | "keys" | "widen" | "target" = "key",
): CorrelationKey[] {
  const unique = new Map(keys.map((key) => normalise(key, deps, field)).map((key) => [keyId(key), key]));
  return [...unique.values()];
}

/** `order:#48192` is `order:48192`. A kind without a rule cannot be searched for, and saying so beats an empty page. */
function normalise(key: CorrelationKey, deps: TimelineDeps, field: string): CorrelationKey {
  const rules = deps.reading.keys.all.filter(({ rule }) => rule.kind === key.kind);
  if (rules.length === 0) {
    const known = [...new Set(deps.reading.keys.all.map(({ rule }) => rule.kind))].join(", ");
    throw new ProblemError("bad-request", { field, detail: `Expected one of these kinds: ${known}.` });
  }
  const value = normaliseKeyValue(rules, key.value);
  if (value !== undefined) return { kind: key.kind, value };
  throw new ProblemError("bad-request", {
    field,
    detail: `Expected a value that looks like an id of kind ${key.kind}.`,
  });
}
