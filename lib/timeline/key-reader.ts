/**
 * By which ids somebody may ask: by those that the role reads, as it reads them. Asking by a hidden id would be a way to
 * test guesses of it; so a kind that the role does not read is answered exactly like one that does not exist.
 */
import "server-only";
import { accessOf } from "@/lib/access/resolve-access";
import type { CorrelationKey, KeyKind } from "@/lib/domain/correlation-key";
import type { Principal } from "@/lib/domain/principal";
import { createRedactionContext, type RedactionContext } from "@/lib/redact/redaction-context";
import { resolveStandIn } from "./resolve-stand-in";
import type { TimelineDeps } from "./timeline-deps";

export interface KeyReader {
  /** `value`: as it is. `stand-in`: only by the stand-in that the role reads. `none`: as if the kind did not exist. */
  asksBy(kind: KeyKind): "value" | "stand-in" | "none";
  /** The key behind a stand-in that was given out; undefined for any other text. */
  resolve(key: CorrelationKey): Promise<CorrelationKey | undefined>;
}

export async function keyReaderFor(principal: Principal, deps: TimelineDeps): Promise<KeyReader> {
  return keyReaderOf(createRedactionContext(deps.redaction, await accessOf(principal, "", new Date())));
}

export function keyReaderOf(context: RedactionContext): KeyReader {
  return {
    asksBy(kind) {
      const treatment = context.base.treat(context.classOfKey(kind));
      // Who reads a masked value heard the whole one from the customer.
      if (treatment === "show" || treatment === "mask") return "value";
      return treatment === "pseudonym" ? "stand-in" : "none";
    },
    resolve: resolveStandIn,
  };
}
