/** One span on the time axis: pale while it waits for others, solid while it works, underlined on the critical path. */
import clsx from "clsx";
import { clusterRecords } from "./cluster-records";
import type { CriticalSegment } from "./critical-path";
import { formatMicros } from "./format-micros";
import type { TraceNode } from "./prepare-trace";
import type { TimeWindowUs } from "./ruler-ticks";
import { selfPieces } from "./self-time";

/** Self time shorter than this share of the picture could not be seen. */
const LEAST_PIECE = 1 / 600;
/** How far dots stand apart, as a share of the axis. */
const LEAST_GAP = { full: 0.024, compact: 0.08 };

export function TraceBar({
  node,
  nodes,
  span,
  critical,
  compact,
}: {
  node: TraceNode;
  nodes: readonly TraceNode[];
  /** What the axis shows. */
  span: TimeWindowUs;
  critical: readonly CriticalSegment[] | undefined;
  compact: boolean;
}) {
  const widthUs = Math.max(span.toUs - span.fromUs, 0.001);
  const share = (us: number): number => Math.min(1, Math.max(0, (us - span.fromUs) / widthUs));
  const gap = compact ? LEAST_GAP.compact : LEAST_GAP.full;
  const [from, to] = [share(node.startUs), share(node.endUs)];
  if (node.placeholder === "no-span") return <Dots node={node} span={span} gap={gap} />;
  if (node.endUs < span.fromUs || node.startUs > span.toUs) return <Outside before={node.endUs < span.fromUs} />;
  const children = node.children.flatMap((child) => nodes[child] ?? []);
  const pieces = node.row ? selfPieces(node, children, widthUs * LEAST_PIECE) : [];
  return (
    <>
      <span
        className={clsx(
          "absolute inset-y-[7px] min-w-0.5 rounded-[2px]",
          node.placeholder ? "border border-dashed border-warning-line" : node.failed ? "bg-error/30" : "bg-bar/45",
          node.isAsync && "border border-dashed border-line-strong",
        )}
        style={place(from, to)}
      />
      {pieces.map((piece) => (
        <span
          key={piece.startUs}
          className={clsx(
            "absolute inset-y-[7px] min-w-px rounded-[2px]",
            !node.failed ? "bg-bar" : node.failedBelow > 1 ? "bg-error/60" : "bg-error",
          )}
          style={place(share(piece.startUs), share(piece.endUs))}
        />
      ))}
      {critical?.map((piece) => (
        <span
          key={piece.fromUs}
          data-critical
          className="absolute bottom-[3px] h-0.5 min-w-px bg-text"
          style={place(share(piece.fromUs), share(piece.toUs))}
        />
      ))}
      <Label
        from={from}
        to={to}
        room={compact ? 0.3 : 0.12}
        gapPx={node.records.length > 0 ? 14 : 4}
        text={node.row ? formatMicros(node.endUs - node.startUs) : "unknown"}
      />
      <Dots node={node} span={span} gap={gap} />
    </>
  );
}

/** Beside the bar where there is room: behind it, before it, or on its end. `room`: the share of the axis it needs. */
function Label({
  from,
  to,
  room,
  gapPx,
  text,
}: {
  from: number;
  to: number;
  room: number;
  gapPx: number;
  text: string;
}) {
  const where = to < 1 - room ? "behind" : from > room ? "before" : "on";
  const style = {
    behind: { left: percent(to), paddingLeft: gapPx },
    before: { right: percent(1 - from), paddingRight: gapPx },
    on: { right: 4 },
  }[where];
  return (
    <span
      className={clsx(
        "pointer-events-none absolute inset-y-0 flex items-center font-mono text-[11px] whitespace-nowrap",
        where === "on" ? "text-text" : "text-muted",
      )}
      style={style}
    >
      <span className={clsx(where === "on" && "rounded-[2px] bg-bg/85 px-1 leading-[14px]")}>{text}</span>
    </span>
  );
}

/** Logs are rings, errors are crosses; a count stands in a ring that holds several. */
function Dots({ node, span, gap }: { node: TraceNode; span: TimeWindowUs; gap: number }) {
  if (node.records.length === 0) return null;
  return clusterRecords(node.records, span, gap).map((cluster) => (
    <span
      key={cluster.at}
      title={`${cluster.count.toLocaleString("en")} ${cluster.count === 1 ? "record" : "records"}${cluster.failed ? ", with an error" : ""}`}
      data-records={cluster.count}
      className={clsx(
        "absolute top-1/2 flex h-3 min-w-3 -translate-1/2 items-center justify-center rounded-full border bg-bg px-px font-mono text-[9px] leading-none",
        cluster.failed ? "border-error text-error" : "border-line-strong text-muted",
      )}
      style={{ left: `clamp(7px, ${percent(cluster.at)}, calc(100% - 8px))` }}
    >
      {cluster.failed ? "✕" : ""}
      {cluster.count > 1 ? Math.min(99, cluster.count) : ""}
    </span>
  ));
}

function Outside({ before }: { before: boolean }) {
  return (
    <span className={clsx("absolute inset-y-0 text-small text-muted", before ? "left-0" : "right-0")}>
      <span aria-hidden="true">{before ? "‹" : "›"}</span>
      <span className="sr-only">{before ? "before the part shown" : "after the part shown"}</span>
    </span>
  );
}

function place(from: number, to: number) {
  return { left: percent(from), width: percent(Math.max(0, to - from)) };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
