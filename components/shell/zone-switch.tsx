"use client";

/** UTC or the reader's own zone; always printed, never mixed. */
import { zonePreference } from "@/lib/client/preferences";
import { Button } from "../ui/button";
import { useStoredValue } from "../ui/use-stored-value";

export function ZoneSwitch() {
  const zone = useStoredValue(zonePreference, "utc");
  return (
    <Button
      look="plain"
      title={zone === "utc" ? "Show local time" : "Show UTC"}
      aria-label={`Times are shown in ${zone === "utc" ? "UTC" : "local time"}. Change.`}
      onClick={() => {
        zonePreference.set(zone === "utc" ? "local" : "utc");
      }}
    >
      {zone === "utc" ? "UTC" : "Local"}
    </Button>
  );
}
