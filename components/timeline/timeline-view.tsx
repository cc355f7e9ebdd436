"use client";

/** One question on screen: evidence first, then rows, then detail. Mounted anew for each question. */
import clsx from "clsx";
import { useRouter } from "next/navigation";
import { useMemo, useRef, useState } from "react";
import type { EventView } from "@/lib/contract/event-view";
import { openRegions, zonePreference } from "@/lib/client/preferences";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import { Disclosure } from "../ui/disclosure";
import { useMediaQuery } from "../ui/use-media-query";
import { useStoredValue } from "../ui/use-stored-value";
import type { AnswerMemory } from "./answer-memory";
import { hrefWithMore, type More } from "./ask-for-more";
import { ArrivalsContext } from "./arrivals-context";
import { ComparisonPanel } from "./comparison-panel";
import { EvidenceBar } from "./evidence-bar";
import type { RowLook } from "./event-row";
import { FilterRow } from "./filter-row";
import { Findings } from "./findings";
import { GapPanel } from "./gap-panel";
import { KeysPanel } from "./keys-panel";
import { Minimap } from "./minimap";
import { PrintNote } from "./print-note";
import { NewRowsPill } from "./new-rows-pill";
import { RowList } from "./row-list";
import type { RowListing } from "./prepare-list";
import { rowTimeNs, type TimeBasis } from "./row-time";
import { RowsState } from "./rows-state";
import { ServiceMap } from "./service-map";
import { shownWindow } from "./shown-window";
import { SidePanel } from "./side-panel";
import { StoryHead } from "./story-head";
import { TimelineFooter } from "./timeline-footer";
import { TimelineHead } from "./timeline-head";
import { UnlinkDialog } from "./unlink-dialog";
import { unlinkingOf, type UnlinkWish } from "./unlinking";
import { useTimelineUrlState } from "./url-state";
import { RevealMarks } from "./reveal-marks";
import { useRevealing } from "./use-revealing";
import { useHeldAnswer } from "./use-held-answer";
import { timeBasis, toggledOpen, useListing, viewChoices, withOpened } from "./use-listing";
import { useTimeline } from "./use-timeline";
import { useTimelineKeys } from "./use-timeline-keys";

import { TraceOverlay } from "../trace/trace-overlay";
import { TraceSection } from "../trace/trace-section";
import { traceLoss } from "../trace/trace-loss";
import { usePreparedTrace } from "../trace/use-prepared-trace";
import { MetricStrip } from "../charts/metric-strip";

const DAY_MS = 86_400_000;

