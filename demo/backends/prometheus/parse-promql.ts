/** PromQL text to the demo's own tree, through the grammar Prometheus publishes for editors. */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { checkTypes } from "./check-types";
import { KNOWN_BUT_UNSUPPORTED } from "./function-signatures";
import { parseDurationMs } from "./parse-time";
import { readMatchers } from "./read-matchers";
import type { AggregateExpr, BinaryExpr, Expr, Matching, SelectorExpr } from "./promql-ast";
import { parseError, unsupported } from "./query-error";
import { scanPromql } from "./scan-promql";
import { readStringLiteral } from "./string-literal";

interface Postfix {
  readonly node: SyntaxNode;
}

/** Out: a type-checked tree. Throws `QueryError`: 400 as the server words it, 422 for what only the demo lacks. */
export function parsePromql(query: string): Expr {
  scanPromql(query);
  const tree = parser.parse(query);
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) throw unexpected(query, cursor.from);
  } while (cursor.next());
  const root = tree.topNode.firstChild;
  if (!root) throw unexpected(query, 0);
  const expr = read(query, root, []);
  checkTypes(query, expr);
  return expr;
}

function unexpected(query: string, at: number) {
  const rest = query.slice(at).trimStart();
  const token = /^(?:[A-Za-z0-9_:.]+|\S)/.exec(rest)?.[0];
  return parseError(query, at, token === undefined ? "unexpected end of input" : `unexpected ${JSON.stringify(token)}`);
}

/** `postfixes` are the `[5m]`, `offset` and `@` parts written behind the node. The editor grammar hangs them on a whole binary
 *  expression (`a unless b offset 1m`), the server on the operand they follow: they travel down to the right operand. */
function read(query: string, node: SyntaxNode, postfixes: readonly Postfix[]): Expr {
  switch (node.name) {
    case "MatrixSelector":
    case "OffsetExpr":
    case "StepInvariantExpr":
      return read(query, childOf(query, node), [{ node }, ...postfixes]);
    case "BinaryExpr":
      return readBinary(query, node, postfixes);
    case "UnaryExpr": {
      const operand = node.lastChild ?? node;
      return {
        kind: "unary",
        from: node.from,
        negative: query[node.from] === "-",
        operand: read(query, operand, postfixes),
      };
    }
    case "VectorSelector":
      return withPostfixes(query, node, readSelector(query, node), postfixes);
    case "SubqueryExpr":
      throw unsupported("a subquery");
    case "SmoothedExpr":
    case "AnchoredExpr":
      throw parseError(query, node.from, "smoothed and anchored are experimental and not enabled");
    default:
      if (postfixes.length > 0) throw misplaced(query, node, postfixes);
      return readPlain(query, node);
  }
}

function readPlain(query: string, node: SyntaxNode): Expr {
  const from = node.from;
  switch (node.name) {
    case "ParenExpr":
      return read(query, childOf(query, node), []);
    case "NumberDurationLiteral":
      return { kind: "number", from, value: readNumber(query, node) };
    case "StringLiteral":
      return { kind: "string", from, value: readStringLiteral(query, from).value };
    case "FunctionCall": {
      const name = textOf(query, childOf(query, node));
      if (KNOWN_BUT_UNSUPPORTED.has(name)) throw unsupported(`the function ${name}`);
      return { kind: "call", from, name, args: readArguments(query, node) };
    }
    case "AggregateExpr":
      return readAggregate(query, node);
    default:
      throw unsupported("this form of expression");
  }
}

function misplaced(query: string, node: SyntaxNode, postfixes: readonly Postfix[]) {
  const inner = postfixes[0]?.node;
  if (inner?.name === "MatrixSelector") return parseError(query, node.to, "ranges only allowed for vector selectors");
  const word = inner?.name === "OffsetExpr" ? "offset" : "@";
  return parseError(
    query,
    node.from,
    `${word} modifier must be preceded by an instant vector selector or range vector selector or a subquery`,
  );
}

function withPostfixes(query: string, node: SyntaxNode, plain: SelectorExpr, postfixes: readonly Postfix[]): Expr {
  let selector = plain;
  let rangeMs: number | undefined;
  for (const { node: postfix } of postfixes) {
    if (postfix.name === "MatrixSelector") {
      if (rangeMs !== undefined) throw parseError(query, node.to, "ranges only allowed for vector selectors");
      if (selector.offsetMs !== 0) throw parseError(query, node.from, "no offset modifiers allowed before range");
      rangeMs = readDuration(query, postfix.getChild("DurationExpr") ?? postfix);
    } else if (postfix.name === "OffsetExpr") {
      selector = { ...selector, offsetMs: readDuration(query, postfix.getChild("OffsetDurationExpr") ?? postfix) };
    } else {
      const literal = postfix.getChild("NumberDurationLiteral");
      if (!literal) throw unsupported("@ start() and @ end()");
      selector = { ...selector, atMs: readNumber(query, literal) * 1000 };
    }
  }
  return rangeMs === undefined ? selector : { kind: "range", from: node.from, selector, rangeMs };
}

