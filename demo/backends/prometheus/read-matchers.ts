/** The matchers of one selector, including quoted names (`{"odd metric","a b"="c"}`). */
import type { SyntaxNode } from "@lezer/common";
import { compileAnchored, RegexpError } from "./go-regexp";
import { METRIC_NAME } from "./label-set";
import type { Matcher } from "./promql-ast";
import { parseError } from "./query-error";
import { readStringLiteral } from "./string-literal";

/** Throws the parse errors of the server: bad regex, two names, or nothing that restricts the selection. */
export function readMatchers(query: string, node: SyntaxNode): Matcher[] {
  const matchers: Matcher[] = [];
  const identifier = node.getChild("Identifier");
  if (identifier) matchers.push(nameMatcher(query.slice(identifier.from, identifier.to)));
  for (let child = node.getChild("LabelMatchers")?.firstChild ?? null; child; child = child.nextSibling) {
    if (child.name === "QuotedLabelName") {
      if (identifier) throw parseError(query, child.from, "metric name must not be set twice");
      matchers.push(nameMatcher(readStringLiteral(query, child.from).value));
    } else if (child.name.endsWith("LabelMatcher")) {
      matchers.push(readMatcher(query, child));
    }
  }
  if (matchers.every((matcher) => matcher.matches("")))
    throw parseError(query, node.from, "vector selector must contain at least one non-empty matcher");
  return matchers;
}

function nameMatcher(value: string): Matcher {
  return { name: METRIC_NAME, op: "=", value, matches: (text) => text === value };
}

function readMatcher(query: string, node: SyntaxNode): Matcher {
  const label = node.firstChild;
  const literal = node.lastChild;
  const operator = node.getChild("MatchOp");
  if (!label || !literal || !operator) throw parseError(query, node.from, "unexpected label matching");
  const name =
    label.name === "QuotedLabelName" ? readStringLiteral(query, label.from).value : query.slice(label.from, label.to);
  const value = readStringLiteral(query, literal.from).value;
  const op = query.slice(operator.from, operator.to);
  if (op === "=") return { name, op, value, matches: (text) => text === value };
  if (op === "!=") return { name, op, value, matches: (text) => text !== value };
  const test = compileOrExplain(query, node.from, value);
  return op === "=~" ? { name, op, value, matches: test } : { name, op: "!~", value, matches: (text) => !test(text) };
}

function compileOrExplain(query: string, at: number, pattern: string): (text: string) => boolean {
  try {
    return compileAnchored(pattern);
  } catch (error) {
    if (error instanceof RegexpError) throw parseError(query, at, error.message);
    throw error;
  }
}
