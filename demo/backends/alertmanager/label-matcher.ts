/** Alertmanager's matchers: `name="value"`, `!=`, `=~`, `!~`; the name may be quoted, the value unquoted. */
import { RE2JS, RE2JSSyntaxException } from "re2js";

export type Labels = Readonly<Record<string, string>>;
export interface LabelMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
  readonly matches: (labels: Labels) => boolean;
}

/** A refusal with the text the server puts into its JSON string body. */
export class MatcherError extends Error {}

const MATCHER = /^\s*("(?:[^"\\]|\\.)*"|[^\s={}!~,"\\]+)\s*(=~|!~|!=|=)\s*([^]*?)\s*$/;

export function parseMatcher(text: string): LabelMatcher {
  if (/^\s*\{|\}\s*$/.test(text)) throw new MatcherError(`unexpected open or close brace: ${text}`);
  const [, name, operator, value] = MATCHER.exec(text) ?? [];
  if (name === undefined || operator === undefined || value === undefined)
    throw new MatcherError(`bad matcher format: ${text}`);
  return makeMatcher(unquote(name, text), unquote(value, text), operator.endsWith("~"), operator.startsWith("="));
}

/** An absent label counts as the empty text. Throws `MatcherError` for a bad expression. */
export function makeMatcher(name: string, value: string, isRegex: boolean, isEqual: boolean): LabelMatcher {
  const test = isRegex ? compileWhole(value) : (text: string) => text === value;
  return { name, value, isRegex, isEqual, matches: (labels) => test(labels[name] ?? "") === isEqual };
}

export function compileWhole(pattern: string): (text: string) => boolean {
  try {
    const compiled = RE2JS.compile(`^(?:${pattern})$`);
    return (text) => compiled.matches(text);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) throw new MatcherError(error.message, { cause: error });
    throw error;
  }
}

function unquote(text: string, whole: string): string {
  if (!text.startsWith('"')) return text;
  if (!/^"(?:[^"\\]|\\.)*"$/s.test(text)) throw new MatcherError(`bad matcher format: ${whole}`);
  return text
    .slice(1, -1)
    .replaceAll(/\\(.)/gs, (_, letter: string) =>
      letter === "n" ? "\n" : /["\\]/.test(letter) ? letter : `\\${letter}`,
    );
}
