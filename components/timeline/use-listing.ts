"use client";

/** What the list shows of the rows that are here, from the view state in the URL. */
import { useMemo } from "react";
import type { EventView } from "@/lib/contract/event-view";
import { prepareList, type RowListing } from "./prepare-list";
import type { TimeBasis } from "./row-time";
import { OPEN_ALL, type TimelineUrlState } from "./url-state";

export function useListing(rows: readonly EventView[], state: TimelineUrlState): RowListing {
  const { q, actors, sources, service, errors, zoom, open } = state;
  const basis = timeBasis(state);
  // Only a further record opens anything by being selected: the cursor may move without a new list.
  const selectedPart = useMemo(
    () => rows.find((row) => row.id === state.row && row.partOf !== undefined)?.id ?? "",
    [rows, state.row],
  );
  return useMemo(
    () =>
      prepareList(rows, {
        filter: { text: q, actors, sources, service, errorsOnly: errors, zoom, basis },
        open: new Set(open),
        openAll: open.includes(OPEN_ALL),
        selectedId: selectedPart,
        basis,
      }),
    [rows, q, actors, sources, service, errors, zoom, open, selectedPart, basis],
  );
}

export function timeBasis({ raw, sort }: Pick<TimelineUrlState, "raw" | "sort">): TimeBasis {
  if (sort === "arrival") return "arrival";
  return raw ? "raw" : "corrected";
}

/** The `open` list with one row opened or closed: beside `all`, the ids are those that are closed. */
export function toggledOpen(open: readonly string[], id: string): string[] {
  return open.includes(id) ? open.filter((one) => one !== id) : [...open, id];
}

/** The `open` list with one row opened for sure. */
export function withOpened(open: readonly string[], id: string): string[] {
  return open.includes(id) === open.includes(OPEN_ALL) ? toggledOpen(open, id) : [...open];
}

/** Which choices of the filter row would change anything. */
export function viewChoices(rows: readonly EventView[]) {
  return {
    mayOpen: rows.some((row) => row.partOf !== undefined),
    mayBeRaw: rows.some((row) => row.clock?.state === "corrected" || row.causal === true),
    mayBeByArrival: rows.some((row) => row.observedAt !== undefined),
  };
}
