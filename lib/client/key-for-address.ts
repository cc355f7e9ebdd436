/** The key of a search as an address may name it. Ids of accounts and people get a stand-in first. */
import { StandInAnswer } from "@/lib/contract/stand-in";
import type { KeyCandidate } from "@/lib/contract/recognise-input";
import { callApi, jsonRequest } from "./call-api";

/** Throws `CallFailed`. */
export async function keyForAddress({ kind, value, opaque }: KeyCandidate): Promise<string> {
  const key = `${kind}:${value}`;
  if (opaque !== true) return key;
  return StandInAnswer.parse(await callApi("/api/v1/stand-ins", jsonRequest("POST", { key }))).key;
}
