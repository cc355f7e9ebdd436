/** Ids that must survive the detectors for numbers: shapes that are nothing else, and what key rules name. */
import type { KeyKind } from "@/lib/domain/correlation-key";
import type { FieldClass } from "@/lib/domain/role";
import { acceptKeyValue, type CompiledKeyRules } from "@/lib/normalize/compile-key-rules";
import { classOfKeyKind } from "../field-catalog";
import type { Span } from "./span";

const ID_CLASSES: ReadonlySet<FieldClass> = new Set(["business-id", "telemetry-id"]);

/** Finds the parts of a text that are ids. */
export type Protect = (text: string) => readonly Span[];

/** RFC 3339 stamps, UUIDs, and 16 or 32 hexadecimal digits with a letter: trace and span ids. */
const SHAPES =
  /\b(?:[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|[0-9a-f]{16})\b/gi;

export const protectShapes: Protect = (text) => {
  const spans: Span[] = [];
  SHAPES.lastIndex = 0;
  for (let found = SHAPES.exec(text); found; found = SHAPES.exec(text)) {
    // Sixteen digits without a letter may be a card.
    if (/[a-f-]/i.test(found[0])) spans.push({ start: found.index, end: found.index + found[0].length });
  }
  return spans;
};

/** `protect` for values of patterns: they are searched everywhere, so they must be narrow. */
export function protectPatterns(patterns: readonly RegExp[]): Protect {
  const all = patterns.map((pattern) => new RegExp(pattern.source, [...new Set(`${pattern.flags}g`)].join("")));
  return (text) =>
    all.flatMap((pattern) =>
      [...text.matchAll(pattern)].map((found) => ({ start: found.index, end: found.index + found[0].length })),
    );
}

/**
 * Business and telemetry ids as key rules find them in prose (`order #4111…`). Only letters, digits and dashes: an
 * address or a telephone number with its separators is no id, whatever a wide rule says.
 */
export function protectKeyIds(
  keys: CompiledKeyRules,
  classOfKey: (kind: KeyKind) => FieldClass = classOfKeyKind,
): Protect {
  return (text) => {
    const spans: Span[] = [];
    for (const found of text.matchAll(keys.prose)) {
      const value = (found[2] ?? "").replace(/[.:_@-]+$/, "");
      if (!/^[A-Za-z0-9#-]+$/.test(value)) continue;
      const accepted = keys
        .forProseName(found[1] ?? "")
        .some((rule) => ID_CLASSES.has(classOfKey(rule.rule.kind)) && acceptKeyValue(rule, value) !== undefined);
      const start = found.index + found[0].length - (found[2] ?? "").length;
      if (accepted) spans.push({ start, end: start + value.length });
    }
    return spans;
  };
}

/** The text with the spans blotted out, unit by unit, so that places stay the same. */
export function blot(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(at, start);
    parts.push(text.slice(at, from), BLOT.repeat(end - from));
    at = end;
  }
  return parts.join("") + text.slice(at);
}

const BLOT = "\u0001";
