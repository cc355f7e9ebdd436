/** Connected sources as the admin page reads, tests and changes them. */
import { queryOptions } from "@tanstack/react-query";
import {
  SourceList,
  SourceProbe,
  SourceView,
  type SourceChange,
  type SourceDraft,
  type SourceTest,
} from "@/lib/contract/source";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/sources";

export const sourcesQuery = queryOptions({
  queryKey: ["sources"],
  queryFn: async ({ signal }) => SourceList.parse(await callApi(PATH, { signal })),
});

export async function createSource(draft: SourceDraft): Promise<SourceView> {
  return SourceView.parse(await callApi(PATH, jsonRequest("POST", draft)));
}

export async function changeSource(id: string, change: SourceChange): Promise<SourceView> {
  return SourceView.parse(await callApi(`${PATH}/${encodeURIComponent(id)}`, jsonRequest("PUT", change)));
}

export async function removeSource({ id, version }: { id: string; version: number }): Promise<void> {
  await callApi(`${PATH}/${encodeURIComponent(id)}?version=${String(version)}`, { method: "DELETE" });
}

export async function testSource(wish: SourceTest): Promise<SourceProbe> {
  return SourceProbe.parse(await callApi(`${PATH}/test`, jsonRequest("POST", wish)));
}

/** The address of one source on its page, of a new one (`null`), or of the page. */
export function sourcesHref(source?: string | null): string {
  if (source === null) return "/admin/sources?new=1";
  return source === undefined ? "/admin/sources" : `/admin/sources?source=${encodeURIComponent(source)}`;
}
