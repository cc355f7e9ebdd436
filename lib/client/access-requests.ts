/** Wishes for standing access, one's own and, for admins, everybody's. */
import { queryOptions } from "@tanstack/react-query";
import { AccessRequestList, type AccessRequestAnswer, type NewAccessRequest } from "@/lib/contract/access-request";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/access-requests";
const pathOf = (id: string): string => `${PATH}/${encodeURIComponent(id)}`;

export const accessRequestsQuery = queryOptions({
  queryKey: ["access-requests"],
  queryFn: async ({ signal }) => AccessRequestList.parse(await callApi(PATH, { signal })),
});

export async function askForAccess(wish: NewAccessRequest): Promise<void> {
  await callApi(PATH, jsonRequest("POST", wish));
}

export async function answerAccessRequest({ id, ...answer }: AccessRequestAnswer & { id: string }): Promise<void> {
  await callApi(`${pathOf(id)}/answer`, jsonRequest("POST", answer));
}

export async function withdrawAccessRequest(id: string): Promise<void> {
  await callApi(`${pathOf(id)}/withdraw`, { method: "POST" });
}
