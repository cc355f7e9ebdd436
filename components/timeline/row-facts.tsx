/** Times, clock, actor and ids of one row, each as the source wrote it and as it is shown. */
import type { ReactNode } from "react";
import { formatDuration } from "@/lib/client/format-duration";
import { formatFull, type DisplayZone } from "@/lib/client/format-instant";
import type { EventView } from "@/lib/contract/event-view";
import { clockWords } from "./clock-words";
import { nsOfInstant } from "./row-time";

export function RowFacts({ row, zone, onOpen }: { row: EventView; zone: DisplayZone; onOpen: (id: string) => void }) {
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-0.5 text-small">
      <Times row={row} zone={zone} />
      {row.durationNs !== undefined && <Fact name="Lasted">{formatDuration(row.durationNs)}</Fact>}
      <Fact name="Actor">
        {row.actor.kind}
        {row.actor.name !== undefined && ` · ${row.actor.name}`}
      </Fact>
      <Fact name="Severity">{row.severity}</Fact>
      {row.count > 1 && (
        <Fact name="Stands for">
          {row.count.toLocaleString("en")} records
          {row.lastAt !== undefined && (
            <>
              , the last at <span className="font-mono">{formatFull(nsOfInstant(row.lastAt), zone)}</span>
            </>
          )}
        </Fact>
      )}
      {row.partOf !== undefined && <PartOf row={row} id={row.partOf} onOpen={onOpen} />}
      {row.span && (
        <Fact name="Span">
          <span className="font-mono break-all">
            {row.span.spanId} · {row.span.spanKind}
            <span className="block">trace {row.span.traceId}</span>
            {row.span.parentSpanId !== undefined && <span className="block">parent {row.span.parentSpanId}</span>}
          </span>
        </Fact>
      )}
      {row.keys.length > 0 && (
        <Fact name="Keys">
          <span className="font-mono break-all">{row.keys.map((key) => `${key.kind}:${key.value}`).join("  ")}</span>
        </Fact>
      )}
    </dl>
  );
}

function Times({ row, zone }: { row: EventView; zone: DisplayZone }) {
  const other = zone === "utc" ? "local" : "utc";
  const { clock } = row;
  const isCorrected = clock?.state === "corrected";
  const shownNs = isCorrected ? clock.correctedAtNs : row.happenedAtNs;
  return (
    <>
      <Fact name={isCorrected ? "Corrected" : "Happened"}>
        <span className="font-mono">{formatFull(shownNs, zone)}</span>
        <span className="block font-mono text-muted">{formatFull(shownNs, other)}</span>
      </Fact>
      {isCorrected && (
        <Fact name="As recorded">
          <span className="font-mono">{formatFull(row.happenedAtNs, zone)}</span>
        </Fact>
      )}
      {clock && (
        <Fact name="Clock">
          <span className={clock.state === "uncorrectable" ? "text-warning" : undefined}>
            {clockWords(clock).replace(/^c/, "C")}
          </span>
          {isCorrected && <span className="block font-mono text-muted">{signedDuration(clock.offsetNs)} added</span>}
          {clock.host !== undefined && <span className="block font-mono break-all text-muted">host {clock.host}</span>}
          {clock.reference !== undefined && (
            <span className="block font-mono break-all text-muted">against {clock.reference}</span>
          )}
        </Fact>
      )}
      {row.causal && <Fact name="Order">Placed after its cause, although its clock says earlier</Fact>}
      {row.observedAt !== undefined && (
        <Fact name="Received">
          <span className="font-mono">{formatFull(nsOfInstant(row.observedAt), zone)}</span>
          <span className="block text-muted">{delayWords(row.happenedAtNs, nsOfInstant(row.observedAt))}</span>
        </Fact>
      )}
    </>
  );
}

function PartOf({ row, id, onOpen }: { row: EventView; id: string; onOpen: (id: string) => void }) {
  return (
    <Fact name="Part of">
      <button
        type="button"
        className="text-left text-accent underline"
        onClick={() => {
          onOpen(id);
        }}
      >
        {row.part === "repeat" ? "The first time that it happened" : "The row that stands for this fact"}
      </button>
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function signedDuration(ns: string): string {
  return ns.startsWith("-") ? formatDuration(ns) : `+${formatDuration(ns)}`;
}

function delayWords(happenedNs: string, receivedNs: string): string {
  const delay = BigInt(receivedNs) - BigInt(happenedNs);
  return delay < 0n
    ? `${formatDuration(-delay)} before it says it happened`
    : `${formatDuration(delay)} after it was recorded`;
}
