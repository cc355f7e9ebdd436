/** What the schema of a key rule cannot say: whether its patterns work and can ever find something. Pure. */
import type { KeyRule } from "@/lib/domain/key-rule";
import { RE2JS } from "re2js";
import { describePatternProblem } from "./describe-pattern-problem";

export interface KeyRuleProblem {
  /** `value`, `text.0`, `attributes`. */
  readonly field: string;
  /** A whole sentence about what was expected. */
  readonly detail: string;
}

/** Every problem, in the order of the fields. Empty when the rule can be used. */
export function checkKeyRule(rule: KeyRule): KeyRuleProblem[] {
  return [
    ...(rule.attributes.length + rule.words.length + rule.text.length === 0
      ? [
          problem(
            "attributes",
            "Expected at least one attribute name, word or text pattern: nothing else is looked for.",
          ),
        ]
      : []),
    ...rule.text.flatMap((pattern, i) => checkText(`text.${String(i)}`, pattern)),
    ...checkValue(rule),
  ];
}

function checkText(field: string, pattern: string): KeyRuleProblem[] {
  const reason = describePatternProblem(pattern);
  if (reason !== undefined) return [problem(field, `Expected an RE2 pattern: ${reason}.`)];
  const compiled = RE2JS.compile(pattern);
  if (compiled.matches("")) {
    return [problem(field, "Expected a pattern that needs at least one character: this one matches empty text.")];
  }
  if (compiled.groupCount() > 0) return [];
  return [problem(field, "Expected a group around the id, as in `parcel (SH-[0-9]+)`: the first group is the value.")];
}

function checkValue({ value }: KeyRule): KeyRuleProblem[] {
  const reason = describePatternProblem(value);
  if (reason !== undefined) return [problem("value", `Expected an RE2 pattern: ${reason}.`)];
  if (!RE2JS.compile(value).matches("")) return [];
  return [problem("value", "Expected a pattern that needs at least one character: this one accepts an empty id.")];
}

function problem(field: string, detail: string): KeyRuleProblem {
  return { field, detail };
}
