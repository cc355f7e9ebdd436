"use client";

/** The chosen time range: `from` and `to` of the URL, as the API reads them. */
import { parseAsString, useQueryStates } from "nuqs";

const PARAMETERS = { from: parseAsString.withDefault("now-1h"), to: parseAsString.withDefault("now") };

/** A new range is a new question: it gets a history entry, and a zoom into the old range goes. */
export function useRange() {
  const [range, setRange] = useQueryStates(PARAMETERS, { history: "push", shallow: false });
  return { range, setRange };
}
