/** One row, one line. Position, letter and shape carry the meaning; colour repeats it. */
import clsx from "clsx";
import { memo } from "react";
import type { EventView } from "@/lib/contract/event-view";
import { formatDuration, formatOffset } from "@/lib/client/format-duration";
import { formatClock, formatDay, formatFull, msOfNs, type DisplayZone } from "@/lib/client/format-instant";
import { LateMark } from "./late-mark";
import { ActorMark, OutcomeMark, SourceMark } from "./marks";

export interface RowLook {
  readonly zone: DisplayZone;
  /** Offsets count from here: the first row that is not context. */
  readonly originNs: string;
  /** The window crosses midnight, so a clock alone would mislead. */
  readonly withDay: boolean;
  readonly story: boolean;
  /** Two lines instead of one. */
  readonly narrow: boolean;
}

export const EventRow = memo(function EventRow({
  row,
  look,
  selected,
}: {
  row: EventView;
  look: RowLook;
  selected: boolean;
}) {
  const frame = clsx(
    "h-full border-b border-line/60 px-3 text-body",
    selected ? "bg-selected" : isLoud(row) ? "bg-error-soft hover:bg-hover" : "hover:bg-hover",
    row.context && "border-l border-l-line-strong border-dotted pl-[11px] text-muted",
  );
  const text = (
    <span className={clsx("min-w-0 flex-1", look.narrow ? "line-clamp-2" : "truncate", isLoud(row) && "text-error")}>
      {look.story ? row.sentence : row.title}
      {row.count > 1 && <span className="ml-2 text-small text-muted">×{row.count.toLocaleString("en")}</span>}
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
          {row.context ? "context" : formatOffset(look.originNs, row.happenedAtNs)}
        </span>
      )}
      <Marks row={row} story={look.story} />
      {!look.story && <span className="w-36 shrink-0 truncate text-muted">{row.service ?? "no service named"}</span>}
      {text}
      <LateMark id={row.id} zone={look.zone} />
      {!look.story && row.durationNs !== undefined && (
        <span className="shrink-0 font-mono text-small text-muted">{formatDuration(row.durationNs)}</span>
      )}
      <OutcomeMark outcome={row.outcome} calm={row.context} />
    </div>
  );
});

/** Context keeps its outcome mark, but only a row of the question itself turns red. */
function isLoud(row: EventView): boolean {
  return row.outcome === "error" && !row.context;
}

function Clock({ row, look }: { row: EventView; look: RowLook }) {
  const other = look.zone === "utc" ? "local" : "utc";
  return (
    <time
      dateTime={row.happenedAt}
      title={`${formatFull(row.happenedAtNs, look.zone)}\n${formatFull(row.happenedAtNs, other)}`}
      className="shrink-0 font-mono text-small text-muted"
    >
      {look.withDay && `${formatDay(msOfNs(row.happenedAtNs), look.zone).slice(5)} `}
      {formatClock(row.happenedAtNs, look.zone, look.story ? 0 : 3)}
    </time>
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
