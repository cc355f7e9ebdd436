"use client";

/** A trace as its rows arrive. A burst of rows redraws the page first and the trace when there is time. */
import { useDeferredValue, useMemo } from "react";
import type { EventView } from "@/lib/contract/event-view";
import { prepareTrace, type PreparedTrace } from "./prepare-trace";
import type { TraceClock } from "./read-trace";

/** Undefined without a trace id, and when no span of the trace is there. */
export function usePreparedTrace(
  rows: readonly EventView[],
  traceId: string | undefined,
  clock: TraceClock,
): PreparedTrace | undefined {
  const settled = useDeferredValue(rows);
  return useMemo(
    () => (traceId === undefined || traceId === "" ? undefined : prepareTrace(settled, traceId, clock)),
    [settled, traceId, clock],
  );
}
