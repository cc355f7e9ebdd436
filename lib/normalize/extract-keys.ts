/** Which correlation keys a record carries, and where: from attribute names and from prose. Pure, linear, bounded. */
import type { CorrelationKey } from "@/lib/domain/correlation-key";
import type { KeySighting, TimelineEvent } from "@/lib/domain/timeline-event";
import { valueSpellings } from "./attribute-spellings";
import { acceptKeyValue, type CompiledKeyRule, type CompiledKeyRules } from "./compile-key-rules";
import { findInText } from "./find-in-text";

const MAX_SIGHTINGS = 512;
/** The rule under which a bare value is believed. */
export const BARE_VALUE_RULE = "value in text";

/** In: an event as an adapter made it. Out: sightings unique by key (exact before text), in order of discovery. */
export function extractKeys(event: TimelineEvent, rules: CompiledKeyRules): readonly KeySighting[] {
  // A handful on almost every record: looking through a short list is cheaper than a map for each of them.
  const found: KeySighting[] = [];
  const add = (sighting: KeySighting) => {
    const { kind, value } = sighting.key;
    const known = found.some(({ key }) => key.value === value && key.kind === kind);
    if (!known && found.length < MAX_SIGHTINGS) found.push(sighting);
  };
  if (event.span) {
    add(traceSighting(event.span.traceId, "trace id", "span"));
    for (const link of event.span.links) add(traceSighting(link.traceId, "span link", "span link"));
  }
  for (const path in event.attributes) fromAttribute(path, event.attributes[path], rules, add);
  // The title of a log line is cut from its text.
  if (event.text === undefined || event.kind !== "log") fromText("title", event.title, rules, add);
  if (event.text !== undefined) fromText("text", event.text, rules, add);
  return found;
}

/**
 * A by-key search may return a line that holds the value but no name for it (`refund for acct_2077 failed`). Only a
 * value that can hardly be anything else is believed: long, with letters and digits. A bare number never is.
 */
export function sightingOfBareValue(
  event: TimelineEvent,
  key: CorrelationKey,
  rules: readonly CompiledKeyRule[],
): KeySighting | undefined {
  const own = rules.filter(({ rule }) => rule.kind === key.kind);
  const spellings = new Set([key.value, ...own.flatMap(({ rule }) => valueSpellings(rule, key.value))]);
  const telling = [...spellings].filter((one) => one.length >= 8 && /[0-9]/.test(one) && /[A-Za-z]/.test(one));
  for (const field of ["text", "title"] as const) {
    for (const one of telling) {
      const start = indexOfWord(event[field] ?? "", one);
      if (start >= 0) return { key, rule: BARE_VALUE_RULE, at: placeIn(field, start, one), confidence: "text" };
    }
  }
  return undefined;
}

function traceSighting(traceId: string, rule: string, at: string): KeySighting {
  return { key: { kind: "trace", value: traceId }, rule, at, confidence: "exact" };
}

function fromAttribute(
  path: string,
  raw: string | number | boolean | undefined,
  rules: CompiledKeyRules,
  add: (sighting: KeySighting) => void,
): void {
  if (typeof raw === "boolean" || raw === undefined) return;
  for (const compiled of rules.forAttribute(path)) {
    const value = acceptKeyValue(compiled, String(raw));
    if (value !== undefined) add(sighting(compiled, value, path, "exact"));
  }
}

function fromText(
  field: "title" | "text",
  text: string,
  rules: CompiledKeyRules,
  add: (sighting: KeySighting) => void,
): void {
  findInText(text, rules, (compiled, raw, start) => {
    const value = acceptKeyValue(compiled, raw);
    if (value !== undefined) add(sighting(compiled, value, placeIn(field, start, raw), "text"));
  });
}

/** `text, characters 14–19`: counted from 1, both ends included, so that a person can find it. */
function placeIn(field: "title" | "text", start: number, found: string): string {
  return `${field}, characters ${String(start + 1)}–${String(start + found.length)}`;
}

function sighting(compiled: CompiledKeyRule, value: string, at: string, confidence: "exact" | "text"): KeySighting {
  return { key: { kind: compiled.rule.kind, value }, rule: compiled.rule.name, at, confidence };
}

/** -1 when the word stands nowhere by itself. */
function indexOfWord(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + word.length);
    if (!/[A-Za-z0-9_]/.test(before) && !/[A-Za-z0-9_]/.test(after)) return at;
  }
  return -1;
}
