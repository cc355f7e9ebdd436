/** TraceQL texts to pipelines. Grafana's grammar decides first; the tree is built here because that grammar drops unary
 *  minus and precedence from its tree. */
import { parser } from "@grafana/lezer-traceql";
import { readField, readFieldExpression, readStatic, textOf, TokenReader } from "./parse-fields";
import type { PipelineStage, SpansetExpression, TraceqlPipeline } from "./traceql-ast";
import { traceqlError, traceqlTokens } from "./traceql-tokens";

const STRUCTURAL = ["!>>", "!<<", "!>", "!<", "&>>", "&<<", "&>", "&<", "&~", ">>", "<<", ">", "<", "~", "!~"];
const AGGREGATES = ["count", "avg", "min", "max", "sum"];
/** Words of Tempo 3.0 that Grafana's grammar 1.0.0 does not know, in the shape of one that it does. */
const UNKNOWN_TO_GRAMMAR = /\bnestedSet(?:Left|Right|Parent)\b/gu;

const LITERALS = /"(?:[^"\\]|\\.)*"/gsu;
const HINTS = /\bwith\s*\([^)]*\)\s*$/u;

/** Refuses with 400 what Tempo 3.0 refuses; the wording after `syntax error:` may differ. */
export function parseTraceql(text: string): TraceqlPipeline {
  const reader = new TokenReader(text, traceqlTokens(text));
  const pipeline = readPipeline(reader);
  if (reader.peek().kind === "word" && reader.peek().text === "with") skipHints(reader);
  if (reader.peek().kind !== "end") throw reader.unexpected();
  refuseWhatTheGrammarRefuses(text);
  return pipeline;
}

function refuseWhatTheGrammarRefuses(text: string): void {
  // Literals were read before; the grammar knows neither every Go escape nor every hint.
  const known = text
    .replace(LITERALS, (literal) => `"${"x".repeat(literal.length - 2)}"`)
    .replace(UNKNOWN_TO_GRAMMAR, (word) => "duration".padEnd(word.length))
    .replace(HINTS, "");
  parser.parse(known).iterate({
    enter: (node) => {
      if (node.type.isError) throw traceqlError(text, node.from, "syntax error: unexpected text");
    },
  });
}

function skipHints(reader: TokenReader): void {
  reader.next();
  reader.expect("(");
  while (!reader.isOperator(")")) {
    if (reader.peek().kind === "end") throw reader.unexpected();
    reader.next();
  }
  reader.next();
}

function readPipeline(reader: TokenReader): TraceqlPipeline {
  const stages: PipelineStage[] = [readStage(reader)];
  while (reader.isOperator("|")) {
    reader.next();
    stages.push(readStage(reader));
  }
  return { stages, isMetrics: stages.some(({ kind }) => kind === "ignored") };
}

function readStage(reader: TokenReader): PipelineStage {
  const { kind, text } = reader.peek();
  if (kind !== "word") return { kind: "spansets", of: readSpansets(reader) };
  if (AGGREGATES.includes(text)) return readAggregate(reader);
  reader.next();
  if (text === "select") return { kind: "select", fields: readFields(reader) };
  if (text === "by") {
    const field = readFields(reader)[0];
    if (field === undefined) throw reader.unexpected();
    return { kind: "by", field, label: `by(${textOf(field)})` };
  }
  if (text === "coalesce") {
    reader.expect("(");
    reader.expect(")");
    return { kind: "coalesce" };
  }
  skipMetrics(reader);
  return { kind: "ignored" };
}

/** A metrics stage reaches to the next bar; its inside is the business of the metrics endpoint. */
function skipMetrics(reader: TokenReader): void {
  let depth = 0;
  reader.expect("(");
  for (depth = 1; depth > 0; reader.next()) {
    if (reader.peek().kind === "end") throw reader.unexpected();
    if (reader.isOperator("(")) depth += 1;
    if (reader.isOperator(")")) depth -= 1;
  }
  while (reader.peek().kind !== "end" && !reader.isOperator("|")) {
    if (reader.peek().text === "with") return;
    reader.next();
  }
}

function readFields(reader: TokenReader): ReturnType<typeof readField>[] {
  reader.expect("(");
  const fields = [readField(reader)];
  while (reader.isOperator(",")) {
    reader.next();
    fields.push(readField(reader));
  }
  reader.expect(")");
  return fields;
}

function readAggregate(reader: TokenReader): PipelineStage {
  const name = reader.next().text;
  reader.expect("(");
  const field = reader.isOperator(")") ? undefined : readFieldExpression(reader);
  reader.expect(")");
  const label = `${name}(${field === undefined ? "" : textOf(field)})`;
  if (!reader.isOperator("=", "!=", "<", "<=", ">", ">=")) throw reader.unexpected();
  const operator = reader.next().text;
  return { kind: "aggregate", aggregate: { name, field, label }, operator, wanted: readStatic(reader) };
}

/** `&&` and `||` between spansets bind equally; structural operators bind tighter. */
function readSpansets(reader: TokenReader): SpansetExpression {
  return readChain(reader, ["&&", "||"], () => readChain(reader, STRUCTURAL, () => readSpanset(reader)));
}

function readChain(reader: TokenReader, operators: string[], readNext: () => SpansetExpression): SpansetExpression {
  let left = readNext();
  while (reader.isOperator(...operators)) {
    const operator = reader.next().text;
    left = { kind: "combined", operator, left, right: readNext() };
  }
  return left;
}

function readSpanset(reader: TokenReader): SpansetExpression {
  if (reader.isOperator("(")) {
    reader.next();
    const pipeline = readPipeline(reader);
    reader.expect(")");
    return { kind: "pipeline", pipeline };
  }
  reader.expect("{");
  const test = reader.isOperator("}") ? undefined : readFieldExpression(reader);
  reader.expect("}");
  return { kind: "filter", test };
}
