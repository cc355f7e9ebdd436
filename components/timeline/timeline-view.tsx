"use client";

/** One question on screen: evidence first, then rows, then detail. Mounted anew for each question. */
import clsx from "clsx";
import { useMemo, useRef } from "react";
import { zonePreference } from "@/lib/client/preferences";
import { widenHref } from "@/lib/client/timeline-href";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import { useMediaQuery } from "../ui/use-media-query";
import { useStoredValue } from "../ui/use-stored-value";
import { ArrivalsContext } from "./arrivals-context";
import { EvidenceBar } from "./evidence-bar";
import type { RowLook } from "./event-row";
import { FilterRow } from "./filter-row";
import { filterRows } from "./filter-rows";
import { Findings } from "./findings";
import { GapPanel } from "./gap-panel";
import { KeysList } from "./keys-list";
import { Minimap } from "./minimap";
import { NewRowsPill } from "./new-rows-pill";
import { RowList } from "./row-list";
import { RowsState } from "./rows-state";
import { shownWindow } from "./shown-window";
import { SidePanel } from "./side-panel";
import { StoryHead } from "./story-head";
import { TimelineFooter } from "./timeline-footer";
import { TimelineHead } from "./timeline-head";
import { useTimelineUrlState } from "./url-state";
import { useTimeline } from "./use-timeline";
import { useTimelineKeys } from "./use-timeline-keys";

import { TraceOverlay } from "../trace/trace-overlay";
import { TraceSection } from "../trace/trace-section";
import { traceLoss } from "../trace/trace-loss";
import { usePreparedTrace } from "../trace/use-prepared-trace";
import { MetricStrip } from "../charts/metric-strip";

const DAY_MS = 86_400_000;

export function TimelineView({ question, onRetry }: { question: TimelineQuestion; onRetry: () => void }) {
  const snapshot = useTimeline(question);
  const [state, setState] = useTimelineUrlState();
  const zone = useStoredValue(zonePreference, "utc");
  const narrow = useMediaQuery("(max-width: 640px)");
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, query, ended } = snapshot;

  const filter = useMemo(
    () => ({
      text: state.q,
      actors: state.actors,
      sources: state.sources,
      errorsOnly: state.errors,
      zoom: state.zoom,
    }),
    [state.q, state.actors, state.sources, state.errors, state.zoom],
  );
  const visible = useMemo(() => filterRows(rows, filter), [rows, filter]);
  const story =
    (state.view ?? (query?.role === "support" || query?.role === "manager" ? "story" : "dense")) === "story";
  const windowMs = shownWindow(snapshot);
  const look = useMemo<RowLook>(
    () => ({
      zone,
      narrow,
      story,
      originNs: rows.find((row) => !row.context)?.happenedAtNs ?? rows[0]?.happenedAtNs ?? "0",
      withDay: Math.floor((windowMs?.fromMs ?? 0) / DAY_MS) !== Math.floor((windowMs?.toMs ?? 0) / DAY_MS),
    }),
    [zone, narrow, story, rows, windowMs?.fromMs, windowMs?.toMs],
  );
  const open = (id: string): void => void setState({ row: id, detail: true });
  const fullTrace = usePreparedTrace(rows, state.trace, "corrected");
  const traceProps = { zone, clock: "corrected", streaming: ended === undefined, onOpen: open } as const;
  useTimelineKeys({ rows: visible, state, setState, traceOpen: fullTrace !== undefined });

  const selected = state.detail ? rows.find((row) => row.id === state.row) : undefined;
  return (
    <div className="relative isolate flex h-full min-h-0">
      <div
        ref={scroller}
        inert={fullTrace !== undefined}
        className={clsx(
          "self-anchored overflow-y-auto",
          // Behind the trace the list keeps its place and its scroll.
          fullTrace ? "invisible absolute inset-0 -z-10" : "relative min-w-0 flex-1",
        )}
      >
        <TimelineHead question={question} snapshot={snapshot} story={story} setState={setState} />
        <EvidenceBar snapshot={snapshot} zone={zone} />
        {!story && (
          <GapPanel gaps={snapshot.gaps} ended={ended} unreadable={snapshot.unreadable} zone={zone} onRetry={onRetry} />
        )}
        {story ? <StoryHead snapshot={snapshot} onOpen={open} /> : <Findings snapshot={snapshot} onOpen={open} />}
        {story && <GapPanel gaps={[]} ended={ended} unreadable={snapshot.unreadable} zone={zone} onRetry={onRetry} />}
        {!story && <KeysList keys={snapshot.keys} widenHref={(key) => widenHref(question, key)} />}
        {!story && windowMs && <MetricStrip metrics={snapshot.metrics} zone={zone} {...windowMs} />}
        {windowMs && (
          <Minimap rows={rows} zoom={state.zoom} zone={zone} onZoom={(zoom) => void setState({ zoom })} {...windowMs} />
        )}
        <FilterRow
          state={state}
          setState={setState}
          count={`${visible.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows`}
        />
        <RowsState
          snapshot={snapshot}
          visibleCount={visible.length}
          zone={zone}
          setState={setState}
          onRetry={onRetry}
        />
        {visible.length > 0 && (
          <ArrivalsContext value={snapshot.arrivals}>
            <RowList
              key={rowListKey(look)}
              rows={visible}
              look={look}
              selectedId={state.row}
              detailOpen={state.detail}
              onOpen={open}
              scroller={scroller}
            />
          </ArrivalsContext>
        )}
        <NewRowsPill rows={visible} arrivals={snapshot.arrivals} scroller={scroller} />
        <TimelineFooter snapshot={snapshot} visibleCount={visible.length} />
      </div>
      {fullTrace && (
        <TraceOverlay
          key={state.trace}
          {...traceProps}
          trace={fullTrace}
          loss={traceLoss(snapshot.gaps, state.trace)}
          selectedId={state.row}
          onClose={() => void setState({ trace: "" })}
        />
      )}
      {selected && (
        <SidePanel
          row={selected}
          zone={zone}
          onOpen={open}
          onClose={() => void setState({ detail: false })}
          trace={
            !fullTrace && (
              <TraceSection
                {...traceProps}
                row={selected}
                rows={rows}
                gaps={snapshot.gaps}
                onFullScreen={(trace) => void setState({ trace, detail: false })}
              />
            )
          }
        />
      )}
    </div>
  );
}

/** Row height is fixed per list: another height is another list. */
function rowListKey(look: RowLook): string {
  return `${look.story ? "story" : "dense"}-${look.narrow ? "narrow" : "wide"}`;
}
