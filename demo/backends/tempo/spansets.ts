/** Spansets of one trace: filters, their combinations, and the pipeline stages after them. */
import { compare, matchesSpan, matchingValues } from "./match-span";
import { fieldValues, type TraceView } from "./field-values";
import { formatDuration } from "../go-duration";
import type { OtlpValue, StoredSpan } from "./stored-span";
import { KINDS, STATUSES } from "./stored-span";
import type { FieldExpression, PipelineStage, SpansetExpression, StaticValue, TraceqlPipeline } from "./traceql-ast";

export interface Spanset {
  readonly spans: readonly StoredSpan[];
  /** What `by` and aggregates added, by their names. */
  readonly attributes: readonly { readonly key: string; readonly value: OtlpValue }[];
}

export function runPipeline(pipeline: TraceqlPipeline, view: TraceView): readonly Spanset[] {
  let sets: readonly Spanset[] = [{ spans: view.trace.spans, attributes: [] }];
  for (const stage of pipeline.stages) sets = sets.flatMap((set) => runStage(stage, set, view));
  return sets.filter(({ spans }) => spans.length > 0);
}

function runStage(stage: PipelineStage, set: Spanset, view: TraceView): readonly Spanset[] {
  switch (stage.kind) {
    case "spansets": {
      const spans = spansOf(stage.of, set.spans, view);
      return spans.length === 0 ? [] : [{ ...set, spans }];
    }
    case "by":
      return groupsOf(stage.field, stage.label, set, view);
    case "aggregate":
      return aggregated(stage, set, view);
    default:
      return [set];
  }
}

function spansOf(expression: SpansetExpression, from: readonly StoredSpan[], view: TraceView): readonly StoredSpan[] {
  if (expression.kind === "filter") return from.filter((span) => matchesSpan(expression.test, span, view));
  if (expression.kind === "pipeline")
    return unique(runPipeline(expression.pipeline, view).flatMap(({ spans }) => spans));
  const left = spansOf(expression.left, from, view);
  const right = spansOf(expression.right, from, view);
  if (expression.operator === "||") return unique([...left, ...right]);
  if (left.length === 0) return expression.operator.startsWith("!") ? right : [];
  if (right.length === 0) return [];
  if (expression.operator === "&&") return unique([...left, ...right]);
  return related(expression.operator, left, right, view);
}

function unique(spans: readonly StoredSpan[]): StoredSpan[] {
  return [...new Set(spans)];
}

/** Structural operators give their right side; with `&` both sides; with `!` the right side without a relation. */
function related(
  operator: string,
  left: readonly StoredSpan[],
  right: readonly StoredSpan[],
  view: TraceView,
): readonly StoredSpan[] {
  const holds = RELATIONS[operator.replace(/^[!&]/u, "")] ?? (() => false);
  const lefts = new Set(left);
  if (operator.startsWith("!")) return right.filter((span) => !left.some((other) => holds(other, span, view)));
  const found = right.filter((span) => relatesToAny(operator, lefts, span, view, holds));
  if (!operator.startsWith("&")) return found;
  return unique([...found, ...left.filter((other) => found.some((span) => holds(other, span, view)))]);
}

/** Descendants are found by walking up once a span, so that a trace of 3,000 spans does not need 9,000,000 pairs. */
function relatesToAny(
  operator: string,
  lefts: ReadonlySet<StoredSpan>,
  span: StoredSpan,
  view: TraceView,
  holds: Relation,
): boolean {
  if (operator.endsWith(">>")) return [...ancestorsOf(span, view)].some((ancestor) => lefts.has(ancestor));
  return [...lefts].some((other) => holds(other, span, view));
}

type Relation = (left: StoredSpan, right: StoredSpan, view: TraceView) => boolean;

const RELATIONS: Readonly<Record<string, Relation>> = {
  ">": (left, right) => right.parentSpanId === left.spanId,
  "<": (left, right) => left.parentSpanId === right.spanId,
  ">>": (left, right, view) => [...ancestorsOf(right, view)].includes(left),
  "<<": (left, right, view) => [...ancestorsOf(left, view)].includes(right),
  "~": (left, right) => left !== right && left.parentSpanId !== "" && left.parentSpanId === right.parentSpanId,
};

