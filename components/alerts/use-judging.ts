"use client";

/** Judging with undo: the verdict is sent at once, and the last one can be taken back. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { judge } from "@/lib/client/alerts";
import type { NewVerdict } from "@/lib/contract/alerts";
import type { VerdictKind } from "@/lib/domain/on-call";

export interface Judging {
  readonly judgeAll: (episodes: readonly string[], verdict: VerdictKind | null) => void;
  readonly busy: boolean;
  readonly error: Error | null;
  /** What was just done, and how to take it back; null before the first. */
  readonly last: { readonly episodes: readonly string[]; readonly verdict: VerdictKind | null } | null;
  readonly undo: () => void;
}

export function useJudging(via: NewVerdict["via"]): Judging {
  const queries = useQueryClient();
  const [last, setLast] = useState<Judging["last"]>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: judge,
    onSuccess: (_judged, { episodes, verdict }) => {
      setLast({ episodes, verdict });
    },
    onSettled: () =>
      Promise.all(
        ["alert-episodes", "alert-episode", "alert-rules"].map((name) =>
          queries.invalidateQueries({ queryKey: [name] }),
        ),
      ),
  });
  const judgeAll = (episodes: readonly string[], verdict: VerdictKind | null): void => {
    if (episodes.length > 0) mutate({ episodes: [...episodes], verdict, reason: "", note: "", via });
  };
  const undo = (): void => {
    if (last?.verdict != null) judgeAll(last.episodes, null);
  };
  return { judgeAll, busy: isPending, error, last, undo };
}
