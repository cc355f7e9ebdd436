/** Picks the rows of one trace and puts them on one clock. Pure. */
import type { EventView } from "@/lib/contract/event-view";
import { traceAddressOf } from "./trace-address";

/** `raw` is what the sources wrote; `corrected` puts the hosts' clocks right where that was possible. */
export type TraceClock = "raw" | "corrected";

/** A log line, an error or anything else that names the trace and is no span. */
export interface TraceRecord {
  readonly row: EventView;
  readonly spanId: string | undefined;
  /** Microseconds since the start of the trace; negative when the record is earlier. */
  readonly atUs: number;
}

interface ReadSpan {
  readonly row: EventView;
  readonly spanId: string;
  readonly startNs: string;
}

/** Spans ascending by start, the longer first; records ascending by time. Each row once. */
export function readTrace(
  rows: readonly EventView[],
  traceId: string,
  clock: TraceClock,
): { spans: readonly ReadSpan[]; records: readonly TraceRecord[] } {
  const spans: ReadSpan[] = [];
  const others: { row: EventView; spanId: string | undefined }[] = [];
  for (const row of rows) {
    const address = traceAddressOf(row);
    if (address?.traceId !== traceId) continue;
    if (address.isSpan && address.spanId !== undefined) {
      spans.push({ row, spanId: address.spanId, startNs: timeOf(row, clock) });
    } else others.push({ row, spanId: address.spanId });
  }
  spans.sort(byStart);
  const originNs = spans[0]?.startNs ?? "0";
  const records = others.map((one): TraceRecord => ({ ...one, atUs: microsSince(originNs, timeOf(one.row, clock)) }));
  return { spans, records: records.sort((a, b) => a.atUs - b.atUs || compare(a.row.orderKey, b.row.orderKey)) };
}

/** Exact up to a hundred days: the distance is taken before it becomes a number. */
export function microsSince(fromNs: string, atNs: string): number {
  return Number(BigInt(atNs) - BigInt(fromNs)) / 1000;
}

function timeOf(row: EventView, clock: TraceClock): string {
  return clock === "raw" ? row.happenedAtNs : (row.clock?.correctedAtNs ?? row.happenedAtNs);
}

function byStart(a: ReadSpan, b: ReadSpan): number {
  const [longA, longB] = [a.row.durationNs ?? "0", b.row.durationNs ?? "0"];
  return (
    compare(a.startNs, b.startNs) || longB.length - longA.length || compare(longB, longA) || compare(a.row.id, b.row.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