export function TimelineView({
  question,
  memory,
  onRetry,
  onStandingChanged,
}: {
  question: TimelineQuestion;
  /** The answer before this one, where there was one. */
  memory: AnswerMemory;
  onRetry: () => void;
  /** The reader may see more or less than before: asks again, and keeps nothing meanwhile. */
  onStandingChanged: () => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const { snapshot, isEarlier } = useHeldAnswer(useTimeline(question), question, memory, scroller);
  const [state, setState] = useTimelineUrlState();
  const router = useRouter();
  const zone = useStoredValue(zonePreference, "utc");
  const narrow = useMediaQuery("(max-width: 640px)");
  const { rows, query, ended } = snapshot;
  const basis = timeBasis(state);
  const listing = useListing(rows, state);
  const { items } = listing;
  const shownRows = useMemo(() => items.map(({ row }) => row), [items]);
  const choices = useMemo(() => viewChoices(rows), [rows]);
  // Who reads no trace ids reads what happened as a story.
  const story = (state.view ?? (query?.hidden.includes("telemetry-id") ? "story" : "dense")) === "story";
  const windowMs = shownWindow(snapshot);
  const look = useMemo<RowLook>(
    () => ({
      zone,
      narrow,
      story,
      basis,
      originNs: originNs(rows, basis),
      withDay: Math.floor((windowMs?.fromMs ?? 0) / DAY_MS) !== Math.floor((windowMs?.toMs ?? 0) / DAY_MS),
    }),
    [zone, narrow, story, basis, rows, windowMs?.fromMs, windowMs?.toMs],
  );
  const open = (id: string): void => {
    const head = rows.find((row) => row.id === id)?.partOf;
    void setState((old) => ({
      row: id,
      detail: true,
      open: head === undefined ? old.open : withOpened(old.open, head),
    }));
  };
  const toggle = (id: string): void => {
    // A selected part keeps its row open: closing that row moves the cursor out to it.
    const isInside = rows.some((row) => row.id === state.row && row.partOf === id);
    void setState((old) => ({ open: toggledOpen(old.open, id), row: isInside ? id : old.row }));
  };
  // Its keys and times are the link's.
  const isShared = question.shared !== undefined;
  const askForMore = (more: More): void => {
    // A token belongs to the exact window it was given for; anything else may go on following a moving one.
    const { search, pathname } = window.location;
    const pinned = more.continuation === undefined || isShared ? undefined : query;
    router.push(hrefWithMore(search, more, pinned, pathname), { scroll: false });
  };
  const gapPanel = {
    ended,
    unreadable: snapshot.unreadable,
    zone,
    onRetry,
    onContinue: (continuation: string): void => {
      askForMore({ continuation });
    },
  };
  const [wish, setWish] = useState<UnlinkWish>();
  const unlinking = useMemo(() => unlinkingOf(snapshot, question, setWish), [snapshot, question]);
  const revealing = useRevealing(question, query, onStandingChanged);
  const traceClock = basis === "raw" ? "raw" : "corrected";
  const fullTrace = usePreparedTrace(rows, state.trace, traceClock);
  const traceProps = { zone, clock: traceClock, streaming: ended === undefined, onOpen: open } as const;
  useTimelineKeys({ items, state, setState, onToggle: toggle, traceOpen: fullTrace !== undefined });

  const selected = state.detail ? rows.find((row) => row.id === state.row) : undefined;
  return (
    <div className="relative isolate flex h-full min-h-0">
      <div
        ref={scroller}
        inert={fullTrace !== undefined}
        className={clsx(
          "self-anchored overflow-y-auto",
          // Behind the trace the list keeps its place and its scroll.
          fullTrace ? "invisible absolute inset-0 -z-10" : "relative min-w-0 flex-1 print:overflow-visible",
        )}
      >
        {revealing.banner}
        <TimelineHead question={question} snapshot={snapshot} story={story} setState={setState} />
        <EvidenceBar snapshot={snapshot} isEarlier={isEarlier} zone={zone} />
        {!story && <GapPanel gaps={snapshot.gaps} {...gapPanel} />}
        {story ? <StoryHead snapshot={snapshot} onOpen={open} /> : <Findings snapshot={snapshot} onOpen={open} />}
        {story && <GapPanel gaps={[]} {...gapPanel} />}
        <RevealMarks reveals={snapshot.reveals} zone={zone} />
        {!story && snapshot.findings.length > 0 && (
          <Disclosure
            name="Compare"
            stored={openRegions.comparison}
            line="this run beside healthy runs of the same workflow"
          >
            <ComparisonPanel question={question} onOpen={open} />
          </Disclosure>
        )}
        {!story && (
          <KeysPanel
            keys={snapshot.keys}
            edges={snapshot.edges}
            unlinks={snapshot.unlinks}
            unlinking={unlinking}
            onOpen={open}
            onWiden={
              isShared
                ? undefined
                : (widen) => {
                    askForMore({ widen });
                  }
            }
            onUndone={onRetry}
          />
        )}
        {!story && (
          <ServiceMap
            snapshot={snapshot}
            chosen={state.service}
            onChoose={(service) => void setState({ service: service === "" ? null : service })}
          />
        )}
        {!story && windowMs && (
          <MetricStrip
            metrics={snapshot.metrics}
            zone={zone}
            zoom={state.zoom}
            onZoom={(zoom) => void setState({ zoom })}
            {...windowMs}
          />
        )}
        {windowMs && (
          <Minimap
            rows={rows}
            zoom={state.zoom}
            zone={zone}
            basis={basis}
            onZoom={(zoom) => void setState({ zoom })}
            {...windowMs}
          />
        )}
        <FilterRow state={state} setState={setState} count={countWords(listing)} {...choices} />
        <RowsState snapshot={snapshot} visibleCount={items.length} zone={zone} setState={setState} onRetry={onRetry} />
        {items.length > 0 && (
          <ArrivalsContext value={snapshot.arrivals}>
            <div className="print:hidden">
              <RowList
                key={rowListKey(look)}
                items={items}
                look={look}
                selectedId={state.row}
                detailOpen={state.detail}
                onOpen={open}
                onToggle={toggle}
                scroller={scroller}
              />
            </div>
            <PrintNote rows={items.length} />
          </ArrivalsContext>
        )}
        <NewRowsPill rows={shownRows} arrivals={snapshot.arrivals} scroller={scroller} />
        <TimelineFooter snapshot={snapshot} listing={listing} />
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
          query={query}
          zone={zone}
          unlinking={unlinking}
          onReveal={revealing.onReveal}
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
      {revealing.dialog}
      {wish && (
        <UnlinkDialog
          wish={wish}
          askedKeys={question.keys}
          onDone={onRetry}
          onClose={() => {
            setWish(undefined);
          }}
        />
      )}
    </div>
  );
}

/** Offsets count from the first row of the question itself. */
function originNs(rows: readonly EventView[], basis: TimeBasis): string {
  const first = rows.find((row) => !row.context) ?? rows[0];
  return first ? rowTimeNs(first, basis) : "0";
}

/** `170 of 182 rows · 12 collapsed · 30 hidden`. */
function countWords({ shownHeads, heads, collapsed, hidden }: RowListing): string {
  const number = (count: number): string => count.toLocaleString("en");
  return `${number(shownHeads)} of ${number(heads)} rows · ${number(collapsed)} collapsed · ${number(hidden)} hidden`;
}

/** Row height is fixed per list: another height is another list. */
function rowListKey(look: RowLook): string {
  return `${look.story ? "story" : "dense"}-${look.narrow ? "narrow" : "wide"}`;
}
