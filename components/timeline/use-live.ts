"use client";

/** Whether the page follows what happens. The wish lives in the address; a range that has ended cannot be followed. */
import { useState } from "react";
import { createParser, useQueryState } from "nuqs";
import { parseInstant } from "@/lib/contract/parse-instant";
import { epochMs } from "@/lib/domain/epoch-ns";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";

const parseAsOne = createParser({
  parse: (text: string) => (text === "1" ? true : null),
  serialize: () => "1",
});

/** As much as the server allows an end to lie back. */
const SLACK_MS = 60_000;

export interface Live {
  readonly isOn: boolean;
  readonly isWanted: boolean;
  /** The end of the range, when it has passed: the reason why following is off. */
  readonly endedAtMs: number | undefined;
  readonly toggle: () => void;
}

export function useLive({ to }: TimelineQuestion): Live {
  const [wanted, setWanted] = useQueryState("live", { ...parseAsOne, history: "replace", shallow: true });
  const [endedAtMs] = useState(() => endOf(to, Date.now()));
  return {
    isOn: wanted === true && endedAtMs === undefined,
    isWanted: wanted === true,
    endedAtMs,
    toggle: () => void setWanted(wanted === true ? null : true),
  };
}

function endOf(to: string | null, nowMs: number): number | undefined {
  const ns = to === null ? undefined : parseInstant(to, nowMs);
  if (ns === undefined) return undefined;
  const ms = epochMs(ns);
  return ms < nowMs - SLACK_MS ? ms : undefined;
}
