"use client";

/** One question's stream for as long as its component lives: mount again (by `key`) to ask again. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { browserFollowTools } from "@/lib/client/browser-follow-tools";
import { followStream } from "@/lib/client/follow-stream";
import { TimelineStore, type TimelineSnapshot } from "@/lib/client/timeline-store";
import { streamTimeline, type TimelineQuestion } from "@/lib/client/timeline-stream";
import { useLive } from "./use-live";

const EMPTY = new TimelineStore(() => undefined).getSnapshot();

export function useTimeline(question: TimelineQuestion): TimelineSnapshot {
  const [store] = useState(() => new TimelineStore(soon));
  const [first] = useState(question);
  const { isOn } = useLive(first);
  useEffect(() => {
    // The network. Leaving the page ends the request, and with it the queries behind it.
    const controller = new AbortController();
    if (isOn) void followStream(first, store, controller.signal, browserFollowTools);
    else if (store.hasEnded()) store.unfollow();
    else {
      store.connect(false);
      void streamTimeline(first, store, controller.signal);
    }
    return () => {
      controller.abort();
    };
  }, [first, store, isOn]);
  return useSyncExternalStore(store.subscribe, store.getSnapshot, () => EMPTY);
}

/** Frames come in bursts: one redraw each 50 ms is smooth, and works in a hidden tab where animation frames stop. */
function soon(flush: () => void): void {
  setTimeout(flush, 50);
}
