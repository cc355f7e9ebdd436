/** What the search box may recognise here: the key rules of this installation, without their attribute names. */
import "server-only";
import { configuration } from "@/lib/config/load-configuration";
import { keyHints, type KeyHint } from "@/lib/contract/key-hint";

export function searchHints(): KeyHint[] {
  return keyHints(configuration().keys);
}
