/** Taking a row or an id out of the incident that is on screen, and putting it back. */
import { UnlinkCreated, type NewUnlink } from "@/lib/contract/unlink";
import { callApi, jsonRequest } from "./call-api";

/** Throws `CallFailed`. */
export async function createUnlink(wish: NewUnlink): Promise<void> {
  UnlinkCreated.parse(await callApi("/api/v1/unlinks", jsonRequest("POST", wish)));
}

/** Throws `CallFailed`. */
export async function undoUnlink(id: string): Promise<void> {
  await callApi(`/api/v1/unlinks/${encodeURIComponent(id)}`, { method: "DELETE" });
}
