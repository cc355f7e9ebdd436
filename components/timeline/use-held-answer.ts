"use client";

/** The fresh answer once it is whole; until then the earlier answer to the same question, so that nothing goes blank. */
import { useEffect, useLayoutEffect, useMemo, useState, type RefObject } from "react";
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import type { AnswerMemory } from "./answer-memory";

export interface HeldAnswer {
  readonly snapshot: TimelineSnapshot;
  /** The rows are those of the earlier answer. */
  readonly isEarlier: boolean;
}

export function useHeldAnswer(
  fresh: TimelineSnapshot,
  question: TimelineQuestion,
  memory: AnswerMemory,
  scroller: RefObject<HTMLElement | null>,
): HeldAnswer {
  const [held] = useState(() => memory.answerTo(question));
  // A live answer never ends; it is whole when it has been counted.
  const isWhole = fresh.ended !== undefined || fresh.stats !== undefined;
  useEffect(() => {
    // The page's memory, outside React: it must outlive this view and must not redraw it.
    if (isWhole) memory.keep(question, fresh);
  }, [isWhole, fresh, question, memory]);
  useLayoutEffect(() => {
    // Scrolling: the view is new, its rows are not.
    if (held) scroller.current?.scrollTo({ top: memory.scroll() });
  }, [held, memory, scroller]);
  useEffect(() => {
    // Scrolling: the place is kept for the view that comes after this one.
    const box = scroller.current;
    if (!box) return;
    const keep = (): void => {
      memory.keepScroll(box.scrollTop);
    };
    box.addEventListener("scroll", keep, { passive: true });
    return () => {
      box.removeEventListener("scroll", keep);
    };
  }, [memory, scroller]);
  return useMemo(() => {
    if (isWhole || !held) return { snapshot: fresh, isEarlier: false };
    return { snapshot: { ...held, sources: fresh.sources, live: fresh.live, ended: undefined }, isEarlier: true };
  }, [isWhole, held, fresh]);
}
