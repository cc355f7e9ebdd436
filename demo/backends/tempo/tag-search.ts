/** Names and values of attributes: `/api/search/tags`, `/api/v2/search/tags` and their values. */
import { Refusal } from "../demo-server";
import { fieldValues, listsOf, viewOf } from "./field-values";
import { matchesSpan } from "./match-span";
import { readField, TokenReader } from "./parse-fields";
import { parseTraceql } from "./parse-traceql";
import { overlaps, type SearchWindow } from "./search-traces";
import { staticValues } from "./field-values";
import { KINDS, type StoredSpan, STATUSES } from "./stored-span";
import type { TraceStore } from "./trace-store";
import type { FieldExpression, StaticValue } from "./traceql-ast";
import { traceqlTokens } from "./traceql-tokens";

const INTRINSICS = (
  "duration event:name event:timeSinceStart instrumentation:name instrumentation:version kind link:spanID link:traceID " +
  "name rootName rootServiceName span:duration span:id span:kind span:name span:parentID span:status span:statusMessage " +
  "status statusMessage trace:duration trace:id trace:rootName trace:rootService traceDuration"
).split(" ");
const SCOPES = ["span", "resource", "event", "link", "instrumentation"] as const;

interface TagQuery {
  readonly window: SearchWindow;
  /** A filter in TraceQL; one that does not parse is no filter. */
  readonly filter: string;
}

function* spansIn(store: TraceStore, query: TagQuery): Generator<StoredSpan> {
  const test = filterOf(query.filter);
  for (const trace of store.all()) {
    if (!overlaps(trace, query.window)) continue;
    const view = viewOf(trace);
    for (const span of trace.spans) if (matchesSpan(test, span, view)) yield span;
  }
}

function filterOf(text: string): FieldExpression | undefined {
  if (text === "") return undefined;
  try {
    const [first] = parseTraceql(text).stages;
    return first?.kind === "spansets" && first.of.kind === "filter" ? first.of.test : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** `scopes[{name, tags[]}]`; a scope without names is left out. */
export function tagScopes(store: TraceStore, query: TagQuery, scope: string): { name: string; tags: string[] }[] {
  if (!["", "none", "intrinsic", ...SCOPES].includes(scope)) throw new Refusal(400, `invalid scope: ${scope}`);
  const names = new Map<string, Set<string>>();
  for (const span of spansIn(store, query)) {
    for (const each of SCOPES) {
      const found = names.get(each) ?? new Set();
      names.set(each, found);
      for (const { key } of listsOf(each, span).flat()) found.add(key);
    }
  }
  const scopes = SCOPES.map((name) => ({ name: String(name), tags: [...(names.get(name) ?? [])].sort() }));
  return [...scopes, { name: "intrinsic", tags: INTRINSICS }].filter(
    ({ name, tags }) => tags.length > 0 && (scope === "" || scope === "none" || scope === name),
  );
}

export interface TagValue {
  readonly type: string;
  /** Left out when empty. */
  readonly value?: string;
}

/** Distinct values of one identifier such as `span.order.id`; 400 without a scope. */
export function tagValues(store: TraceStore, query: TagQuery, identifier: string): TagValue[] {
  const field = identifierOf(identifier);
  if (field.kind === "intrinsic" && (field.name === "span:status" || field.name === "span:kind")) {
    const words: readonly string[] = field.name === "span:status" ? STATUSES : KINDS;
    return words.map((value) => ({ type: "keyword", value }));
  }
  const found = new Map<string, TagValue>();
  for (const span of spansIn(store, query)) {
    const view = viewOf({ traceId: span.traceId, spans: [span], startNs: span.startNs, endNs: span.endNs });
    for (const value of fieldValues(field, span, view)) {
      const shown = shownTag(value);
      found.set(`${shown.type} ${shown.value ?? ""}`, shown);
    }
  }
  return [...found.values()];
}

function shownTag(value: StaticValue): TagValue {
  return { type: value.type, ...("value" in value && value.value !== "" ? { value: String(value.value) } : {}) };
}

function identifierOf(identifier: string): FieldExpression {
  try {
    const reader = new TokenReader(identifier, traceqlTokens(identifier));
    return readField(reader);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const cause = error.message.replace("invalid TraceQL query: ", "");
    throw new Refusal(400, `please provide a valid tagName: failed to parse identifier ${identifier}: ${cause}`);
  }
}

/** The older API: names without scopes. */
export function flatTagValues(store: TraceStore, query: TagQuery, name: string): string[] {
  const found = new Set<string>();
  for (const span of spansIn(store, query)) {
    const attributes = [...span.attributes, ...span.resource].filter(({ key }) => key === name);
    for (const value of attributes.flatMap((attribute) => staticValues(attribute.value)))
      found.add(shownTag(value).value ?? "");
  }
  return [...found].sort();
}
