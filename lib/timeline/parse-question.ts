/** The request's own words → the question: contract parsing, then the installation's key rules on the values. */
import "server-only";
import { parseTimelineQuery } from "@/lib/contract/timeline-query";
import { keyId, SERVICE_KIND, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import { normaliseKeyValue } from "@/lib/normalize/compile-key-rules";
import { ProblemError } from "@/lib/platform/problem-error";
import type { KeyReader } from "./key-reader";
import type { TimelineDeps } from "./timeline-deps";

/** Throws `ProblemError` naming the field and what was expected. */
export async function parseQuestion(
  searchParams: URLSearchParams,
  deps: TimelineDeps,
  reader: KeyReader,
): Promise<IncidentQuery> {
  const parsed = parseTimelineQuery(searchParams, deps.now());
  if ("field" in parsed) throw new ProblemError("bad-request", { field: parsed.field, detail: parsed.detail });
  return {
    keys: await normaliseKeys(parsed.keys, deps, reader),
    window: parsed.window,
    widen: new Set((await normaliseKeys(parsed.widen, deps, reader, "widen")).map(keyId)),
    continuations: parsed.continuations,
    live: parsed.live,
  };
}

/** Unique, in the order asked. Throws `ProblemError` naming `field`. */
export async function normaliseKeys(
  keys: readonly CorrelationKey[],
  deps: TimelineDeps,
  reader: KeyReader,
  field: "key" | "keys" | "widen" | "target" = "key",
): Promise<CorrelationKey[]> {
  const normal = await Promise.all(keys.map((key) => normalise(key, deps, reader, field)));
  return [...new Map(normal.map((key) => [keyId(key), key])).values()];
}

/** `order:#48192` is `order:48192`. A kind without a rule cannot be searched for, and saying so beats an empty page. */
async function normalise(
  key: CorrelationKey,
  deps: TimelineDeps,
  reader: KeyReader,
  field: string,
): Promise<CorrelationKey> {
  const rules = deps.reading.keys.all.filter(({ rule }) => rule.kind === key.kind);
  const isKnown = rules.length > 0 || key.kind === SERVICE_KIND;
  const way = isKnown ? reader.asksBy(key.kind) : "none";
  if (way === "none") throw refusal(field, `Expected one of these kinds: ${kindsToAskBy(deps, reader)}.`);
  const named = await reader.resolve(key);
  if (named) return named;
  if (way === "stand-in") {
    const detail = `Your role reads stand-ins for ids of kind ${key.kind}: expected one as you see it, such as ${key.kind}·K7Q4-….`;
    throw refusal(field, detail);
  }
  if (key.kind === SERVICE_KIND) return { kind: SERVICE_KIND, value: deps.reading.names.service(key.value).name };
  const value = normaliseKeyValue(rules, key.value);
  if (value !== undefined) return { kind: key.kind, value };
  throw refusal(field, `Expected a value that looks like an id of kind ${key.kind}.`);
}

function kindsToAskBy(deps: TimelineDeps, reader: KeyReader): string {
  const kinds = new Set([...deps.reading.keys.all.map(({ rule }) => rule.kind), SERVICE_KIND]);
  return [...kinds].filter((kind) => reader.asksBy(kind) !== "none").join(", ");
}

function refusal(field: string, detail: string): ProblemError {
  return new ProblemError("bad-request", { field, detail });
}
