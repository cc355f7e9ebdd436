/** To which trace and span a row belongs, as far as its role may read ids. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import { parseKnownTraceId, parseSpanId } from "@/lib/domain/trace-id";

export interface TraceAddress {
  readonly traceId: string;
  /** The span that the row is (a span) or lies in (everything else). Absent when the row names none. */
  readonly spanId?: string;
  /** The row is a span itself. */
  readonly isSpan: boolean;
}

/** Rows never change, only get replaced: each is read once, however often a stream redraws the trace. */
const addresses = new WeakMap<EventView, TraceAddress | "none">();

/** Undefined for rows without a trace id and for roles that read none. */
export function traceAddressOf(row: EventView): TraceAddress | undefined {
  const known = addresses.get(row);
  if (known !== undefined) return known === "none" ? undefined : known;
  const address = row.span ? addressOfSpan(row.span) : addressOfRecord(row);
  addresses.set(row, address ?? "none");
  return address;
}

/** An event inside a span has the span facts of its owner and no span id of its own, only the id of the fact. */
function addressOfSpan({ traceId, spanId, parentSpanId }: NonNullable<EventView["span"]>): TraceAddress {
  if (/^[0-9a-f]{16}$/.test(spanId)) return { traceId, spanId, isSpan: true };
  return { traceId, isSpan: false, ...(parentSpanId === undefined ? {} : { spanId: parentSpanId }) };
}

/** What the record says in its own fields comes before a trace that its text names. */
function addressOfRecord(row: EventView): TraceAddress | undefined {
  let traceId: string | undefined;
  let spanId: string | undefined;
  for (const path in row.attributes) {
    const part = partOfName(path);
    if (part === "neither") continue;
    const text = String(row.attributes[path]?.value ?? "");
    if (part === "trace") traceId ??= parseKnownTraceId(text);
    else spanId ??= parseSpanId(text);
  }
  const named = row.keys.find((key) => key.kind === "trace")?.value;
  traceId ??= named === undefined ? undefined : parseKnownTraceId(named);
  if (traceId === undefined) return undefined;
  return { traceId, isSpan: false, ...(spanId === undefined ? {} : { spanId }) };
}

type Part = "trace" | "span" | "neither";
const parts = new Map<string, Part>();
const MOST_NAMES = 5000;

/** `trace_id`, `traceId`, `otel.trace.id`, `contextMap.span_id`; never `parent_span_id` and never the id of a link. */
function partOfName(path: string): Part {
  let part = parts.get(path);
  if (part === undefined) {
    const folded = path.replace(/[_\-. ]/g, "").toLowerCase();
    const foreign = /parent|^link|request$/.test(folded);
    part = foreign ? "neither" : folded.endsWith("traceid") ? "trace" : folded.endsWith("spanid") ? "span" : "neither";
    if (parts.size < MOST_NAMES) parts.set(path, part);
  }
  return part;
}
