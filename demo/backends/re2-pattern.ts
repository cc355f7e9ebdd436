/** RE2 expressions as Loki and Tempo run them. JavaScript's own engine accepts other syntax and can hang. */
import { RE2JS } from "re2js";

export interface Re2Pattern {
  /** The whole text must match: label matchers and TraceQL. */
  matchesAll(text: string): boolean;
  /** Any part may match: line filters. */
  matchesPart(text: string): boolean;
  /** Named groups of the first match, without unnamed ones; undefined when nothing matches. */
  namedGroups(text: string): Record<string, string> | undefined;
}

const compiled = new Map<string, Re2Pattern | undefined>();
const CACHE_ROWS = 500;

/** Undefined when RE2 does not accept the expression. Compilations are kept: the same few queries come again and again. */
export function compileRe2(source: string): Re2Pattern | undefined {
  if (compiled.has(source)) return compiled.get(source);
  if (compiled.size >= CACHE_ROWS) compiled.clear();
  const pattern = compile(source);
  compiled.set(source, pattern);
  return pattern;
}

function compile(source: string): Re2Pattern | undefined {
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(source, RE2JS.DOTALL);
  } catch {
    return undefined;
  }
  const names = Object.keys(expression.namedGroups());
  return {
    matchesAll: (text) => expression.matches(text),
    matchesPart: (text) => expression.matcher(text).find(),
    namedGroups: (text) => {
      const matcher = expression.matcher(text);
      if (!matcher.find()) return undefined;
      return Object.fromEntries(names.map((name) => [name, matcher.group(name) ?? ""]));
    },
  };
}
