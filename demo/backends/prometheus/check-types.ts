/** Static types of an expression: what the server refuses with 400 before it reads a single sample. */
import { FUNCTIONS } from "./function-signatures";
import { COMPARISONS, SET_OPERATORS, type BinaryExpr, type CallExpr, type Expr, type ExprType } from "./promql-ast";
import { parseError } from "./query-error";

/** Throws a parse error at the first place where types do not fit; returns the type of the whole expression. */
export function checkTypes(query: string, expr: Expr): ExprType {
  switch (expr.kind) {
    case "number":
      return "scalar";
    case "string":
      return "string";
    case "selector":
      return "instant vector";
    case "range":
      return "range vector";
    case "unary": {
      const type = checkTypes(query, expr.operand);
      if (type === "scalar" || type === "instant vector") return type;
      throw parseError(
        query,
        expr.from,
        `unary expression only allowed on expressions of type scalar or instant vector, got ${quoted(type)}`,
      );
    }
    case "aggregate":
      expect(query, expr.operand, "instant vector", "aggregation expression");
      if (expr.parameter) expect(query, expr.parameter, "scalar", "aggregation parameter");
      return "instant vector";
    case "call":
      return checkCall(query, expr);
    case "binary":
      return checkBinary(query, expr);
  }
}

function checkCall(query: string, call: CallExpr): ExprType {
  const signature = FUNCTIONS.get(call.name);
  if (!signature) throw parseError(query, call.from, `unknown function with name ${JSON.stringify(call.name)}`);
  const least = signature.args.length - signature.optional;
  if (call.args.length < least || call.args.length > signature.args.length) {
    const bound = signature.optional === 0 ? "" : call.args.length < least ? "at least " : "at most ";
    const expected = call.args.length < least ? least : signature.args.length;
    throw parseError(
      query,
      call.from,
      `expected ${bound}${String(expected)} argument(s) in call to ${JSON.stringify(call.name)}, got ${String(call.args.length)}`,
    );
  }
  call.args.forEach((argument, index) => {
    expect(query, argument, signature.args[index] ?? "scalar", `call to function ${JSON.stringify(call.name)}`);
  });
  return signature.returns;
}

function checkBinary(query: string, binary: BinaryExpr): ExprType {
  const left = checkTypes(query, binary.left);
  const right = checkTypes(query, binary.right);
  for (const [side, type] of [
    [binary.left, left],
    [binary.right, right],
  ] as const)
    if (type !== "scalar" && type !== "instant vector")
      throw parseError(query, side.from, "binary expression must contain only scalar and instant vector types");
  const bothScalar = left === "scalar" && right === "scalar";
  if (binary.bool && !COMPARISONS.has(binary.op))
    throw parseError(query, binary.from, "bool modifier can only be used on comparison operators");
  if (COMPARISONS.has(binary.op) && bothScalar && !binary.bool)
    throw parseError(query, binary.from, "comparisons between scalars must use BOOL modifier");
  if (SET_OPERATORS.has(binary.op) && (left === "scalar" || right === "scalar"))
    throw parseError(
      query,
      binary.from,
      `set operator ${JSON.stringify(binary.op)} not allowed in binary scalar expression`,
    );
  const hasMatching = binary.matching.on || binary.matching.labels.length > 0;
  if (hasMatching && (left === "scalar" || right === "scalar"))
    throw parseError(query, binary.from, "vector matching only allowed between instant vectors");
  if (SET_OPERATORS.has(binary.op) && binary.matching.many !== "none")
    throw parseError(query, binary.from, `no grouping allowed for ${JSON.stringify(binary.op)} operation`);
  return bothScalar ? "scalar" : "instant vector";
}

function expect(query: string, expr: Expr, wanted: ExprType, where: string): void {
  const got = checkTypes(query, expr);
  if (got !== wanted) throw parseError(query, expr.from, `expected type ${wanted} in ${where}, got ${got}`);
}

function quoted(type: ExprType): string {
  return JSON.stringify(type);
}
