/** The keys of the incident that a reveal is for, sealed: a second person agrees to what they can read. */
import "server-only";
import { z } from "zod";
import type { KeyId } from "@/lib/domain/correlation-key";
import type { StoredReveal } from "@/lib/domain/stored-reveal";
import { SealBrokenError, sealer } from "@/lib/platform/seal";

const Keys = z.array(z.string());

export function sealRevealKeys(revealId: string, keys: readonly KeyId[]): string {
  return keySealer().seal(JSON.stringify(keys), placeOf(revealId));
}

/** Undefined when they were not kept, or when the key that sealed them is gone: the list goes on. */
export function revealKeys({ id, askedKeys }: Pick<StoredReveal, "id" | "askedKeys">): readonly string[] | undefined {
  if (askedKeys === undefined) return undefined;
  try {
    return Keys.parse(JSON.parse(keySealer().unseal(askedKeys, placeOf(id))));
  } catch (error) {
    if (error instanceof SealBrokenError) return undefined;
    throw error;
  }
}

function keySealer() {
  return sealer("reveals.asked_keys");
}

function placeOf(id: string) {
  return { table: "reveals", id, column: "asked_keys" };
}
