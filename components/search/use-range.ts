"use client";

/** The chosen time range: `from` and `to` of the URL, as the API reads them. */
import { parseAsString, useQueryStates } from "nuqs";

const PARAMETERS = {
  from: parseAsString.withDefault("now-1h"),
  to: parseAsString.withDefault("now"),
  /** The timeline's own; here only to be cleared. */
  zoom: parseAsString,
};

/** A new range is a new question: it gets a history entry, and a zoom into the old range goes. */
export function useRange() {
  const [range, set] = useQueryStates(PARAMETERS, { history: "push", shallow: false });
  const setRange = (wanted: { readonly from: string; readonly to: string }) => set({ ...wanted, zoom: null });
  return { range, setRange };
}
