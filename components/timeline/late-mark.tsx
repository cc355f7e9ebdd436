"use client";

/** Beside a row that came after rows which happened later: whoever has read past this place has not seen it. */
import { useContext } from "react";
import { formatClock, nsOfMs, type DisplayZone } from "@/lib/client/format-instant";
import { ArrivalsContext } from "./arrivals-context";

export function LateMark({ id, zone }: { id: string; zone: DisplayZone }) {
  const arrival = useContext(ArrivalsContext).get(id);
  if (!arrival?.late) return null;
  const at = formatClock(nsOfMs(arrival.atMs), zone, 0);
  return (
    <span
      title={`Arrived at ${at}, after rows that happened later`}
      className="shrink-0 rounded-sm border border-line-strong px-1 text-small text-muted"
    >
      late
    </span>
  );
}
