"use client";

/** Everything that makes up the view lives in the URL, so that a link shows what its sender saw. */
import {
  createParser,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";

const parseAsZoom = createParser({
  parse(text: string) {
    const match = /^(\d{10,14})-(\d{10,14})$/.exec(text);
    const [fromMs, toMs] = [Number(match?.[1]), Number(match?.[2])];
    return fromMs < toMs ? { fromMs, toMs } : null;
  },
  serialize: (zoom) => `${String(zoom.fromMs)}-${String(zoom.toMs)}`,
  eq: (a, b) => a.fromMs === b.fromMs && a.toMs === b.toMs,
});

/** `raw=1`. */
const parseAsFlag = createParser({ parse: (text: string) => text === "1", serialize: (on) => (on ? "1" : "0") });

/** In `open`: the further records of every row but those named after it. */
export const OPEN_ALL = "all";

const PARAMETERS = {
  q: parseAsString.withDefault(""),
  actors: parseAsArrayOf(parseAsString).withDefault([]),
  sources: parseAsArrayOf(parseAsString).withDefault([]),
  service: parseAsString.withDefault(""),
  errors: parseAsBoolean.withDefault(false),
  /** What the sources wrote, without corrected clocks. */
  raw: parseAsFlag.withDefault(false),
  sort: parseAsStringLiteral(["arrival"]),
  zoom: parseAsZoom,
  /** The row under the cursor. */
  row: parseAsString.withDefault(""),
  /** Whether that row's detail is open. */
  detail: parseAsBoolean.withDefault(false),
  /** Rows whose further records are shown; after `all`, those whose are not. */
  open: parseAsArrayOf(parseAsString).withDefault([]),
  /** The trace shown in place of the list. */
  trace: parseAsString.withDefault(""),
  view: parseAsStringLiteral(["story", "dense"]),
};

/** View state; changes replace the history entry, so that back leaves the timeline and not the last keystroke. */
export function useTimelineUrlState() {
  return useQueryStates(PARAMETERS, { history: "replace", shallow: true });
}
export type TimelineUrlState = ReturnType<typeof useTimelineUrlState>[0];
export type SetTimelineUrlState = ReturnType<typeof useTimelineUrlState>[1];
