/** One row, one line. Position, letter and shape carry the meaning; colour repeats it. */
import clsx from "clsx";
import { memo } from "react";
import type { EventView } from "@/lib/contract/event-view";
import { formatDuration, formatOffset } from "@/lib/client/format-duration";
import { formatClock, formatDay, formatFull, msOfNs, type DisplayZone } from "@/lib/client/format-instant";
import { clockMark } from "./clock-words";
import { LateMark } from "./late-mark";
import { ActorMark, OutcomeMark, SourceMark, sourceName } from "./marks";
import { PartsNote } from "./parts-note";
import { rowTimeNs, type TimeBasis } from "./row-time";

export interface RowLook {
  readonly zone: DisplayZone;
  /** Offsets count from here: the first row that is not context. */
  readonly originNs: string;
  /** The window crosses midnight, so a clock alone would mislead. */
  readonly withDay: boolean;
  readonly story: boolean;
  /** Two lines instead of one. */
  readonly narrow: boolean;
  /** The time that rows print and stand by. */
  readonly basis: TimeBasis;
}

export const EventRow = memo(function EventRow({
  row,
  look,
  selected,
  isPart = false,
  parts = 0,
  opened = 0,
  repeats = 1,
}: {
  row: EventView;
  look: RowLook;
  selected: boolean;
  /** Shown beneath the row that stands for it. */
  isPart?: boolean;
  /** Further records behind this row, and how many of them are on display. */
  parts?: number;
  opened?: number;
  repeats?: number;
}) {
  // Context keeps its outcome mark, but only a row of the question itself turns red.
  const isLoud = row.outcome === "error" && !row.context;
  const frame = clsx(
    "h-full border-b border-line/60 px-3 text-body",
    selected ? "bg-selected" : isLoud && !isPart ? "bg-error-soft hover:bg-hover" : "hover:bg-hover",
    (row.context || isPart) && "border-l-line-strong text-muted",
    row.context && "border-l border-dotted",
    row.context && !isPart && "pl-[11px]",
    isPart && !row.context && "border-l-2",
    isPart && "pl-8",
  );
  const text = (
    <span className={clsx("min-w-0 flex-1", look.narrow ? "line-clamp-2" : "truncate", isLoud && "text-error")}>
      {look.story ? row.sentence : row.title}
      {isPart && (
        <span className="ml-2 text-small text-muted">
          {row.part === "repeat" ? "again" : `as seen in ${sourceName(row.source)}`}
        </span>
      )}
      {look.narrow && parts > 0 && (
        <PartsNote row={row} zone={look.zone} parts={parts} opened={opened} repeats={repeats} />
      )}
    </span>
  );
  if (look.narrow) {
    return (
      <div className={clsx(frame, "flex flex-col justify-center")}>
        <span className="flex items-center gap-2 text-small text-muted">
          <Clock row={row} look={look} />
          <Marks row={row} story={look.story} />
          <span className="truncate">{row.service ?? "no service named"}</span>
          <LateMark id={row.id} zone={look.zone} />
        </span>
        <span className="flex items-start gap-1">
          {text}
          <OutcomeMark outcome={row.outcome} calm={row.context} />
        </span>
      </div>
    );
  }
  return (
    <div className={clsx(frame, "flex items-center gap-3")}>
      <Clock row={row} look={look} />
      {!look.story && (
        <span className="w-16 shrink-0 text-right font-mono text-small text-muted">
          {row.context ? "context" : formatOffset(look.originNs, rowTimeNs(row, look.basis))}
        </span>
      )}
      <Marks row={row} story={look.story} />
      {!look.story && <span className="w-36 shrink-0 truncate text-muted">{row.service ?? "no service named"}</span>}
      {text}
      <LateMark id={row.id} zone={look.zone} />
      {parts > 0 && <PartsNote row={row} zone={look.zone} parts={parts} opened={opened} repeats={repeats} />}
      {!look.story && row.durationNs !== undefined && (
        <span className="shrink-0 font-mono text-small text-muted">{formatDuration(row.durationNs)}</span>
      )}
      <OutcomeMark outcome={row.outcome} calm={row.context} />
    </div>
  );
});

function Clock({ row, look }: { row: EventView; look: RowLook }) {
  const other = look.zone === "utc" ? "local" : "utc";
  const ns = rowTimeNs(row, look.basis);
  const mark = clockMark(row, look.basis);
  return (
    <span className="flex shrink-0 items-center font-mono text-small text-muted">
      <time
        dateTime={row.happenedAt}
        title={`${formatFull(ns, look.zone)}\n${formatFull(ns, other)}${mark ? `\n${mark.words}` : ""}`}
      >
        {look.withDay && `${formatDay(msOfNs(ns), look.zone).slice(5)} `}
        {formatClock(ns, look.zone, look.story ? 0 : 3)}
      </time>
      {/* Always as wide as a mark, so that columns stay columns. */}
      <span className="w-4 text-center" {...(mark ? { title: mark.words } : {})}>
        {mark && (
          <>
            <span aria-hidden="true" className={mark.isWarning ? "font-strong text-warning" : ""}>
              {mark.sign}
            </span>
            <span className="sr-only">{mark.words}</span>
          </>
        )}
      </span>
    </span>
  );
}

/** Actor, then every source that saw the fact; fixed width so that columns stay columns. */
function Marks({ row, story }: { row: EventView; story: boolean }) {
  return (
    <>
      <ActorMark actor={row.actor.kind} />
      {!story && (
        <span className="flex w-[58px] shrink-0 gap-0.5">
          {row.seenIn.slice(0, 3).map((source) => (
            <SourceMark key={source} source={source} {...(source === row.source ? { kind: row.kind } : {})} />
          ))}
        </span>
      )}
    </>
  );
}
