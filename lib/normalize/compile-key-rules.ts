/** Key rules made ready for matching: attribute names folded and remembered, prose patterns compiled once. */
import type { KeyRule } from "@/lib/domain/key-rule";
import { parseKnownTraceId } from "@/lib/domain/trace-id";
import { foldName, normaliseValue } from "./attribute-spellings";
import { compilePattern, type CompiledPattern } from "./compile-pattern";

export interface CompiledKeyRule {
  readonly rule: KeyRule;
  readonly value: CompiledPattern;
  readonly text: readonly CompiledPattern[];
}

export interface CompiledKeyRules {
  readonly all: readonly CompiledKeyRule[];
  /** Rules whose attribute spellings fit the path. Remembered per path: paths repeat on every event. */
  forAttribute(path: string): readonly CompiledKeyRule[];
  /** Finds `name separator value` in prose; group 1 is the name, group 2 the value. Linear: no nested quantifiers. */
  readonly prose: RegExp;
  forProseName(name: string): readonly CompiledKeyRule[];
}

/** Throws when a pattern is not valid RE2; the message names the rule. */
export function compileKeyRules(rules: readonly KeyRule[]): CompiledKeyRules {
  const all = rules.map((rule) => {
    try {
      return { rule, value: compilePattern(rule.value), text: rule.text.map(compilePattern) };
    } catch (cause) {
      throw new Error(`key rule "${rule.name}": not a valid RE2 pattern`, { cause });
    }
  });
  const byName = indexByFoldedName(all);
  const byPath = new Map<string, readonly CompiledKeyRule[]>();
  return {
    all,
    forAttribute(path) {
      let found = byPath.get(path);
      if (!found) {
        found = rulesForPath(path, byName.attributes);
        if (byPath.size < 20_000) byPath.set(path, found);
      }
      return found;
    },
    prose: prosePattern(rules),
    forProseName: (name) => byName.prose.get(foldName(name)) ?? [],
  };
}

/** The value in its one form, or undefined when it is not an id of the rule. */
export function acceptKeyValue(compiled: CompiledKeyRule, raw: string): string | undefined {
  const value = compiled.rule.kind === "trace" ? parseKnownTraceId(raw) : normaliseValue(compiled.rule, raw);
  return value !== undefined && value.length <= 256 && compiled.value.matchesAll(value) ? value : undefined;
}

/**
 * An asked value in its one form. Where several rules of the kind accept it, one that normalises it wins over one that
 * takes it as it stands, so that `ORD-048192` means the same wherever the rule that knows the prefix stands in the list.
 */
export function normaliseKeyValue(rules: readonly CompiledKeyRule[], raw: string): string | undefined {
  const accepted = rules.flatMap((rule) => acceptKeyValue(rule, raw) ?? []);
  return accepted.find((value) => value !== raw.trim()) ?? accepted[0];
}

function indexByFoldedName(all: readonly CompiledKeyRule[]) {
  const attributes = new Map<string, CompiledKeyRule[]>();
  const prose = new Map<string, CompiledKeyRule[]>();
  const add = (map: Map<string, CompiledKeyRule[]>, name: string, compiled: CompiledKeyRule) => {
    const list = map.get(name) ?? [];
    if (!list.includes(compiled)) list.push(compiled);
    map.set(name, list);
  };
  for (const compiled of all) {
    for (const name of compiled.rule.attributes) {
      add(attributes, foldName(name), compiled);
      add(prose, foldName(name), compiled);
    }
    for (const word of compiled.rule.words) {
      add(prose, foldName(word), compiled);
      add(prose, foldName(`${word}s`), compiled);
    }
  }
  return { attributes, prose };
}

/** `app.order.id` fits `order.id`: the whole path or its last one to three segments, folded. */
function rulesForPath(path: string, byName: ReadonlyMap<string, readonly CompiledKeyRule[]>): CompiledKeyRule[] {
  const segments = path.split(".");
  const found = new Set<CompiledKeyRule>();
  for (let take = 1; take <= Math.min(4, segments.length); take++) {
    const name = foldName(segments.slice(-take).join(""));
    for (const compiled of byName.get(name) ?? []) found.add(compiled);
  }
  return [...found];
}

function prosePattern(rules: readonly KeyRule[]): RegExp {
  const names = new Set<string>();
  for (const rule of rules) {
    for (const name of rule.attributes) names.add(namePattern(name));
    for (const word of rule.words) names.add(`${namePattern(word)}s?`);
  }
  if (names.size === 0) return /(?!)/g;
  // Longest first, so that `order id` is tried before `order`.
  const alternatives = [...names].sort((a, b) => b.length - a.length).join("|");
  return new RegExp(
    `(?<![A-Za-z0-9_])(${alternatives})(?![A-Za-z])["'\\]]?\\s{0,2}(?:[:=/#]|no\\.?\\s)?\\s{0,2}["'#\\[(]{0,2}([A-Za-z0-9#][A-Za-z0-9_.:@-]{0,127})`,
    "gi",
  );
}

function namePattern(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[_\-. ]+/)
    .map((word) => word.replace(/[^A-Za-z0-9]/g, ""))
    .filter((word) => word !== "")
    .join("[ _.-]?");
}
