"use client";

/** What the alerts page filters by: all of it in the address, so that a link shows what its sender saw. */
import { parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { AlertFilter } from "@/lib/client/alerts";
import { useDebounced } from "../ui/use-debounced";

const text = parseAsString.withDefault("");
export const FILTERS = {
  from: parseAsString.withDefault("now-30d"),
  to: parseAsString.withDefault("now"),
  service: text,
  team: text,
  severity: text,
  source: text,
  route: text,
  state: text,
  judged: text,
  faults: text,
  q: text,
  /** The rule whose episodes are open. */
  rule: text,
  /** The episode beside the list. */
  episode: text,
};

/** The filters that are typed: what is asked and the address wait for a pause in typing, the fields do not. */
export const WORD_FILTERS = ["q", "service", "team", "severity"] as const;
export const TYPING_MS = 250;

export function useAlertFilters() {
  const [state, setState] = useQueryStates(FILTERS, { history: "replace", shallow: true });
  const { rule: _rule, episode: _episode, ...rest } = state;
  const typed = useDebounced(JSON.stringify(WORD_FILTERS.map((name) => [name, rest[name]])), TYPING_MS);
  const serialised = JSON.stringify({ ...rest, ...Object.fromEntries(JSON.parse(typed) as [string, string][]) });
  // One object for equal filters: it is part of what queries are remembered by.
  const filter = useMemo<AlertFilter>(() => JSON.parse(serialised) as AlertFilter, [serialised]);
  return { state, setState, filter };
}

export type AlertFilters = ReturnType<typeof useAlertFilters>;
