"use client";

/** One trace: waterfall and service path. Everything is made in the browser from the rows that are here. */
import { useDeferredValue, useMemo, useState, type ReactNode } from "react";
import type { DisplayZone } from "@/lib/client/format-instant";
import { ToggleChip } from "../ui/toggle-chip";
import { useMediaQuery } from "../ui/use-media-query";
import { criticalPath } from "./critical-path";
import type { PreparedTrace } from "./prepare-trace";
import type { TraceClock } from "./read-trace";
import type { TimeWindowUs } from "./ruler-ticks";
import { searchSpans, stepMatch } from "./search-spans";
import { ServicePathTable } from "./service-path-table";
import { TimeRuler } from "./time-ruler";
import { TraceBanners, TraceFacts } from "./trace-head";
import { traceKeys } from "./trace-keys";
import type { TraceLoss } from "./trace-loss";
import { TraceMinimap } from "./trace-minimap";
import { TraceSearch } from "./trace-search";
import { TraceTree } from "./trace-tree";
import { useTraceTree } from "./use-trace-tree";
import { ancestorsOf } from "./visible-items";

export interface TraceViewProps {
  readonly trace: PreparedTrace;
  readonly loss: TraceLoss;
  /** Sources still answer. */
  readonly streaming: boolean;
  readonly zone: DisplayZone;
  readonly clock: TraceClock;
  /** Inside a panel: fewer words, a bounded height. */
  readonly compact: boolean;
  /** The row the page shows; the cursor follows it. */
  readonly selectedId: string;
  readonly onOpen: (id: string) => void;
  /** Buttons at the end of the first line. */
  readonly aside?: ReactNode;
}

export function TraceView({ trace, loss, streaming, zone, clock, compact, selectedId, onOpen, aside }: TraceViewProps) {
  const [form, setForm] = useState<"waterfall" | "services">("waterfall");
  const [zoom, setZoom] = useState<TimeWindowUs | null>(null);
  const [text, setText] = useState("");
  const narrow = useMediaQuery("(max-width: 640px)");
  const searched = useDeferredValue(text);
  const path = useMemo(() => criticalPath(trace.nodes), [trace]);
  const matches = useMemo(() => searchSpans(trace.nodes, searched), [trace, searched]);
  const matchSet = useMemo(() => new Set(matches), [matches]);
  const tree = useTraceTree(trace, selectedId);
  const span = useMemo(() => zoom ?? { fromUs: 0, toUs: trace.durationUs }, [zoom, trace.durationUs]);
  const cursorNode = tree.cursor?.node ?? -1;

  const reveal = (index: number | undefined): void => {
    const node = trace.nodes[index ?? -1];
    if (node && index !== undefined)
      tree.dispatch({ type: "reveal", id: node.id, above: ancestorsOf(trace.nodes, index) });
  };
  const step = (direction: 1 | -1): void => {
    reveal(stepMatch(matches, cursorNode, direction));
  };
  const keys = traceKeys(trace, tree, {
    onOpen,
    onMatch: step,
    onZoom: (to) => {
      setZoom(to === "all" ? null : around(trace, cursorNode));
    },
  });
  const whole = !streaming && trace.missingParents === 0 && loss.leftOut === 0 && loss.partial.length === 0;
  const shown = tree.items.reduce((n, item) => n + (!item.record && trace.nodes[item.node]?.row ? 1 : 0), 0);
  return (
    <section
      aria-label={`Trace ${trace.traceId}`}
      tabIndex={-1}
      className={compact ? "[--trace-name:55%] border-y border-line" : "flex min-h-0 flex-1 flex-col"}
      onKeyDown={(event) => {
        if (event.key === "Escape" && zoom && !event.defaultPrevented) {
          event.preventDefault();
          setZoom(null);
        } else keys.onViewKey(event);
      }}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-2 py-1">
        <TraceFacts whole={whole} trace={trace} shown={shown} zone={zone} clock={clock} compact={compact} />
        <span className="ml-auto flex flex-wrap items-center gap-1">
          {form === "waterfall" && (
            <TraceSearch text={text} matches={matches} cursorNode={cursorNode} onText={setText} onStep={step} />
          )}
          <ToggleChip
            on={form === "waterfall"}
            label="Spans over time"
            onToggle={() => {
              setForm("waterfall");
            }}
          >
            Waterfall
          </ToggleChip>
          <ToggleChip
            on={form === "services"}
            label="Calls between services"
            onToggle={() => {
              setForm("services");
            }}
          >
            Service path
          </ToggleChip>
          {aside}
        </span>
      </div>
      <TraceBanners trace={trace} loss={loss} streaming={streaming} />
      {form === "services" ? (
        <ServicePathTable
          trace={trace}
          onPick={(node) => {
            setForm("waterfall");
            reveal(node);
          }}
        />
      ) : (
        <>
          <TraceMinimap trace={trace} zoom={zoom} compact={compact} onZoom={setZoom} />
          <TimeRuler span={span} most={compact || narrow ? 3 : 8} />
          <TraceTree
            trace={trace}
            tree={tree}
            path={path}
            span={span}
            matches={matchSet}
            compact={compact}
            narrow={narrow}
            onOpen={onOpen}
            onKeyDown={keys.onTreeKey}
          />
          {!compact && <Legend root={trace.nodes[path?.root ?? -1]?.row?.title} />}
        </>
      )}
    </section>
  );
}

function Legend({ root }: { root: string | undefined }) {
  return (
    <p className="flex flex-wrap gap-x-4 border-t border-line px-3 py-1 text-small text-muted">
      <span>
        <span className="mr-1 inline-block h-2.5 w-5 rounded-[2px] bg-bar" />
        works itself
      </span>
      <span>
        <span className="mr-1 inline-block h-2.5 w-5 rounded-[2px] bg-bar/45" />
        waits for others
      </span>
      <span className="min-w-0 truncate">
        <span className="mr-1 mb-1 inline-block h-0.5 w-5 bg-text" />
        critical path{root !== undefined && ` of ${root}`}
      </span>
      <span className="ml-auto">← → fold · p o all · l logs · z 0 zoom · n N matches</span>
    </p>
  );
}

/** A span with a little room to each side. */
function around(trace: PreparedTrace, index: number): TimeWindowUs | null {
  const node = trace.nodes[index];
  if (!node) return null;
  const marginUs = Math.max((node.endUs - node.startUs) * 0.05, trace.durationUs / 10_000);
  const [fromUs, toUs] = [Math.max(0, node.startUs - marginUs), Math.min(trace.durationUs, node.endUs + marginUs)];
  return toUs > fromUs ? { fromUs, toUs } : null;
}
