/** The values a TraceQL field has on one span. Several for arrays, events and links; none when the field is absent. */
import { type OtlpAttribute, type OtlpValue, type StoredSpan, durationNs } from "./stored-span";
import { rootOf, serviceOf, type StoredTrace } from "./trace-store";
import type { FieldExpression, StaticValue } from "./traceql-ast";

/** What a span's fields may need to know about the rest of its trace. Built once a trace. */
export interface TraceView {
  readonly trace: StoredTrace;
  readonly root: StoredSpan | undefined;
  readonly bySpanId: ReadonlyMap<string, StoredSpan>;
  /** Number of a span in a depth-first walk, from 1. */
  nestedSetLeft(span: StoredSpan): number;
}

export function viewOf(trace: StoredTrace): TraceView {
  const bySpanId = new Map(trace.spans.map((span) => [span.spanId, span]));
  let numbers: Map<StoredSpan, number> | undefined;
  const nestedSetLeft = (span: StoredSpan): number => (numbers ??= walk(trace)).get(span) ?? 0;
  return { trace, root: rootOf(trace), bySpanId, nestedSetLeft };
}

function walk(trace: StoredTrace): Map<StoredSpan, number> {
  const children = new Map<string, StoredSpan[]>();
  for (const span of trace.spans) children.set(span.parentSpanId, [...(children.get(span.parentSpanId) ?? []), span]);
  const numbers = new Map<StoredSpan, number>();
  let counter = 0;
  const pending: (StoredSpan | undefined)[] = [...(children.get("") ?? [])].reverse();
  while (pending.length > 0) {
    const span = pending.pop();
    counter += 1;
    if (span === undefined || numbers.has(span)) continue;
    numbers.set(span, counter);
    // The empty place counts the way out, which takes a number of its own.
    pending.push(undefined, ...[...(children.get(span.spanId) ?? [])].reverse());
  }
  return numbers;
}

export function fieldValues(field: FieldExpression, span: StoredSpan, view: TraceView): readonly StaticValue[] {
  if (field.kind === "static") return [field.value];
  if (field.kind === "attribute") return attributeValues(field, span, view);
  if (field.kind === "intrinsic") return intrinsicValues(field.name, span, view);
  return [];
}

function attributeValues(
  field: Extract<FieldExpression, { kind: "attribute" }>,
  span: StoredSpan,
  view: TraceView,
): readonly StaticValue[] {
  if (field.scope === "parent") {
    const parent = view.bySpanId.get(span.parentSpanId);
    return parent === undefined ? [] : firstFound(field.name, unscopedLists(parent));
  }
  return firstFound(field.name, field.scope === "" ? unscopedLists(span) : listsOf(field.scope, span));
}

function unscopedLists(span: StoredSpan): (readonly OtlpAttribute[])[] {
  return (["span", "resource", "event", "link", "instrumentation"] as const).flatMap((scope) => listsOf(scope, span));
}

type NamedScope = "span" | "resource" | "event" | "link" | "instrumentation";

/** Attribute lists of one scope; events and links hold one each. */
export function listsOf(scope: NamedScope, span: StoredSpan): (readonly OtlpAttribute[])[] {
  switch (scope) {
    case "span":
      return [span.attributes];
    case "resource":
      return [span.resource];
    case "instrumentation":
      return [span.scope.attributes];
    case "event":
      return [span.events.flatMap(({ attributes }) => attributes)];
    case "link":
      return [span.links.flatMap(({ attributes }) => attributes)];
  }
}

function firstFound(name: string, lists: readonly (readonly OtlpAttribute[])[]): readonly StaticValue[] {
  for (const list of lists) {
    const values = list.filter(({ key }) => key === name).flatMap(({ value }) => staticValues(value));
    if (values.length > 0) return values;
  }
  return [];
}

/** Mixed arrays, maps, bytes and nothing are not searchable, as in Tempo. */
export function staticValues(value: OtlpValue): readonly StaticValue[] {
  if (value.stringValue !== undefined) return [{ type: "string", value: value.stringValue }];
  if (value.intValue !== undefined) return [{ type: "int", value: BigInt(value.intValue) }];
  if (value.doubleValue !== undefined) return [{ type: "float", value: value.doubleValue }];
  if (value.boolValue !== undefined) return [{ type: "bool", value: value.boolValue }];
  const members = (value.arrayValue?.values ?? []).map(staticValues);
  const types = new Set(members.map((member) => (member.length === 1 ? member[0]?.type : undefined)));
  return types.size === 1 && !types.has(undefined) ? members.flat() : [];
}

const text = (value: string): StaticValue => ({ type: "string", value });
const duration = (value: bigint): StaticValue => ({ type: "duration", value });
const int = (value: number): StaticValue => ({ type: "int", value: BigInt(value) });

function intrinsicValues(name: string, span: StoredSpan, view: TraceView): readonly StaticValue[] {
  switch (name) {
    case "span:name":
      return [text(span.name)];
    case "span:status":
      return [{ type: "status", value: span.statusCode }];
    case "span:statusMessage":
      return [text(span.statusMessage)];
    case "span:kind":
      return [{ type: "kind", value: span.kind }];
    case "span:duration":
      return [duration(durationNs(span))];
    case "span:id":
      return spanIdValues(span.spanId);
    case "span:parentID":
      return spanIdValues(span.parentSpanId);
    case "event:name":
      return span.events.map((event) => text(event.name));
    case "event:timeSinceStart":
      return span.events.map((event) => duration(event.atNs - span.startNs));
    case "link:traceID":
      return span.links.map((link) => text(link.traceId));
    case "link:spanID":
      return span.links.flatMap((link) => spanIdValues(link.spanId));
    case "instrumentation:name":
      return [text(span.scope.name)];
    case "instrumentation:version":
      return [text(span.scope.version)];
    default:
      return traceValues(name, span, view);
  }
}

/** Tempo up to 3.0.3 never finds span ids that begin with two zeros: it compares a text that is too short. */
function spanIdValues(spanId: string): readonly StaticValue[] {
  return spanId.startsWith("00") ? [] : [text(spanId)];
}

function traceValues(name: string, span: StoredSpan, view: TraceView): readonly StaticValue[] {
  switch (name) {
    case "trace:id":
      return [text(view.trace.traceId)];
    case "trace:duration":
      return [duration(view.trace.endNs - view.trace.startNs)];
    case "trace:rootName":
      return view.root === undefined ? [] : [text(view.root.name)];
    case "trace:rootService":
      return view.root === undefined ? [] : [text(serviceOf(view.root))];
    case "nestedSetLeft":
      return [int(view.nestedSetLeft(span))];
    case "nestedSetParent":
      return [int(nestedParent(span, view))];
    case "span:childCount":
      return [int(view.trace.spans.filter(({ parentSpanId }) => parentSpanId === span.spanId).length)];
    default:
      return [];
  }
}

/** -1 for a root. */
function nestedParent(span: StoredSpan, view: TraceView): number {
  if (span.parentSpanId === "") return -1;
  const parent = view.bySpanId.get(span.parentSpanId);
  return parent === undefined ? 0 : view.nestedSetLeft(parent);
}
