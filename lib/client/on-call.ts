/** People who are paged and files of an on-call tool, as admins see and change them. */
import { queryOptions } from "@tanstack/react-query";
import { ImportResult, type ImportKind } from "@/lib/contract/on-call";
import { OnCallOverview, type NewZone, type ResponderChange } from "@/lib/contract/on-call-admin";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/on-call";
const pathOf = (id: string): string => `${PATH}/responders/${encodeURIComponent(id)}`;

export const onCallQuery = queryOptions({
  queryKey: ["on-call"],
  queryFn: async ({ signal }) => OnCallOverview.parse(await callApi(PATH, { signal })),
});

export interface ImportFile {
  readonly what: ImportKind;
  /** Name of the hook; empty for a tool without one. */
  readonly hook: string;
  readonly text: string;
  readonly check: boolean;
}

export async function importOnCallFile({ what, hook, text, check }: ImportFile): Promise<ImportResult> {
  const asked = new URLSearchParams({ what, ...(hook !== "" && { source: hook }), ...(check && { check: "1" }) });
  const init = { method: "POST", body: text, headers: { "content-type": "text/csv" } };
  return ImportResult.parse(await callApi(`${PATH}/import?${asked.toString()}`, init));
}

export async function changeResponder({ id, change }: { id: string; change: ResponderChange }): Promise<void> {
  await callApi(pathOf(id), jsonRequest("PATCH", change));
}

export async function putZone({ id, zone }: { id: string; zone: NewZone }): Promise<void> {
  await callApi(`${pathOf(id)}/zones`, jsonRequest("PUT", zone));
}

export async function removeZone({ id, from }: { id: string; from: string }): Promise<void> {
  await callApi(`${pathOf(id)}/zones?${new URLSearchParams({ from }).toString()}`, { method: "DELETE" });
}
