/** Stand-ins that were given out can be asked for. What stands behind them is sealed. */
import "server-only";
import { keyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import { store } from "@/lib/store/open-store";

/** How stand-ins are told from values: no key rule accepts the dot. */
const STAND_IN = /^[a-z][a-z0-9-]{0,39}·[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,5}$/;

export async function resolveStandIn(key: CorrelationKey): Promise<CorrelationKey | undefined> {
  if (!STAND_IN.test(key.value)) return undefined;
  return (await store()).standIns.resolve(keyId(key));
}

/** Keys by the stand-in under which they are about to be shown. */
export async function rememberStandIns(givenOut: ReadonlyMap<string, CorrelationKey>): Promise<void> {
  if (givenOut.size > 0) await (await store()).standIns.remember(givenOut);
}
