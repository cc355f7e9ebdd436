/**
 * Request → LogQL. Pure.
 *
 * Loki keeps ids in places that no single query reaches: a line filter never looks at structured metadata, a label
 * filter never looks at the line. So one question becomes a metadata query, a line query, and one query for each index
 * label that may hold the key; the adapter runs them side by side and merges.
 *
 * Values reach a query only through `logqlString`; names only from configuration, through `labelName`.
 */
import type { KeyRule } from "@/lib/domain/key-rule";
import { attributeSpellings, caseForms, foldName, valueSpellings } from "@/lib/normalize/attribute-spellings";

export interface LokiQuery {
  readonly form: "metadata" | "line" | "label";
  readonly logql: string;
}

const MAX_VALUE_LENGTH = 1024;

/** Spellings of a trace id field; log appenders and collectors use all of these. Names as Loki normalises them. */
const TRACE_ID_NAMES = ["trace_id", "traceId", "traceid", "traceID", "TraceId", "TraceID", "Trace_Id", "otelTraceID"];

/** Words that LogQL reads as keywords in any case since 3.0: pkg/logql/syntax/lex.go. */
const RESERVED = new Set(
  (
    "by without bool offset on ignoring group_left group_right or and unless json logfmt regexp unpack pattern " +
    "label_format line_format unwrap decolorize drop keep"
  ).split(" "),
);

/**
 * A double-quoted LogQL literal. Every escape JSON writes is legal in LogQL's Go-style strings, and nothing else needs
 * one. Undefined for text that no literal can carry (lone surrogates) or that would match everything (blank).
 */
export function logqlString(value: string): string | undefined {
  if (value.trim() === "" || value.length > MAX_VALUE_LENGTH || !value.isWellFormed()) return undefined;
  return JSON.stringify(value);
}

/** The name under which Loki stores an attribute: `order.id` → `order_id`. Undefined when it cannot stand in a query. */
export function labelName(attribute: string): string | undefined {
  const name = attribute.replace(/[^A-Za-z0-9]+/g, "_").replace(/^(?=\d)/, "key_");
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || /^_+$/.test(name) || RESERVED.has(name.toLowerCase())) return undefined;
  return name;
}

/** All queries for records that carry the key. Empty when the value cannot be searched for. */
export function buildKeyQueries(
  selector: string,
  rules: readonly KeyRule[],
  keyLabels: readonly string[],
  value: string,
): LokiQuery[] {
  const values = unique([value, ...rules.flatMap((rule) => valueSpellings(rule, value))]);
  const literals = values.flatMap((text) => logqlString(text) ?? []);
  if (literals.length < values.length) return [];
  const names = unique(rules.flatMap(attributeSpellings).flatMap((name) => labelName(name) ?? []));
  return [
    ...metadataQuery(selector, names, literals),
    // Only the bare value: a prefix or zeros in front of it change nothing about what is contained.
    ...unique([value, ...rules.flatMap((rule) => caseForms(rule, value))]).flatMap((form) =>
      lineQueries(selector, form),
    ),
    ...labelQueries(selector, labelsOf(rules, keyLabels), values),
  ];
}

/** All queries for lines of a trace. `traceId` is 32 lower-case hex digits. */
export function buildTraceQueries(selector: string, rules: readonly KeyRule[], traceId: string): LokiQuery[] {
  const forms = traceIdForms(traceId);
  const configured = rules.flatMap(attributeSpellings).flatMap((name) => labelName(name) ?? []);
  const shortest = forms.at(-1) ?? traceId;
  return [
    ...metadataQuery(
      selector,
      unique([...TRACE_ID_NAMES, ...configured]),
      forms.flatMap((form) => logqlString(form) ?? []),
    ),
    ...lineQueries(selector, shortest),
  ];
}

/** 64-bit trace ids are written with and without sixteen zeros in front. Longest first. */
export function traceIdForms(traceId: string): string[] {
  return traceId.startsWith("0".repeat(16)) ? [traceId, traceId.slice(16)] : [traceId];
}

/** The value as it may stand in a stored line: plain, or escaped by a JSON logger. */
export function lineForms(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return unique([value, json, json.replaceAll("/", "\\/"), ascii]);
}

function metadataQuery(selector: string, names: readonly string[], literals: readonly string[]): LokiQuery[] {
  if (names.length === 0 || literals.length === 0) return [];
  const filter = names.flatMap((name) => literals.map((literal) => `${name}=${literal}`)).join(" or ");
  return [{ form: "metadata", logql: `${selector} | ${filter}` }];
}

function lineQueries(selector: string, value: string): LokiQuery[] {
  const literals = lineForms(value).flatMap((form) => logqlString(form) ?? []);
  // One query each: `|= "a" or "b"` needs Loki 3.0.
  return literals.map((literal) => ({ form: "line", logql: `${selector} |= ${literal}` }));
}

function labelQueries(selector: string, labels: readonly string[], values: readonly string[]): LokiQuery[] {
  return labels.flatMap((label): LokiQuery[] => {
    const [only] = values;
    const exact = values.length === 1 && only !== undefined;
    const literal = logqlString(exact ? only : values.map(escapeRegex).join("|"));
    if (literal === undefined) return [];
    return [{ form: "label", logql: withMatcher(selector, `${label}${exact ? "=" : "=~"}${literal}`) }];
  });
}

/** Adds a matcher to the operator's selector, keeping what narrows it: a wider one could read what it leaves out. */
function withMatcher(selector: string, matcher: string): string {
  const close = closingBrace(selector);
  const inside = selector
    .slice(selector.indexOf("{") + 1, close)
    .trim()
    .replace(/,$/, "");
  return `{${inside === "" ? "" : `${inside}, `}${matcher}}${selector.slice(close + 1)}`;
}

function closingBrace(selector: string): number {
  const token = /"(?:[^"\\]|\\.)*"|`[^`]*`|\}/g;
  for (const match of selector.matchAll(token)) if (match[0] === "}") return match.index;
  return selector.length;
}

function labelsOf(rules: readonly KeyRule[], keyLabels: readonly string[]): string[] {
  const folded = new Set(rules.flatMap((rule) => rule.attributes.map(foldName)));
  return unique(keyLabels.filter((label) => folded.has(foldName(label))).flatMap((label) => labelName(label) ?? []));
}

/** RE2 and every other engine agree on these metacharacters. */
function escapeRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
