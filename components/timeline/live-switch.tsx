"use client";

/** Follows a running incident, and says how old what is shown is. Fixed widths: it changes every second. */
import clsx from "clsx";
import { useEffect, useState } from "react";
import { formatClock, nsOfMs } from "@/lib/client/format-instant";
import { zonePreference } from "@/lib/client/preferences";
import type { TimelineSnapshot } from "@/lib/client/timeline-store";
import type { TimelineQuestion } from "@/lib/client/timeline-stream";
import { ToggleChip } from "../ui/toggle-chip";
import { useHotkeys } from "../ui/use-hotkeys";
import { useStoredValue } from "../ui/use-stored-value";
import { useLive } from "./use-live";

/** Looks follow each other every two seconds; this much older is worth a warning. */
const OLD_S = 15;

export function LiveSwitch({ question, snapshot }: { question: TimelineQuestion; snapshot: TimelineSnapshot }) {
  const { isOn, isWanted, endedAtMs, toggle } = useLive(question);
  const zone = useStoredValue(zonePreference, "utc");
  const [asked, setAsked] = useState(isWanted);
  const press = (): void => {
    if (endedAtMs === undefined) toggle();
    else setAsked(!asked);
  };
  useHotkeys({ L: press });
  return (
    <span className="inline-flex items-center gap-2">
      {endedAtMs !== undefined && asked && (
        <span role="status" className="text-small text-muted">
          Live is off: this range ended at {formatClock(nsOfMs(endedAtMs), zone, 0)}. Choose one that ends now (d).
        </span>
      )}
      {isOn && <LiveNote snapshot={snapshot} />}
      <ToggleChip on={isOn} label="Follow what happens (L)" onToggle={press}>
        <span aria-hidden="true" className={clsx("mr-1", isOn ? "text-accent" : "text-muted")}>
          {isOn ? "●" : "○"}
        </span>
        Live
      </ToggleChip>
    </span>
  );
}

function LiveNote({ snapshot: { live, settledAtMs } }: { snapshot: TimelineSnapshot }) {
  const nowMs = useNow();
  const age = settledAtMs === undefined ? undefined : Math.max(0, Math.round((nowMs - settledAtMs) / 1000));
  const isOld = age !== undefined && age >= OLD_S;
  return (
    <span
      className={clsx("inline-flex gap-2 text-small", isOld || live === "reconnecting" ? "text-warning" : "text-muted")}
    >
      <span role="status">{LIVE_WORDS[live]}</span>
      <span className="inline-block min-w-[9em] text-right tabular-nums">{age !== undefined && ageWords(age)}</span>
    </span>
  );
}

const LIVE_WORDS: Readonly<Record<TimelineSnapshot["live"], string>> = {
  off: "",
  connecting: "Connecting…",
  following: "",
  reconnecting: "Reconnecting…",
  paused: "Paused",
};

/** `as of 2 s ago`; minutes from two minutes on. */
function ageWords(seconds: number): string {
  return seconds < 120 ? `as of ${String(seconds)} s ago` : `as of ${String(Math.floor(seconds / 60))} min ago`;
}

function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    // The clock: the age of what is shown grows while nothing arrives.
    const timer = setInterval(() => {
      setNowMs(Date.now());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return nowMs;
}
