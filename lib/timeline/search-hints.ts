/** What the search box may recognise for somebody: the key rules of kinds they may ask by, without attribute names. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import { keyHints, type KeyHint } from "@/lib/contract/key-hint";
import { keyReaderFor } from "./key-reader";
import { freshTimelineDeps } from "./timeline-deps";

export async function searchHints(principal: Principal): Promise<KeyHint[]> {
  const deps = await freshTimelineDeps();
  const reader = await keyReaderFor(principal, deps);
  return keyHints(deps.reading.keys.all.map(({ rule }) => rule)).filter(({ kind }) => reader.asksBy(kind) === "value");
}
