"use client";

/** The trace of one row, inside the side panel. Nothing for rows without a trace and for roles that read no ids. */
import type { DisplayZone } from "@/lib/client/format-instant";
import type { EventView } from "@/lib/contract/event-view";
import type { GapView } from "@/lib/contract/timeline-answer";
import { Button } from "../ui/button";
import type { TraceClock } from "./read-trace";
import { traceAddressOf } from "./trace-address";
import { traceLoss } from "./trace-loss";
import { TraceView } from "./trace-view";
import { usePreparedTrace } from "./use-prepared-trace";

export function TraceSection({
  row,
  rows,
  gaps,
  streaming,
  zone,
  clock,
  onOpen,
  onFullScreen,
}: {
  row: EventView;
  rows: readonly EventView[];
  gaps: readonly GapView[];
  streaming: boolean;
  zone: DisplayZone;
  clock: TraceClock;
  onOpen: (id: string) => void;
  onFullScreen: (traceId: string) => void;
}) {
  const traceId = traceAddressOf(row)?.traceId;
  const trace = usePreparedTrace(rows, traceId, clock);
  if (traceId === undefined) return null;
  const loss = traceLoss(gaps, traceId);
  return (
    <section aria-label="Trace of this row">
      <div className="mb-1 flex items-center justify-between">
        <h3 className="font-strong">Trace</h3>
        {trace && (
          <Button
            look="plain"
            onClick={() => {
              onFullScreen(traceId);
            }}
          >
            Open trace full screen
          </Button>
        )}
      </div>
      {trace ? (
        <div className="-mx-4">
          <TraceView
            key={traceId}
            trace={trace}
            loss={loss}
            streaming={streaming}
            zone={zone}
            clock={clock}
            compact
            selectedId={row.id}
            onOpen={onOpen}
          />
        </div>
      ) : (
        <p className="text-small text-muted">
          {streaming
            ? "Sources still answer: no span of this trace yet."
            : `This record names trace ${traceId}, but no span of it is in the evidence. ${loss.partial.join(" ")}`}
        </p>
      )}
    </section>
  );
}