function readSelector(query: string, node: SyntaxNode): SelectorExpr {
  return { kind: "selector", from: node.from, matchers: readMatchers(query, node), offsetMs: 0 };
}

function readArguments(query: string, node: SyntaxNode): Expr[] {
  const body = node.getChild("FunctionCallBody");
  return body ? body.getChildren("Expr").map((argument) => read(query, argument, [])) : [];
}

function readAggregate(query: string, node: SyntaxNode): AggregateExpr {
  const op = textOf(query, childOf(query, node)).toLowerCase();
  const args = readArguments(query, node);
  const operand = args.at(-1);
  const expected = op === "topk" || op === "bottomk" || op === "quantile" ? 2 : 1;
  if (["count_values", "limitk", "limit_ratio", "stddev", "stdvar"].includes(op))
    throw unsupported(`the aggregation ${op}`);
  if (!operand || args.length !== expected)
    throw parseError(
      query,
      node.from,
      `wrong number of arguments for aggregate expression provided, expected ${String(expected)}, got ${String(args.length)}`,
    );
  const modifier = node.getChild("AggregateModifier");
  const parameter = expected === 2 ? args[0] : undefined;
  return {
    kind: "aggregate",
    from: node.from,
    op,
    operand,
    without: Boolean(modifier?.getChild("Without")),
    labels: readLabels(query, modifier?.getChild("GroupingLabels") ?? null),
    ...(parameter ? { parameter } : {}),
  };
}

function readBinary(query: string, node: SyntaxNode, postfixes: readonly Postfix[]): BinaryExpr {
  const left = node.firstChild;
  const right = node.lastChild;
  const operator = left?.nextSibling;
  if (!left || !right || !operator) throw unexpected(query, node.from);
  const op = textOf(query, operator).toLowerCase();
  if (op === "atan2" || node.getChild("FillModifier")) throw unsupported(op);
  return {
    kind: "binary",
    from: node.from,
    op,
    bool: node.getChild("BoolModifier") !== null,
    matching: readMatching(query, node.getChild("MatchingModifierClause")),
    left: read(query, left, []),
    right: read(query, right, postfixes),
  };
}

function readMatching(query: string, clause: SyntaxNode | null): Matching {
  const [labels, include] = clause?.getChildren("GroupingLabels") ?? [];
  const many = clause?.getChild("GroupLeft") ? "left" : clause?.getChild("GroupRight") ? "right" : "none";
  return {
    on: Boolean(clause?.getChild("On")),
    labels: readLabels(query, labels ?? null),
    many,
    include: readLabels(query, include ?? null),
  };
}

function readLabels(query: string, node: SyntaxNode | null): string[] {
  const labels: string[] = [];
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) {
    if (child.name === "LabelName") labels.push(textOf(query, child));
    if (child.name === "QuotedLabelName") labels.push(readStringLiteral(query, child.from).value);
  }
  return labels;
}

function readNumber(query: string, node: SyntaxNode): number {
  const text = textOf(query, node).toLowerCase().replaceAll("_", "");
  const sign = text.startsWith("-") ? -1 : 1;
  const bare = text.replace(/^[+-]\s*/, "");
  if (bare === "inf") return sign * Infinity;
  if (bare === "nan") return NaN;
  const value = Number(bare);
  if (!Number.isNaN(value)) return sign * value;
  const durationMs = parseDurationMs(bare);
  if (durationMs === undefined)
    throw parseError(query, node.from, `bad number or duration syntax: ${JSON.stringify(bare)}`);
  return (sign * durationMs) / 1000;
}

function readDuration(query: string, node: SyntaxNode): number {
  const text = textOf(query, node).replaceAll(/\s/g, "");
  const negative = text.startsWith("-");
  const bare = text.replace(/^[+-]/, "");
  const ms = parseDurationMs(bare) ?? (/^[0-9.]+$/.test(bare) ? Number(bare) * 1000 : undefined);
  if (ms === undefined) throw parseError(query, node.from, "experimental duration expression is not enabled");
  if (node.name === "DurationExpr" && (ms <= 0 || negative))
    throw parseError(query, node.from, "duration must be greater than 0");
  return negative ? -ms : ms;
}

function childOf(query: string, node: SyntaxNode): SyntaxNode {
  const child = node.firstChild;
  if (!child) throw unexpected(query, node.from);
  return child;
}

function textOf(query: string, node: SyntaxNode): string {
  return query.slice(node.from, node.to);
}
