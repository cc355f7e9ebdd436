/** Hooks that alerts are sent to, as admins make, change and remove them. */
import { queryOptions } from "@tanstack/react-query";
import {
  AlertHookList,
  IssuedAlertHook,
  type AlertHookChange,
  type AlertHookRotation,
  type NewAlertHook,
} from "@/lib/contract/alert-hook";
import { callApi, jsonRequest } from "./call-api";

const PATH = "/api/v1/alert-hooks";
const pathOf = (id: string): string => `${PATH}/${encodeURIComponent(id)}`;

export const alertHooksQuery = queryOptions({
  queryKey: ["alert-hooks"],
  queryFn: async ({ signal }) => AlertHookList.parse(await callApi(PATH, { signal })),
});

export async function createAlertHook(draft: NewAlertHook): Promise<IssuedAlertHook> {
  return IssuedAlertHook.parse(await callApi(PATH, jsonRequest("POST", draft)));
}

export async function changeAlertHook({ id, change }: { id: string; change: AlertHookChange }): Promise<void> {
  await callApi(pathOf(id), jsonRequest("PATCH", change));
}

export async function rotateAlertHook({
  id,
  rotation,
}: {
  id: string;
  rotation: AlertHookRotation;
}): Promise<IssuedAlertHook> {
  return IssuedAlertHook.parse(await callApi(`${pathOf(id)}/rotate`, jsonRequest("POST", rotation)));
}

export async function removeAlertHook({ id, version }: { id: string; version: number }): Promise<void> {
  await callApi(`${pathOf(id)}?version=${String(version)}`, { method: "DELETE" });
}
