/** `/api/search`: finds traces by TraceQL (or by the older tags) and writes Tempo's answer. */
import { conditionsOf, runPipeline, shownValue, type Spanset, valuesShown } from "./spansets";
import { fieldValues, type TraceView, viewOf } from "./field-values";
import { durationNs, type OtlpAttribute, type OtlpValue, type StoredSpan } from "./stored-span";
import { valueBody } from "./trace-body";
import { rootOf, serviceOf, type StoredTrace, type TraceStore } from "./trace-store";
import type { FieldExpression, PipelineStage, SpansetExpression, TraceqlPipeline } from "./traceql-ast";

export interface SearchWindow {
  readonly startNs: bigint;
  readonly endNs: bigint;
}

export interface SearchLimits {
  readonly window: SearchWindow;
  readonly traces: number;
  readonly spansPerSet: number;
}

/** Newest start first, at most the asked number. */
export function searchTraceql(store: TraceStore, pipeline: TraceqlPipeline, limits: SearchLimits): object[] {
  const found: object[] = [];
  for (const trace of candidatesOf(store, pipeline)) {
    if (found.length >= limits.traces) break;
    if (!overlaps(trace, limits.window)) continue;
    const view = viewOf(trace);
    const sets = runPipeline(pipeline, view);
    if (sets.length === 0) continue;
    const spanSets = sets.map((set) => setBody(set, pipeline, view, limits.spansPerSet));
    found.push({ ...traceSummary(trace), spanSet: spanSets[0], spanSets, serviceStats: serviceStats(trace) });
  }
  return found;
}

export function overlaps(trace: StoredTrace, window: SearchWindow): boolean {
  return trace.startNs <= window.endNs && trace.endNs >= window.startNs;
}

/** The id without leading zeros, as Tempo writes it in searches. */
export function traceSummary(trace: StoredTrace): object {
  const root = rootOf(trace);
  const durationMs = Number((trace.endNs - trace.startNs) / 1_000_000n);
  return {
    traceID: trace.traceId.replace(/^0+/u, ""),
    rootServiceName: root === undefined ? "<root span not yet received>" : serviceOf(root),
    ...(root === undefined ? {} : { rootTraceName: root.name }),
    startTimeUnixNano: String(trace.startNs),
    ...(durationMs === 0 ? {} : { durationMs }),
  };
}

function serviceStats(trace: StoredTrace): object {
  const stats: Record<string, { spanCount: number; errorCount?: number }> = {};
  for (const span of trace.spans) {
    const held = (stats[serviceOf(span)] ??= { spanCount: 0 });
    held.spanCount += 1;
    if (span.statusCode === 2) held.errorCount = (held.errorCount ?? 0) + 1;
  }
  return stats;
}

function setBody(set: Spanset, pipeline: TraceqlPipeline, view: TraceView, spansPerSet: number): object {
  const conditions = pipeline.stages.flatMap((stage) => (stage.kind === "spansets" ? conditionsOf(stage.of) : []));
  const selected = pipeline.stages.flatMap((stage) => (stage.kind === "select" ? stage.fields : byFields(stage)));
  const spans = set.spans.slice(0, spansPerSet).map((span) => {
    const shown = new Map<string, OtlpValue>();
    for (const condition of conditions) {
      const field = condition.left.kind === "static" ? condition.right : condition.left;
      const value = valuesShown(condition, span, view)[0];
      if (value !== undefined) shown.set(keyOf(field), shownValue(value));
    }
    for (const field of selected) {
      const value = selectedValue(field, span, view);
      if (value !== undefined) shown.set(keyOf(field), value);
    }
    return spanBody(span, shown);
  });
  const attributes = set.attributes.map(({ key, value }) => ({ key, value: valueBody(value) }));
  return { spans, matched: set.spans.length, ...(attributes.length === 0 ? {} : { attributes }) };
}

function byFields(stage: PipelineStage): readonly FieldExpression[] {
  return stage.kind === "by" ? [stage.field] : [];
}

