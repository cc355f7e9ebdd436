/** Uses a one-time link. */
import { SetupDone, type SetupForm } from "@/lib/contract/setup";
import { callApi, jsonRequest } from "./call-api";

/** The address to sign in with. */
export async function finishSetup(token: string, form: SetupForm): Promise<string> {
  const path = `/api/v1/setup/${encodeURIComponent(token)}`;
  return SetupDone.parse(await callApi(path, jsonRequest("POST", form))).email;
}
