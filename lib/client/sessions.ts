/** Where the signed-in person is signed in. */
import { queryOptions } from "@tanstack/react-query";
import { SessionList } from "@/lib/contract/session";
import { callApi } from "./call-api";

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async ({ signal }) => SessionList.parse(await callApi("/api/v1/sessions", { signal })).sessions,
});

export async function endSession(id: string): Promise<void> {
  await callApi(`/api/v1/sessions/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/** This browser too. */
export async function signOutEverywhere(): Promise<void> {
  await callApi("/api/v1/sessions", { method: "DELETE" });
}
