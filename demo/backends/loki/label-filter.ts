/** `| a="b" or c > 5 and d=~"e"`: label filters, with Loki's precedence (and binds tighter than or). */
import type { SyntaxNode } from "@lezer/common";
import { notSupported } from "../demo-server";
import { parseDurationNs } from "../go-duration";
import { matcherOf } from "./label-matcher";
import type { LineState } from "./line-state";
import { childrenOf, type LogqlTree, textOf } from "./logql-tree";

type LineTest = (state: LineState) => boolean;
type Step = LineTest | "or";

export function labelFilterOf(tree: LogqlTree, node: SyntaxNode): LineTest {
  const alternatives: LineTest[][] = [[]];
  for (const step of stepsOf(tree, node)) {
    if (step === "or") alternatives.push([]);
    else alternatives.at(-1)?.push(step);
  }
  return (state) => alternatives.some((tests) => tests.every((test) => test(state)));
}

/** The grammar nests chains to the right whatever the operator; flat, the precedence can be read off. */
function stepsOf(tree: LogqlTree, node: SyntaxNode): Step[] {
  const children = childrenOf(node);
  const [only] = children;
  if (tree.text.charAt(node.from) === "(" && children.length === 1 && only !== undefined) {
    return [labelFilterOf(tree, only)];
  }
  return children.flatMap((child): Step[] => {
    if (child.name === "Or") return ["or"];
    if (child.name === "LabelFilter") return stepsOf(tree, child);
    return child.name === "And" ? [] : [leafOf(tree, child)];
  });
}

function leafOf(tree: LogqlTree, node: SyntaxNode): LineTest {
  if (node.name === "Matcher") {
    const matcher = matcherOf(tree, node);
    return (state) => matcher.matches(state.get(matcher.name));
  }
  if (node.name === "NumberFilter") return comparisonOf(tree, node, parseNumber);
  if (node.name !== "UnitFilter" || node.firstChild === null) throw notSupported(node.name);
  const kind = node.firstChild;
  return comparisonOf(tree, kind, kind.name === "DurationFilter" ? parseDurationNs : parseBytes);
}

type Reader = (text: string) => number | undefined;

/** A missing label drops the line; a value that is no number keeps it and says so in `__error__`. */
function comparisonOf(tree: LogqlTree, node: SyntaxNode, read: Reader): LineTest {
  const [nameNode, operatorNode, valueNode] = childrenOf(node);
  const name = textOf(tree, nameNode ?? null);
  const wanted = read(textOf(tree, valueNode ?? null)) ?? Number.NaN;
  const compare = COMPARISONS[textOf(tree, operatorNode ?? null)];
  if (compare === undefined) throw notSupported("this comparison");
  return (state) => {
    if (state.has("__error__")) return true;
    if (!state.has(name)) return false;
    const value = read(state.get(name));
    if (value !== undefined) return compare(value, wanted);
    state.setError("LabelFilterErr");
    return true;
  };
}

const COMPARISONS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "=": (left, right) => left === right,
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
};

function parseNumber(text: string): number | undefined {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? undefined : value;
}

const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};

function parseBytes(text: string): number | undefined {
  const [, digits, unit] = /^([0-9.]+)\s*([a-z]+)$/iu.exec(text.trim()) ?? [];
  const factor = BYTES[unit?.toLowerCase() ?? ""];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}
