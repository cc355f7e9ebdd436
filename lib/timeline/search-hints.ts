/** What the search box may recognise here: the key rules of this installation, without their attribute names. */
import "server-only";
import { keyHints, type KeyHint } from "@/lib/contract/key-hint";
import { freshTimelineDeps } from "./timeline-deps";

export async function searchHints(): Promise<KeyHint[]> {
  const { reading } = await freshTimelineDeps();
  return keyHints(reading.keys.all.map(({ rule }) => rule));
}
