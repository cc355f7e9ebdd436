/** The audit trail as its page reads it. Every reading is recorded, so nothing is fetched again without being asked. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { AuditPageView, WhoSawView, type WhoSawWish } from "@/lib/contract/audit";
import { callApi, jsonRequest } from "./call-api";

const ONCE = { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

export interface AuditFilters {
  readonly actor: string;
  readonly action: string;
  readonly incident: string;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
}

/** Newest first; each further page is asked for by hand. */
export function auditQuery(filters: AuditFilters) {
  return infiniteQueryOptions({
    queryKey: ["audit", filters],
    initialPageParam: "",
    queryFn: async ({ signal, pageParam }) => {
      const parameters = Object.entries({ ...filters, cursor: pageParam }).filter(([, value]) => value !== "");
      return AuditPageView.parse(
        await callApi(`/api/v1/audit?${new URLSearchParams(parameters).toString()}`, { signal }),
      );
    },
    getNextPageParam: ({ next }) => next,
    ...ONCE,
  });
}

export function whoSawQuery(wish: WhoSawWish) {
  return queryOptions({
    queryKey: ["audit-who", wish],
    enabled: wish.subject !== "",
    queryFn: () => askWhoSaw(wish),
    ...ONCE,
  });
}

/** `subject` of the answer may stand in an address, that of the wish may not. */
export async function askWhoSaw(wish: WhoSawWish): Promise<WhoSawView> {
  return WhoSawView.parse(await callApi("/api/v1/audit/who", jsonRequest("POST", wish)));
}
