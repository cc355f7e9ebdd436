/** A key rule on pasted lines: what it and the others find, and why not. Nothing is stored or logged. Pure but for `now`. */
import { MAX_TRIAL_LINES, type KeyRuleFind, type KeyRuleMiss, type KeyRuleTrial } from "@/lib/contract/key-rule";
import type { KeyRule } from "@/lib/domain/key-rule";
import { normaliseValue } from "@/lib/normalize/attribute-spellings";
import {
  acceptKeyValue,
  compileKeyRules,
  type CompiledKeyRule,
  type CompiledKeyRules,
} from "@/lib/normalize/compile-key-rules";
import { findInText, MAX_TEXT_LENGTH } from "@/lib/normalize/find-in-text";
import { parseLine } from "@/lib/sources/loki/parse-line";

/** Matching is linear, but many long patterns on many long lines still add up. */
const BUDGET_MS = 2_000;
const MAX_PLACES_PER_LINE = 100;

type TriedLine = KeyRuleTrial["lines"][number];

/** In: the rules with the draft among them. Out: every non-empty line in order. `now` in milliseconds. Linear. */
export function tryKeyRule(
  text: string,
  rules: readonly KeyRule[],
  draftName: string,
  now: () => number = Date.now,
): KeyRuleTrial {
  const compiled = compileKeyRules(rules);
  const given = text.split("\n").map((line) => line.replace(/\r$/, ""));
  const deadlineMs = now() + BUDGET_MS;
  const lines: TriedLine[] = [];
  let tried = 0;
  for (const line of given.slice(0, MAX_TRIAL_LINES)) {
    if (now() > deadlineMs) break;
    tried++;
    if (line.trim() !== "") lines.push(new LineTrial(line, draftName).run(tried, compiled));
  }
  return { lines, linesGiven: given.length, linesTried: tried };
}

class LineTrial {
  readonly #finds: KeyRuleFind[] = [];
  readonly #misses: KeyRuleMiss[] = [];
  #leftOut = 0;

  constructor(
    readonly line: string,
    readonly draftName: string,
  ) {}

  /** As the timeline reads a line of Loki: its fields by name, then its text. */
  run(number: number, rules: CompiledKeyRules): TriedLine {
    const { text, fields } = parseLine(this.line);
    for (const [path, value] of Object.entries(fields)) {
      if (typeof value === "boolean") continue;
      const raw = String(value);
      for (const compiled of rules.forAttribute(path))
        this.#take(compiled, raw, path, placeOfField(this.line, path, raw));
    }
    const offset = this.line.indexOf(text);
    findInText(text, rules, (compiled, raw, start) => {
      this.#take(compiled, raw, "text", offset < 0 ? undefined : offset + start);
    });
    return { line: number, finds: this.#finds, misses: this.#misses, note: this.#note(text) };
  }

  #take(compiled: CompiledKeyRule, raw: string, at: string, start: number | undefined): void {
    const { rule } = compiled;
    const draft = rule.name === this.draftName;
    const value = acceptKeyValue(compiled, raw);
    const span = { start: start ?? null, end: start === undefined ? null : start + raw.length };
    const place = { rule: rule.name, draft, raw, at, ...span };
    if (value !== undefined) this.#add(this.#finds, { ...place, value, kind: rule.kind });
    else if (draft) this.#add(this.#misses, { ...place, value: normaliseValue(rule, raw), reason: reasonOf(rule) });
  }

  /** A name in prose is also a field of logfmt: one place is told once, as the field. */
  #add<Place extends KeyRuleFind | KeyRuleMiss>(list: Place[], place: Place): void {
    const known = list.some((one) => one.rule === place.rule && one.value === place.value && one.start === place.start);
    if (known) return;
    if (list.length < MAX_PLACES_PER_LINE) list.push(place);
    else this.#leftOut++;
  }

  #note(text: string): string | null {
    if (text.length > MAX_TEXT_LENGTH) return `Only the first ${String(MAX_TEXT_LENGTH)} characters are read for ids.`;
    return this.#leftOut > 0 ? `${String(this.#leftOut)} more places are not shown.` : null;
  }
}

function reasonOf(rule: KeyRule): string {
  if (rule.kind === "trace") return "This is not a trace id: 16 or 32 hexadecimal digits, not all zero.";
  return "The value does not match the rule's pattern for values in full.";
}

/** Where the value stands behind the last part of its name. */
function placeOfField(line: string, path: string, raw: string): number | undefined {
  const name = path.slice(path.lastIndexOf(".") + 1);
  const named = line.indexOf(name);
  const at = named < 0 ? -1 : line.indexOf(raw, named + name.length);
  return at < 0 ? undefined : at;
}
