"use client";

/** What the alerts page filters by: all of it in the address, so that a link shows what its sender saw. */
import { parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { AlertFilter } from "@/lib/client/alerts";

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

export function useAlertFilters() {
  const [state, setState] = useQueryStates(FILTERS, { history: "replace", shallow: true });
  const { rule: _rule, episode: _episode, ...rest } = state;
  const serialised = JSON.stringify(rest);
  // One object for equal filters: it is part of what queries are remembered by.
  const filter = useMemo<AlertFilter>(() => JSON.parse(serialised) as AlertFilter, [serialised]);
  return { state, setState, filter };
}

export type AlertFilters = ReturnType<typeof useAlertFilters>;
