"use client";

/** An ISO instant to the second in the reader's zone; the whole of it, with its zone, on hover. */
import { formatClock, formatDay, formatFull, nsOfMs, zoneName, type DisplayZone } from "@/lib/client/format-instant";
import { zonePreference } from "@/lib/client/preferences";
import { useStoredValue } from "../ui/use-stored-value";

export function InstantText({ iso }: { iso: string }) {
  const zone = useStoredValue(zonePreference, "utc");
  const ms = Date.parse(iso);
  const ns = nsOfMs(ms);
  return (
    <time dateTime={iso} title={formatFull(ns, zone)} className="font-mono whitespace-nowrap">
      {formatDay(ms, zone)} {formatClock(ns, zone, 0)}
    </time>
  );
}

/** For the head of a column of instants: offsets differ by day, so the local zone has no one name. */
export function zoneLabel(zone: DisplayZone): string {
  return zone === "utc" ? zoneName("utc", 0) : "local";
}
