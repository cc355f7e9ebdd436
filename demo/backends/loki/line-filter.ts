/** `|=`, `!=`, `|~`, `!~`, `|>` and `!>` over the text of a line. */
import type { SyntaxNode } from "@lezer/common";
import { notSupported, Refusal } from "../demo-server";
import { compileRe2 } from "../re2-pattern";
import { childrenOf, type LogqlTree, stringOf, textOf } from "./logql-tree";

type LineTest = (line: string) => boolean;

/** With `or`, a positive filter needs one of its texts, a negative one refuses all of them. */
export function lineFilterOf(tree: LogqlTree, node: SyntaxNode): LineTest {
  if (node.getChild("FilterOp") !== null) throw notSupported("ip() in line filters");
  const operator = textOf(tree, node.getChild("Filter"));
  const tests = textsOf(tree, node).map((text) => testOf(operator, text));
  if (operator.startsWith("!")) return (line) => !tests.some((test) => test(line));
  const [only, ...more] = tests;
  if (only !== undefined && more.length === 0) return only;
  return (line) => tests.some((test) => test(line));
}

function textsOf(tree: LogqlTree, node: SyntaxNode): string[] {
  return childrenOf(node).flatMap((child) => {
    if (child.name === "String") return [stringOf(tree, child)];
    return child.name === "OrFilter" ? textsOf(tree, child) : [];
  });
}

function testOf(operator: string, text: string): LineTest {
  if (operator === "|=" || operator === "!=") return (line) => line.includes(text);
  const source = operator.endsWith(">") ? patternSource(text) : text;
  const pattern = compileRe2(source);
  if (pattern === undefined) {
    const problem = text.includes("(") && !text.includes(")") ? "missing closing ): " : "";
    throw new Refusal(400, `parse error : stage '${operator} "${text}"' : error parsing regexp: ${problem}\`${text}\``);
  }
  return (line) => pattern.matchesPart(line);
}

/** `<_>` stands for any text; the pattern must cover the whole line. */
function patternSource(pattern: string): string {
  const parts = pattern.split("<_>").map((part) => part.replace(/[\\.+*?()|[\]{}^$]/gu, "\\$&"));
  return `^${parts.join(".*")}$`;
}
