"use client";

/** What is open to the reader for now, how long still, and how to close it; and what waits for a second person. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { revealsQuery, takeRevealStep } from "@/lib/client/reveals";
import { Button } from "../ui/button";
import { Failure } from "../ui/failure";
import { classWords, timeLeft } from "./reveal-words";
import { useClock } from "./use-clock";

export function RevealBanner({
  askedKeys,
  onChange,
}: {
  /** The keys that the incident was asked by. */
  askedKeys: readonly string[];
  /** More or less is open than a moment ago: what is on screen has to be asked for again. */
  onChange: () => void;
}) {
  const query = revealsQuery(askedKeys);
  const reveals = useQuery(query);
  const queries = useQueryClient();
  const mine = (reveals.data?.reveals ?? []).filter((one) => one.mine);
  const nowMs = useClock(mine.some(({ state }) => state === "in-force"));
  const open = mine.filter(({ state }) => state === "in-force");
  const waiting = mine.filter(({ state }) => state === "waiting");
  // The server decides when it is over: the clock of this browser may be wrong.
  const isDue = open.some(({ expiresAt }) => expiresAt !== null && Date.parse(expiresAt) <= nowMs);
  useDue(isDue ? nowMs : undefined, () => {
    // Nobody can be asked: what is on screen goes all the same.
    void reveals.refetch().then(({ isError }) => {
      if (isError) onChange();
    });
  });
  useChange(reveals.data && open.map(({ id }) => id).join(" "), onChange);
  const end = useMutation({
    mutationFn: takeRevealStep,
    onSettled: () => queries.invalidateQueries({ queryKey: query.queryKey }),
  });
  if (open.length + waiting.length === 0) return null;
  return (
    <section aria-label="Reveals" className="sticky top-0 z-20 border-b-2 border-warning-line bg-panel px-3 py-1.5">
      {[...open, ...waiting].map((one) => (
        <p key={one.id} className="flex flex-wrap items-center gap-x-3">
          <span className="font-strong">
            <span aria-hidden="true">! </span>
            {one.state === "waiting"
              ? `Waits for a second person: ${classWords(one.fieldClass)} of this incident`
              : `You read ${classWords(one.fieldClass)} of this incident`}
          </span>
          {one.state === "waiting" ? (
            <span className="text-muted">ticket {one.ticket}; somebody answers within an hour, or it lapses</span>
          ) : (
            <>
              {/* Spoken once by the sentence before it, not every second. */}
              <span className="font-mono tabular-nums">{timeLeft(one.expiresAt ?? one.askedAt, nowMs)} left</span>
              <span className="text-muted">on record, ticket {one.ticket}; no export and no links meanwhile</span>
            </>
          )}
          <Button
            className="ml-auto h-6 text-small"
            disabled={end.isPending}
            onClick={() => {
              end.mutate({ id: one.id, step: "end" });
            }}
          >
            {one.state === "waiting" ? "Take back" : "End now"}
            <span className="sr-only"> {classWords(one.fieldClass)}</span>
          </Button>
        </p>
      ))}
      {end.error && <Failure error={end.error} />}
    </section>
  );
}

/** Calls once for every instant at which something is due. */
function useDue(atMs: number | undefined, onDue: () => void): void {
  const call = useEffectEvent(onDue);
  // Outside React: the clock, and the server behind it.
  useEffect(() => {
    if (atMs !== undefined) call();
  }, [atMs]);
}

/** Calls when `mark` becomes another; not for the first one. */
function useChange(mark: string | undefined, onChange: () => void): void {
  const last = useRef<string>(undefined);
  const call = useEffectEvent(onChange);
  // Outside React: the stream of the timeline, which is asked for anew.
  useEffect(() => {
    if (mark === undefined) return;
    if (last.current !== undefined && last.current !== mark) call();
    last.current = mark;
  }, [mark]);
}
