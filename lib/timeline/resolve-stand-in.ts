/** The key behind a stand-in that was given out. */
import "server-only";
import { keyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import { store } from "@/lib/store/open-store";

/** How stand-ins are told from values: no key rule accepts the dot. */
const STAND_IN = /^[a-z][a-z0-9-]{0,39}·[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,5}$/;

/** Undefined for any other text, and for a stand-in that nobody was given. */
export async function resolveStandIn(key: CorrelationKey): Promise<CorrelationKey | undefined> {
  if (!STAND_IN.test(key.value)) return undefined;
  return (await store()).standIns.resolve(keyId(key));
}
