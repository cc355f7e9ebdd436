"use client";

/** Opens the timeline of one key in the chosen range and remembers the search for this tab. */
import { useRouter } from "next/navigation";
import { rememberSearch, type RecentSearch } from "@/lib/client/preferences";
import { timelineHref } from "@/lib/client/timeline-href";
import type { KeyCandidate } from "@/lib/contract/recognise-input";
import { useRange } from "./use-range";

export function useOpenTimeline(): (search: KeyCandidate | RecentSearch) => void {
  const router = useRouter();
  const { from, to } = useRange().range;
  return (search) => {
    const key = "key" in search ? search.key : `${search.kind}:${search.value}`;
    rememberSearch({ key, label: search.label });
    router.push(timelineHref({ keys: [key], from, to }));
  };
}
