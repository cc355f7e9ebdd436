/** One `filter` parameter of the v2 API: `name="value"`, `!=`, `=~`, `!~`. Unquoted values are accepted, as by the server. */
import { RE2JS } from "re2js";

export type LabelMatcher = (labels: Readonly<Record<string, string>>) => boolean;

/** Undefined when the text is not a matcher or its pattern is not RE2. */
export function parseMatcher(text: string): LabelMatcher | undefined {
  const match = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^\s"{}!=~,\\'`]*)\s*$/.exec(text);
  if (!match) return undefined;
  const [, name = "", operator = "", raw = ""] = match;
  const value = raw.startsWith('"') ? unquote(raw) : raw;
  if (value === undefined) return undefined;
  const test = valueTest(operator, value);
  return test && ((labels) => test(labels[name] ?? ""));
}

function valueTest(operator: string, value: string): ((found: string) => boolean) | undefined {
  if (operator === "=") return (found) => found === value;
  if (operator === "!=") return (found) => found !== value;
  try {
    const pattern = RE2JS.compile(value);
    return operator === "=~" ? (found) => pattern.matches(found) : (found) => !pattern.matches(found);
  } catch {
    return undefined;
  }
}

function unquote(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
