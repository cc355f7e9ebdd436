/** Spans in memory, by trace id and by the values of their attributes. */
import { type OtlpAttribute, type StoredSpan, textAttribute } from "./stored-span";

export interface StoredTrace {
  readonly traceId: string;
  readonly spans: StoredSpan[];
  startNs: bigint;
  endNs: bigint;
}

export interface TraceStore {
  add(spans: readonly StoredSpan[]): void;
  byId(traceId: string): StoredTrace | undefined;
  /** Newest start first. */
  all(): readonly StoredTrace[];
  /** Traces with a span, resource, event or link attribute of this exact text or number: a superset of any `=` on it. */
  withValue(value: string): ReadonlySet<StoredTrace>;
  dropBefore(atNs: bigint): void;
}

const NOTHING: ReadonlySet<StoredTrace> = new Set();

export function createTraceStore(): TraceStore {
  const traces = new Map<string, StoredTrace>();
  const byValue = new Map<string, Set<StoredTrace>>();
  let inOrder: StoredTrace[] | undefined;
  const addOne = (span: StoredSpan): void => {
    const { traceId, startNs, endNs } = span;
    const trace = traces.get(traceId) ?? { traceId, spans: [], startNs, endNs };
    traces.set(traceId, trace);
    trace.spans.push(span);
    if (startNs < trace.startNs) trace.startNs = startNs;
    if (endNs > trace.endNs) trace.endNs = endNs;
    for (const value of valuesOf(span)) {
      const found = byValue.get(value);
      if (found === undefined) byValue.set(value, new Set([trace]));
      else found.add(trace);
    }
  };
  return {
    add: (spans) => {
      spans.forEach(addOne);
      inOrder = undefined;
    },
    byId: (traceId) => traces.get(traceId),
    all: () => (inOrder ??= [...traces.values()].sort((left, right) => (left.startNs > right.startNs ? -1 : 1))),
    withValue: (value) => byValue.get(value) ?? NOTHING,
    dropBefore: (atNs) => {
      for (const trace of [...traces.values()]) {
        if (trace.endNs >= atNs) continue;
        traces.delete(trace.traceId);
        for (const value of trace.spans.flatMap(valuesOf)) {
          const found = byValue.get(value);
          found?.delete(trace);
          if (found?.size === 0) byValue.delete(value);
        }
      }
      inOrder = undefined;
    },
  };
}

function valuesOf(span: StoredSpan): string[] {
  const lists = [span.attributes, span.resource, span.scope.attributes];
  const nested = [...span.events, ...span.links].map(({ attributes }) => attributes);
  return [...lists, ...nested].flatMap((list) => list.flatMap(textsOf));
}

function textsOf({ value }: OtlpAttribute): string[] {
  if (value.arrayValue !== undefined)
    return value.arrayValue.values.flatMap((member) => textsOf({ key: "", value: member }));
  const text = value.stringValue ?? value.intValue;
  return text === undefined ? [] : [text];
}

/** The span whose parent is nobody; of several the last, as in Tempo. */
export function rootOf(trace: StoredTrace): StoredSpan | undefined {
  return trace.spans.findLast((span) => span.parentSpanId === "");
}

export function serviceOf(span: StoredSpan): string {
  return textAttribute(span.resource, "service.name");
}