function selectedValue(field: FieldExpression, span: StoredSpan, view: TraceView): OtlpValue | undefined {
  const values = fieldValues(field, span, view);
  const [first] = values;
  if (first === undefined) return undefined;
  const whole = field.kind === "attribute" ? wholeArray(field.name, span) : undefined;
  return whole ?? shownValue(first);
}

function wholeArray(name: string, span: StoredSpan): OtlpValue | undefined {
  const held: OtlpAttribute | undefined = [...span.attributes, ...span.resource].find(({ key }) => key === name);
  return held?.value.arrayValue === undefined ? undefined : held.value;
}

const NAMES: Readonly<Record<string, string>> = {
  "span:status": "status",
  "span:kind": "kind",
  "span:statusMessage": "statusMessage",
};
/** Fields of the span itself, or of the trace: never repeated as attributes. */
const NOT_SHOWN = new Set([
  "span:duration",
  "span:id",
  "trace:id",
  "trace:duration",
  "trace:rootName",
  "trace:rootService",
]);

/** Keys carry no scope. */
function keyOf(field: FieldExpression): string {
  if (field.kind === "attribute") return field.name;
  return field.kind === "intrinsic" ? (NAMES[field.name] ?? field.name) : "";
}

function spanBody(span: StoredSpan, shown: ReadonlyMap<string, OtlpValue>): object {
  const attributes = [...shown].filter(([key]) => key !== "" && key !== "span:name" && !NOT_SHOWN.has(key));
  const lasted = durationNs(span);
  return {
    spanID: span.spanId,
    ...(shown.has("span:name") ? { name: span.name } : {}),
    startTimeUnixNano: String(span.startNs),
    ...(lasted === 0n ? {} : { durationNanos: String(lasted) }),
    ...(attributes.length === 0
      ? {}
      : { attributes: attributes.map(([key, value]) => ({ key, value: valueBody(value) })) }),
  };
}

/** Traces that can match at all, from the index of values; every trace when the query names no exact value. */
function candidatesOf(store: TraceStore, pipeline: TraceqlPipeline): readonly StoredTrace[] {
  const [first] = pipeline.stages;
  const candidates = first?.kind === "spansets" ? candidatesOfSpansets(store, first.of) : undefined;
  if (candidates === undefined) return store.all();
  return [...candidates].sort((left, right) => (left.startNs > right.startNs ? -1 : 1));
}

type Candidates = ReadonlySet<StoredTrace> | undefined;

function candidatesOfSpansets(store: TraceStore, expression: SpansetExpression): Candidates {
  if (expression.kind === "filter")
    return expression.test === undefined ? undefined : candidatesOfTest(store, expression.test);
  if (expression.kind === "pipeline") {
    const [first] = expression.pipeline.stages;
    return first?.kind === "spansets" ? candidatesOfSpansets(store, first.of) : undefined;
  }
  const left = candidatesOfSpansets(store, expression.left);
  const right = candidatesOfSpansets(store, expression.right);
  if (expression.operator === "||") return either(left, right);
  // A missing relation needs no left side.
  return expression.operator.startsWith("!") ? right : smaller(left, right);
}

function candidatesOfTest(store: TraceStore, test: FieldExpression): Candidates {
  if (test.kind !== "binary") return undefined;
  if (test.operator === "&&") return smaller(candidatesOfTest(store, test.left), candidatesOfTest(store, test.right));
  if (test.operator === "||") return either(candidatesOfTest(store, test.left), candidatesOfTest(store, test.right));
  const [field, literal] = test.left.kind === "static" ? [test.right, test.left] : [test.left, test.right];
  if (test.operator !== "=" || field.kind !== "attribute" || literal.kind !== "static") return undefined;
  const { value } = literal;
  return value.type === "string" || value.type === "int" ? store.withValue(String(value.value)) : undefined;
}

function smaller(left: Candidates, right: Candidates): Candidates {
  if (left === undefined || right === undefined) return left ?? right;
  return left.size <= right.size ? left : right;
}

function either(left: Candidates, right: Candidates): Candidates {
  return left === undefined || right === undefined ? undefined : new Set([...left, ...right]);
}
