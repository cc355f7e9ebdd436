/** What a row's clock is worth, as one sign and one sentence. Pure. */
import { formatDuration } from "@/lib/client/format-duration";
import type { EventView } from "@/lib/contract/event-view";
import type { TimeBasis } from "./row-time";

export interface ClockMark {
  readonly sign: "△" | "!" | "↳" | "?";
  readonly words: string;
  readonly isWarning: boolean;
}

/** The gravest thing only; the side panel says all of it. Undefined for a clock that agrees with the others. */
export function clockMark(row: EventView, basis: TimeBasis): ClockMark | undefined {
  if (basis === "arrival" && row.observedAt === undefined) {
    return { sign: "?", words: "arrival was not recorded: stands where it happened", isWarning: false };
  }
  if (basis === "arrival") return undefined;
  if (row.clock?.state === "uncorrectable") return { sign: "!", words: clockWords(row.clock), isWarning: true };
  if (basis === "corrected" && row.causal) return { sign: "↳", words: "placed after its cause", isWarning: false };
  if (!row.clock) return undefined;
  const words = clockWords(row.clock);
  return { sign: "△", words: basis === "raw" ? `shown as recorded: ${words}` : words, isWarning: false };
}

/** `clock of its host is 2.1 s behind; corrected from 14 call pairs`. */
export function clockWords({ state, offsetNs, pairs }: NonNullable<EventView["clock"]>): string {
  const from = `${String(pairs)} call ${pairs === 1 ? "pair" : "pairs"}`;
  if (state === "uncorrectable") return `clock of its host disagrees with the others and cannot be put right (${from})`;
  const added = BigInt(offsetNs);
  const distance = formatDuration(added < 0n ? -added : added);
  return `clock of its host is ${distance} ${added < 0n ? "ahead" : "behind"}; corrected from ${from}`;
}
