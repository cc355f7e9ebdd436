// Small faults for one TypeScript file, as spans of its text, and the same file with all of them woven in, each asleep.
import ts from "typescript";

const OPERATORS = new Map([
  ["===", "!=="],
  ["!==", "==="],
  ["&&", "||"],
  ["||", "&&"],
  ["<", ">="],
  [">", "<="],
  ["<=", ">"],
  [">=", "<"],
]);
/** A treatment becomes the opposite of what it says. */
const TREATMENTS = new Map([
  ["absent", "show"],
  ["show", "absent"],
  ["scrub", "show"],
  ["template", "show"],
  ["pseudonym", "show"],
  ["incident-pseudonym", "show"],
  ["mask", "show"],
  ["bucket", "show"],
  ["team", "show"],
  ["full", "stub"],
  ["stub", "full"],
]);
/** Nobody sees `undefined` where `false` was. */
const OPPOSITES = new Map([
  [ts.SyntaxKind.FalseKeyword, "true"],
  [ts.SyntaxKind.TrueKeyword, "false"],
]);
const METHODS = new Map([
  ["some", "every"],
  ["every", "some"],
]);

/**
 * In: name and text. Out: mutants in the order of the text, each `{ file, line, what, source, start, end, text, host }`:
 * `text` stands for the span `start` to `end`; `host` is the whole expression or statement around that span.
 */
export function makeMutants(file, source) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const lines = source.split("\n");
  const mutants = [];
  const add = (node, text, what, around = node) => {
    const start = node.getStart(tree);
    const { line } = tree.getLineAndCharacterOfPosition(start);
    const whole = ts.isExpressionStatement(around) ? around : endOfChain(around);
    const host = { start: whole.getStart(tree), end: whole.getEnd(), isStatement: ts.isExpressionStatement(whole) };
    mutants.push({ file, line: line + 1, what, source: lines[line].trim(), start, end: node.getEnd(), text, host });
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isTypeAliasDeclaration(node) || ts.isThrowStatement(node)) return;
    mutate(node, add);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return mutants;
}

/** In: text and its mutants, each with an `id`. Out: the text as it stands; `globalThis.__mutant(id)` wakes one of them. */
export function weaveMutants(source, mutants) {
  return weave(source, 0, source.length, mutants);
}

/** In: text and one mutant of it. Out: the text with the fault. */
export function applyMutant(source, { start, end, text }) {
  return source.slice(0, start) + text + source.slice(end);
}

function weave(source, from, to, mutants) {
  const inside = mutants.filter(({ host }) => from <= host.start && host.end <= to);
  let out = "";
  let at = from;
  while (at < to) {
    const next = inside
      .filter(({ host }) => host.start >= at)
      .sort((a, b) => a.host.start - b.host.start || b.host.end - a.host.end)[0];
    if (!next) break;
    const { start, end } = next.host;
    const here = inside.filter(({ host }) => host.start === start && host.end === end);
    const deeper = inside.filter((one) => !here.includes(one) && start <= one.host.start && one.host.end <= end);
    out += source.slice(at, start);
    out += here.reduce((text, one) => wrap(source, one, text), weave(source, start, end, deeper));
    at = end;
  }
  return out + source.slice(at, to);
}

function wrap(source, mutant, asItStands) {
  const { start, end, isStatement } = mutant.host;
  const fault = source.slice(start, mutant.start) + mutant.text + source.slice(mutant.end, end);
  const isAwake = `globalThis.__mutant(${mutant.id})`;
  return isStatement
    ? `{ if (${isAwake}) { ${fault} } else { ${asItStands} } }`
    : `(${isAwake} ? (${fault}) : (${asItStands}))`;
}

/** A link of `a?.b.c` cannot stand in brackets alone: it would no longer end the chain early. */
function endOfChain(node) {
  const { parent } = node;
  const isLink =
    ts.isPropertyAccessExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isCallExpression(parent) ||
    ts.isNonNullExpression(parent);
  if (!isLink || parent.expression !== node) return node;
  return (parent.flags & ts.NodeFlags.OptionalChain) !== 0 ? endOfChain(parent) : node;
}

/** Without `super()` no object is made: nothing to see there. */
function isPlainCall(node) {
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return false;
  return node.expression.expression.kind !== ts.SyntaxKind.SuperKeyword;
}

function mutate(node, add) {
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.getText();
    const other = OPERATORS.get(operator);
    if (other) add(node.operatorToken, other, `${operator} becomes ${other}`, node);
  }
  if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
    const condition = ts.isIfStatement(node) ? node.expression : node.condition;
    add(condition, `!(${condition.getText()})`, "condition turned round");
  }
  if (ts.isReturnStatement(node) && node.expression && node.expression.getText() !== "undefined") {
    const other = OPPOSITES.get(node.expression.kind) ?? "undefined";
    add(node.expression, other, `returns ${other}`);
  }
  if (ts.isCaseClause(node)) add(node.expression, "{}", "case never met");
  if (isPlainCall(node)) add(node, ";", "call dropped");
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    add(node, node.operand.getText(), "! dropped");
  }
  if (ts.isStringLiteral(node) && TREATMENTS.has(node.text) && node.parent.name !== node) {
    add(node, JSON.stringify(TREATMENTS.get(node.text)), `"${node.text}" becomes "${TREATMENTS.get(node.text)}"`);
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (name.text === "filter") add(node, expression.getText(), "filter dropped");
    const other = METHODS.get(name.text);
    if (other) add(name, other, `${name.text} becomes ${other}`, node);
  }
}
