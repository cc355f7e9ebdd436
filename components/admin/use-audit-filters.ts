"use client";

/** The filters of the audit page live in the URL. Own names for the range: that of the search box is about timelines. */
import { parseAsString, useQueryStates } from "nuqs";
import type { AuditFilters } from "@/lib/client/audit";

const PARAMETERS = {
  actor: parseAsString.withDefault(""),
  action: parseAsString.withDefault(""),
  incident: parseAsString.withDefault(""),
  /** As the trail names it: never an id that somebody typed. */
  subject: parseAsString.withDefault(""),
  since: parseAsString.withDefault(""),
  until: parseAsString.withDefault(""),
};

export type SetAuditFilters = (change: Partial<AuditFilters>) => void;

export function useAuditFilters(): { filters: AuditFilters; setFilters: SetAuditFilters; clear: () => void } {
  const [{ since, until, ...rest }, set] = useQueryStates(PARAMETERS, { history: "push", shallow: true });
  return {
    filters: { ...rest, from: since, to: until },
    setFilters({ from, to, ...change }) {
      void set({ ...change, ...(from !== undefined && { since: from }), ...(to !== undefined && { until: to }) });
    },
    clear() {
      void set(null);
    },
  };
}