function* ancestorsOf(span: StoredSpan, view: TraceView): Generator<StoredSpan> {
  const seen = new Set<StoredSpan>([span]);
  let parent = view.bySpanId.get(span.parentSpanId);
  while (parent !== undefined && !seen.has(parent)) {
    seen.add(parent);
    yield parent;
    parent = view.bySpanId.get(parent.parentSpanId);
  }
}

function groupsOf(field: FieldExpression, label: string, set: Spanset, view: TraceView): readonly Spanset[] {
  const groups = new Map<string, { value: OtlpValue; spans: StoredSpan[] }>();
  for (const span of set.spans) {
    const value = shownValue(fieldValues(field, span, view)[0] ?? { type: "nil" });
    const key = JSON.stringify(value);
    const group = groups.get(key) ?? { value, spans: [] };
    groups.set(key, group);
    group.spans.push(span);
  }
  return [...groups.values()].map(({ value, spans }) => ({
    spans,
    attributes: [...set.attributes, { key: label, value }],
  }));
}

function aggregated(
  stage: Extract<PipelineStage, { kind: "aggregate" }>,
  set: Spanset,
  view: TraceView,
): readonly Spanset[] {
  const { name, field, label } = stage.aggregate;
  const result: StaticValue | undefined =
    name === "count" || field === undefined
      ? { type: "int", value: BigInt(set.spans.length) }
      : reduced(
          name,
          set.spans.flatMap((span) => fieldValues(field, span, view)),
        );
  if (result === undefined || !compareNumbers(result, stage.operator, stage.wanted)) return [];
  return [{ ...set, attributes: [...set.attributes, { key: label, value: shownValue(result) }] }];
}

function reduced(name: string, values: readonly StaticValue[]): StaticValue | undefined {
  const numbers = values.map(numberOf).filter((value) => value !== undefined);
  if (numbers.length === 0) return undefined;
  const sum = numbers.reduce((total, value) => total + value, 0);
  const number = { sum, avg: sum / numbers.length, min: Math.min(...numbers), max: Math.max(...numbers) }[name] ?? sum;
  if (values[0]?.type === "duration") return { type: "duration", value: BigInt(Math.trunc(number)) };
  return { type: "float", value: number };
}

function numberOf(value: StaticValue): number | undefined {
  return value.type === "int" || value.type === "float" || value.type === "duration" ? Number(value.value) : undefined;
}

function compareNumbers(left: StaticValue, operator: string, right: StaticValue): boolean {
  const [first, second] = [numberOf(left), numberOf(right)];
  if (first === undefined || second === undefined) return false;
  return compare({ type: "float", value: first }, operator, { type: "float", value: second });
}

/** Enums in lower case and durations in Go's form, both as strings; the rest by type. */
export function shownValue(value: StaticValue): OtlpValue {
  switch (value.type) {
    case "nil":
      return { stringValue: "nil" };
    case "string":
      return { stringValue: value.value };
    case "int":
      return { intValue: String(value.value) };
    case "float":
      return { doubleValue: value.value };
    case "bool":
      return { boolValue: value.value };
    case "duration":
      return { stringValue: formatDuration(Number(value.value)) };
    case "status":
      return { stringValue: STATUSES[value.value] ?? "unset" };
    case "kind":
      return { stringValue: KINDS[value.value] ?? "unspecified" };
  }
}

/** Conditions whose values a search answer shows on the spans that fulfil them. */
export function conditionsOf(expression: SpansetExpression): Extract<FieldExpression, { kind: "binary" }>[] {
  if (expression.kind === "filter") return expression.test === undefined ? [] : comparisonsIn(expression.test);
  if (expression.kind === "combined") return [...conditionsOf(expression.left), ...conditionsOf(expression.right)];
  return expression.pipeline.stages.flatMap((stage) => (stage.kind === "spansets" ? conditionsOf(stage.of) : []));
}

function comparisonsIn(test: FieldExpression): Extract<FieldExpression, { kind: "binary" }>[] {
  if (test.kind === "not") return comparisonsIn(test.of);
  if (test.kind !== "binary") return [];
  if (test.operator === "&&" || test.operator === "||")
    return [...comparisonsIn(test.left), ...comparisonsIn(test.right)];
  return [test];
}

/** Values of a condition on a span; a condition that does not hold there shows nothing. */
export function valuesShown(
  test: Extract<FieldExpression, { kind: "binary" }>,
  span: StoredSpan,
  view: TraceView,
): readonly StaticValue[] {
  const values = matchingValues(test, span, view);
  return values?.length === 0 ? [{ type: "nil" }] : (values ?? []);
}
