/** The syntax tree of a LogQL text from Grafana's own grammar, and Loki's words for what the grammar refuses. */
import { parser } from "@grafana/lezer-logql";
import type { SyntaxNode } from "@lezer/common";
import { Refusal } from "../demo-server";
import { goPosition, scanGoLiteral } from "../go-literal";

const MAX_QUERY_BYTES = 131_072;
const QUOTES = new Set(['"', "`"]);

export interface LogqlTree {
  readonly text: string;
  readonly top: SyntaxNode;
}

/** Refuses with 400 `parse error …` exactly where Loki 3.4 does; the wording after `syntax error:` may differ. */
export function parseLogqlTree(text: string): LogqlTree {
  const bytes = Buffer.byteLength(text);
  if (bytes >= MAX_QUERY_BYTES) {
    throw new Refusal(400, `parse error : input size too long (${String(bytes)} > ${String(MAX_QUERY_BYTES)})`);
  }
  if (text.trim() === "") throw new Refusal(400, "parse error : syntax error: unexpected $end");
  refuseBadLiterals(text);
  const top = parser.parse(text).topNode;
  const fault = firstError(top);
  if (fault !== undefined) throw syntaxError(text, fault);
  return { text, top };
}

function refuseBadLiterals(text: string): void {
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === "#") at = lineEnd(text, at);
    else if (char === "'") throw lexicalError(text, at, "invalid char literal");
    else if (QUOTES.has(char)) at = endOfLiteral(text, at);
    else at += 1;
  }
}

function endOfLiteral(text: string, at: number): number {
  const literal = scanGoLiteral(text, at);
  if ("end" in literal) return literal.end;
  throw lexicalError(text, at, literal.fault);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function lexicalError(text: string, at: number, fault: string): Refusal {
  const { line, column } = goPosition(text, at);
  return new Refusal(400, `parse error at line ${String(line)}, col ${String(column)}: ${fault}`);
}

function syntaxError(text: string, fault: SyntaxNode): Refusal {
  if (/^\s*\{\s*\}/u.test(text)) return emptyCompatible();
  const from = fault.from + (/^\s*/u.exec(text.slice(fault.from))?.[0].length ?? 0);
  const { line, column } = goPosition(text, from);
  const found = from >= text.length ? "$end" : tokenName(text.slice(from));
  return new Refusal(
    400,
    `parse error at line ${String(line)}, col ${String(column)}: syntax error: unexpected ${found}`,
  );
}

function tokenName(rest: string): string {
  if (/^["`]/u.test(rest)) return "STRING";
  if (/^[A-Za-z_]/u.test(rest)) return "IDENTIFIER";
  if (/^[0-9]/u.test(rest)) return "NUMBER";
  return /^(?:\|[=~>]|!=|!~|=~|.)/su.exec(rest)?.[0] ?? "$end";
}

/** Loki's refusal of a selector that would match every stream. */
export function emptyCompatible(): Refusal {
  return new Refusal(
    400,
    "parse error : queries require at least one regexp or equality matcher that does not have an empty-compatible value. " +
      'For instance, app=~".*" does not meet this requirement, but app=~".+" will',
  );
}

function firstError(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type.isError) return node;
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    const found = firstError(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** Nodes of one name below a node, in the order of the text; `through` are the wrappers to look into. */
export function listOf(node: SyntaxNode, name: string, through: readonly string[]): SyntaxNode[] {
  return childrenOf(node).flatMap((child) => {
    if (child.name === name && !through.includes(name)) return [child];
    return through.includes(child.name) ? listOf(child, name, through) : [];
  });
}

export function textOf(tree: LogqlTree, node: SyntaxNode | null): string {
  return node === null ? "" : tree.text.slice(node.from, node.to);
}

/** The value of the `String` child. The literal was scanned before, so it ends. */
export function stringOf(tree: LogqlTree, node: SyntaxNode): string {
  const literal = node.name === "String" ? node : node.getChild("String");
  if (literal === null) throw new Refusal(400, "parse error : syntax error: expecting STRING");
  const scanned = scanGoLiteral(tree.text, literal.from);
  return "value" in scanned ? scanned.value : "";
}
