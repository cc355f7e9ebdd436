/** How one row of an export reads: its time, its marks, its count. The same on paper, in a chat and in a terminal. Pure. */
import type { EventView } from "@/lib/contract/event-view";

export const ACTOR_MARK = { customer: "●", staff: "◆", service: "■", job: "▲", system: "○" } as const;
export const OUTCOME_MARK = { error: "✕", warning: "!", ok: "", unknown: "" } as const;

/** The instant that stands for the row: put right where its clock was wrong. */
export function shownTime({ clock, happenedAt }: EventView): string {
  return clock?.state === "corrected" ? clock.correctedAt : happenedAt;
}

/** △ corrected, ? cannot be corrected, nothing for a clock that agrees. */
export function clockSign({ clock }: EventView): string {
  if (!clock) return "";
  return clock.state === "corrected" ? "△" : "?";
}

/** `2026-11-23 10:14:03 UTC`. */
export function utcSecond(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}
