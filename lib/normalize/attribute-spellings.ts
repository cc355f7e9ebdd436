/** Spellings of one key in attribute names and values: for building queries and for recognising what came back. */
import type { KeyRule } from "@/lib/domain/key-rule";

/** `order.id` → `order.id`, `order_id`, `order-id`, `orderId`, `OrderId`, `orderID`, `orderid`. Unique, stable order. */
export function attributeSpellings(rule: KeyRule): string[] {
  const spellings = new Set<string>();
  for (const name of rule.attributes) {
    spellings.add(name);
    const words = splitWords(name);
    if (words.length < 2) continue;
    const camel = words.map((word, i) => (i === 0 ? word : capital(word))).join("");
    for (const form of [words.join("."), words.join("_"), words.join("-"), camel, capital(camel), words.join("")]) {
      spellings.add(form);
    }
    if (words.at(-1) === "id") spellings.add(camel.replace(/Id$/, "ID"));
  }
  return [...spellings];
}

/** What a key rule says about one id spelled in several ways. */
export interface ValueForms {
  readonly dropPrefixes: readonly string[];
  readonly padTo: readonly number[];
  readonly fold: KeyRule["fold"];
}

/**
 * Every form of a normalised value that a search asks for, the value itself first: as it is or in lower and upper case
 * when case does not matter, filled with zeros to each width, and each of these behind each prefix (`48192`, `#48192`, `ORD-048192`).
 * Mixed case (`aB-1`) is understood when read but cannot be asked for.
 */
export function valueSpellings(rule: ValueForms, value: string): string[] {
  const prefixes = ["", ...rule.dropPrefixes.flatMap((prefix) => [prefix, prefix.toLowerCase(), prefix.toUpperCase()])];
  const padded = caseForms(rule, value).flatMap((form) => [form, ...paddedForms(rule, form)]);
  return [...new Set(prefixes.flatMap((prefix) => padded.map((form) => prefix + form)))];
}

/** The forms of a value that differ in case: text that each spelling of it contains. */
export function caseForms(rule: ValueForms, value: string): string[] {
  return rule.fold === "none" ? [value] : [...new Set([value, value.toLowerCase(), value.toUpperCase()])];
}

/** The one form: one configured prefix dropped (compared without case), then zeros up to a configured width, then case. */
export function normaliseValue(rule: ValueForms, value: string): string {
  const text = withoutPadding(rule, withoutPrefix(rule, value.trim()));
  return rule.fold === "none" ? text : rule.fold === "lower" ? text.toLowerCase() : text.toUpperCase();
}

function paddedForms({ padTo }: ValueForms, value: string): string[] {
  // A number that keeps a zero in front is another id, and filling it up would spell the wrong one.
  if (!/^(?:0|[1-9][0-9]*)$/.test(value)) return [];
  return padTo.filter((width) => width > value.length).map((width) => value.padStart(width, "0"));
}

function withoutPadding({ padTo }: ValueForms, text: string): string {
  if (!padTo.includes(text.length) || !/^0[0-9]+$/.test(text)) return text;
  return text.replace(/^0+(?=[0-9])/, "");
}

function withoutPrefix(rule: ValueForms, text: string): string {
  if (rule.dropPrefixes.length === 0) return text;
  const lower = text.toLowerCase();
  // Longest first, so that `ORDER-` is not cut as `ORD`.
  for (const prefix of [...rule.dropPrefixes].sort((a, b) => b.length - a.length)) {
    if (lower.startsWith(prefix.toLowerCase()) && text.length > prefix.length) return text.slice(prefix.length);
  }
  return text;
}

/** One comparable form of an attribute name: lower case without `_`, `-`, `.` and spaces. */
export function foldName(name: string): string {
  return name.replace(/[_\-. ]/g, "").toLowerCase();
}

function splitWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[_\-. ]+/)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== "");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
