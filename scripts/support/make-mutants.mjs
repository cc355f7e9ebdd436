// Small faults for one TypeScript file: each a span of the text and what stands there instead.
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
const METHODS = new Map([
  ["some", "every"],
  ["every", "some"],
]);

/** In: name and text. Out: mutants in the order of the text, each `{ file, line, what, start, end, text }`. */
export function makeMutants(file, source) {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const mutants = [];
  const add = (node, text, what) => {
    const start = node.getStart(tree);
    const { line } = tree.getLineAndCharacterOfPosition(start);
    mutants.push({ file, line: line + 1, what, start, end: node.getEnd(), text });
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

function mutate(node, add) {
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.getText();
    const other = OPERATORS.get(operator);
    if (other) add(node.operatorToken, other, `${operator} becomes ${other}`);
  }
  if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
    const condition = ts.isIfStatement(node) ? node.expression : node.condition;
    add(condition, `!(${condition.getText()})`, "condition turned round");
  }
  if (ts.isReturnStatement(node) && node.expression) add(node.expression, "undefined", "returns undefined");
  if (ts.isCaseClause(node) && node.statements.length > 0) add(node, "", "case dropped");
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) add(node, ";", "call dropped");
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    add(node, node.operand.getText(), "! dropped");
  }
  if (ts.isStringLiteral(node) && TREATMENTS.has(node.text) && !ts.isPropertyAssignment(node.parent.parent ?? node)) {
    add(node, JSON.stringify(TREATMENTS.get(node.text)), `"${node.text}" becomes "${TREATMENTS.get(node.text)}"`);
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (name.text === "filter") add(node, expression.getText(), "filter dropped");
    const other = METHODS.get(name.text);
    if (other) add(name, other, `${name.text} becomes ${other}`);
  }
}
