/** Stand-ins that were given out can be asked for. What stands behind them is sealed. */
import "server-only";
import { accessOf, requireAbility } from "@/lib/access/resolve-access";
import type { StandInAnswer } from "@/lib/contract/stand-in";
import { parseKeyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { keyReference } from "@/lib/redact/redact-key";
import { createRedactionContext } from "@/lib/redact/redaction-context";
import { store } from "@/lib/store/open-store";
import { keyReaderOf } from "./key-reader";
import { normaliseKeys } from "./parse-question";
import { freshTimelineDeps } from "./timeline-deps";

/**
 * How an address names the key, for somebody who may ask by it. Tells nothing about whether it exists. Throws
 * `ProblemError` as asking by it would.
 */
export async function standInFor(principal: Principal, text: string): Promise<StandInAnswer> {
  await requireAbility(principal, "ask");
  const asked = parseKeyId(text);
  if (!asked) throw new ProblemError("bad-request", { field: "key", detail: "Expected kind:value." });
  const deps = await freshTimelineDeps();
  const context = createRedactionContext(deps.redaction, await accessOf(principal, "", new Date()));
  const [key] = await normaliseKeys([asked], deps, keyReaderOf(context));
  const name = key && keyReference(key, context);
  if (name === undefined) throw new ProblemError("bad-request", { field: "key", detail: "Expected kind:value." });
  await rememberStandIns(context.givenOut);
  return { key: name };
}

/** Keys by the stand-in under which they are about to be shown. */
export async function rememberStandIns(givenOut: ReadonlyMap<string, CorrelationKey>): Promise<void> {
  if (givenOut.size > 0) await (await store()).standIns.remember(givenOut);
}
