/** `name="value"` and its three relatives, in selectors and in pipelines. */
import type { SyntaxNode } from "@lezer/common";
import { Refusal } from "../demo-server";
import { compileRe2 } from "../re2-pattern";
import { childrenOf, emptyCompatible, type LogqlTree, listOf, stringOf, textOf } from "./logql-tree";

export interface LabelMatcher {
  readonly name: string;
  readonly operator: string;
  readonly value: string;
  matches(value: string): boolean;
}

export function matcherOf(tree: LogqlTree, node: SyntaxNode): LabelMatcher {
  const [nameNode, operatorNode] = childrenOf(node);
  const name = textOf(tree, nameNode ?? null);
  const operator = textOf(tree, operatorNode ?? null);
  const value = stringOf(tree, node);
  return { name, operator, value, matches: testOf(operator, value) };
}

/** Equality is exact; expressions must match the whole value. */
function testOf(operator: string, value: string): (text: string) => boolean {
  if (operator === "=") return (text) => text === value;
  if (operator === "!=") return (text) => text !== value;
  const pattern = compileRe2(value);
  if (pattern === undefined) throw new Refusal(400, `parse error : error parsing regexp: \`${value}\``);
  if (operator === "=~") return (text) => pattern.matchesAll(text);
  return (text) => !pattern.matchesAll(text);
}

/** Matchers of `{…}`. At least one must refuse the empty text, or Loki answers 400. */
export function selectorOf(tree: LogqlTree, selector: SyntaxNode): LabelMatcher[] {
  const matchers = listOf(selector, "Matcher", ["Matchers"]).map((node) => matcherOf(tree, node));
  if (matchers.every((matcher) => matcher.matches(""))) throw emptyCompatible();
  return matchers;
}

export function selects(matchers: readonly LabelMatcher[], labels: Readonly<Record<string, string>>): boolean {
  return matchers.every((matcher) => matcher.matches(labels[matcher.name] ?? ""));
}
