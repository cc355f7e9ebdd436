"use client";

/** Opens the timeline of one key in the chosen range and remembers the search for this tab. */
import { useRouter } from "next/navigation";
import { useState } from "react";
import { failureText } from "@/lib/client/call-api";
import { keyForAddress } from "@/lib/client/key-for-address";
import { rememberSearch, type RecentSearch } from "@/lib/client/preferences";
import { timelineHref } from "@/lib/client/timeline-href";
import type { KeyCandidate } from "@/lib/contract/recognise-input";
import { useRange } from "./use-range";

export interface OpenTimeline {
  /** `onOpened` is called when the way there is free: until then the asker may still have to read why not. */
  readonly open: (search: KeyCandidate | RecentSearch, onOpened?: () => void) => void;
  /** Why the last one could not be opened. */
  readonly failure: string | undefined;
}

export function useOpenTimeline(): OpenTimeline {
  const router = useRouter();
  const { from, to } = useRange().range;
  const [failure, setFailure] = useState<string>();
  const go = (search: RecentSearch, onOpened?: () => void) => {
    onOpened?.();
    rememberSearch(search);
    router.push(timelineHref({ keys: [search.key], from, to }));
  };
  return {
    failure,
    open(search, onOpened) {
      setFailure(undefined);
      if ("key" in search) return go(search, onOpened);
      keyForAddress(search).then(
        (key) => {
          // The label is kept by the tab: it names the person no more than the address does.
          go({ key, label: search.opaque ? key.slice(key.indexOf(":") + 1) : search.label }, onOpened);
        },
        (error: unknown) => {
          setFailure(failureText(error instanceof Error ? error : new Error("unknown")));
        },
      );
    },
  };
}
