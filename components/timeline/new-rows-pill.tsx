"use client";

/**
 * Says how many new rows lie above and below what the reader sees, and takes them there. The reader who has scrolled to the
 * end is kept at the end; nobody else is moved.
 */
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { EventView } from "@/lib/contract/event-view";
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import { countNewRows, type NewRows, type VisibleRange } from "./count-new-rows";

const NONE: NewRows = { above: 0, below: 0, nearestAbove: -1, nearestBelow: -1 };
/** The footer under the list does not keep the reader from being at its end. */
const END_PX = 80;
/** A pointer that moved just now is about to press what it points at. */
const AIMING_MS = 2_000;
const ANNOUNCE_EVERY_MS = 10_000;

export function NewRowsPill({
  rows,
  arrivals,
  scroller,
}: {
  /** As the list shows them. */
  rows: readonly Pick<EventView, "id">[];
  arrivals: TimelineSnapshot["arrivals"];
  scroller: RefObject<HTMLElement | null>;
}) {
  const [fresh, setFresh] = useState(NONE);
  const seen = useRef(new Set<string>());
  const isAtEnd = useRef(false);
  const pointedAtMs = useRef(-AIMING_MS);

  const count = (): void => {
    const box = scroller.current;
    const range = box && arrivals.size > 0 ? visibleRange(box) : undefined;
    if (!range) return setFresh(NONE);
    for (let at = range.first; at <= range.last; at++) seen.current.add(rows[at]?.id ?? "");
    const unseen = new Set([...arrivals.keys()].filter((id) => !seen.current.has(id)));
    const next = countNewRows(rows, unseen, range);
    setFresh((old) => (sameCounts(old, next) ? old : next));
  };
  const latestCount = useRef(count);

  useLayoutEffect(() => {
    // Layout: after the list has drawn its rows and has kept the reader's place.
    latestCount.current = count;
    const box = scroller.current;
    const isAiming = performance.now() - pointedAtMs.current < AIMING_MS;
    if (box && arrivals.size > 0 && isAtEnd.current && !isAiming) box.scrollTo({ top: box.scrollHeight });
    const frame = requestAnimationFrame(() => {
      latestCount.current();
    });
    return () => {
      cancelAnimationFrame(frame);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each change of rows
  }, [rows, arrivals]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const scrolled = (): void => {
      isAtEnd.current = box.scrollTop > 0 && box.scrollHeight - box.scrollTop - box.clientHeight < END_PX;
      // The list draws what comes into sight in the next frame.
      requestAnimationFrame(() => {
        latestCount.current();
      });
    };
    const pointed = (event: Event): void => {
      pointedAtMs.current = event.timeStamp;
    };
    box.addEventListener("scroll", scrolled, { passive: true });
    box.addEventListener("pointermove", pointed, { passive: true });
    return () => {
      box.removeEventListener("scroll", scrolled);
      box.removeEventListener("pointermove", pointed);
    };
  }, [scroller]);

  const goTo = (index: number): void => {
    const box = scroller.current;
    const list = box && listOf(box);
    if (!box || !list || rows.length === 0) return;
    const rowTop = list.offsetTop + (list.offsetHeight / rows.length) * index;
    box.scrollTo({ top: rowTop - box.clientHeight / 3 });
  };
  return (
    <div className="pointer-events-none sticky bottom-4 z-20 flex h-0 items-end justify-center gap-2">
      {fresh.above > 0 && <Pill count={fresh.above} side="above" onPress={() => goTo(fresh.nearestAbove)} />}
      {fresh.below > 0 && <Pill count={fresh.below} side="below" onPress={() => goTo(fresh.nearestBelow)} />}
      <Announcement count={fresh.above + fresh.below} />
    </div>
  );
}

function Pill({ count, side, onPress }: { count: number; side: "above" | "below"; onPress: () => void }) {
  return (
    <button
      type="button"
      title={side === "below" ? "Show the new rows below (End shows the last row)" : "Show the new rows above"}
      onClick={onPress}
      className="pointer-events-auto h-7 rounded-full border border-accent bg-bg px-3 text-small shadow-md hover:bg-hover"
    >
      {count.toLocaleString("en")} new <span aria-hidden="true">{side === "below" ? "↓" : "↑"}</span>
      <span className="sr-only">{side}</span>
    </button>
  );
}

/** A screen reader that spoke every row of an incident could be used for nothing else. */
function Announcement({ count }: { count: number }) {
  const [spoken, setSpoken] = useState(0);
  const spokenAtMs = useRef(-ANNOUNCE_EVERY_MS);
  useEffect(() => {
    if (count === spoken) return;
    // The clock: at most one announcement in ten seconds, the last count in the end.
    const waitMs = Math.max(0, spokenAtMs.current + ANNOUNCE_EVERY_MS - performance.now());
    const timer = setTimeout(() => {
      spokenAtMs.current = performance.now();
      setSpoken(count);
    }, waitMs);
    return () => {
      clearTimeout(timer);
    };
  }, [count, spoken]);
  return (
    <span role="status" aria-live="polite" className="sr-only">
      {spoken > 0 && `${spoken.toLocaleString("en")} new ${spoken === 1 ? "row" : "rows"} out of sight`}
    </span>
  );
}

/** Read from what is drawn, so that it holds whatever the rows' heights are. Undefined while there is no list. */
function visibleRange(box: HTMLElement): VisibleRange | undefined {
  const list = listOf(box);
  if (!list) return undefined;
  const { top, bottom } = box.getBoundingClientRect();
  let [first, last] = [Number.POSITIVE_INFINITY, -1];
  for (const option of list.querySelectorAll('[role="option"]')) {
    const place = option.getBoundingClientRect();
    if (place.bottom <= top || place.top >= bottom) continue;
    const at = Number(option.getAttribute("aria-posinset")) - 1;
    [first, last] = [Math.min(first, at), Math.max(last, at)];
  }
  return last < 0 ? { first: 0, last: -1 } : { first, last };
}

function listOf(box: HTMLElement): HTMLElement | null {
  return box.querySelector<HTMLElement>('[role="listbox"]');
}

function sameCounts(a: NewRows, b: NewRows): boolean {
  return (
    a.above === b.above && a.below === b.below && a.nearestAbove === b.nearestAbove && a.nearestBelow === b.nearestBelow
  );
}
