/**
 * RE2 patterns from configuration, so that no pattern and no hostile text can make matching slower than linear.
 * Results of whole-value checks are remembered: ids repeat far more often than they differ.
 */
import { RE2JS } from "re2js";

export interface FoundSpan {
  readonly value: string;
  /** UTF-16 offsets; `end` is behind the last character. */
  readonly start: number;
  readonly end: number;
}

export interface CompiledPattern {
  /** True when the whole value matches. */
  matchesAll(value: string): boolean;
  /** Every first capture group found in the text (the whole match without one), in order, at most `MAX_FINDS`. */
  findAll(text: string): FoundSpan[];
  /** Named groups of the first match, or undefined. */
  findGroups(text: string, names: readonly string[]): Readonly<Record<string, string>> | undefined;
}

const MAX_FINDS = 64;
const MAX_REMEMBERED = 10_000;

/** Throws with the engine's reason when the pattern is not valid RE2. */
export function compilePattern(pattern: string): CompiledPattern {
  const compiled = RE2JS.compile(pattern);
  const remembered = new Map<string, boolean>();
  return {
    matchesAll(value) {
      const known = remembered.get(value);
      if (known !== undefined) return known;
      const result = compiled.matches(value);
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(value, result);
      return result;
    },
    findAll(text) {
      const matcher = compiled.matcher(text);
      const group = matcher.groupCount() > 0 ? 1 : 0;
      const found: FoundSpan[] = [];
      while (found.length < MAX_FINDS && matcher.find()) {
        const value = matcher.group(group);
        if (value) found.push({ value, start: matcher.start(group), end: matcher.end(group) });
      }
      return found;
    },
    findGroups(text, names) {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      return Object.fromEntries(names.map((name) => [name, matcher.group(name) ?? ""]));
    },
  };
}
