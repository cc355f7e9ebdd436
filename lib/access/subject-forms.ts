/** Under which names the audit trail may hold a subject: as it is, and by every stand-in that was ever made for it. */
import "server-only";
import { keyId, parseKeyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import { normaliseKeyValue, type CompiledKeyRules } from "@/lib/normalize/compile-key-rules";
import { createPseudonymizer, type Pseudonymizer } from "@/lib/redact/pseudonym";
import type { Store } from "@/lib/store/open-store";

/** `account·K7Q4-2MXD-…`, also as the value of a key. */
const STAND_IN = /^([a-z][a-z0-9-]{0,39})·[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,5}$/;

export function isStandIn(value: string): boolean {
  return STAND_IN.test(value);
}

/**
 * In: `order:48192`, `account:31337`, `account:account·K7Q4-…` or `account·K7Q4-…`. Undefined for anything else. A value is
 * read as the key rules read it, so that `order:#48192` is the order 48192.
 */
export async function subjectForms(
  text: string,
  keyRules: CompiledKeyRules,
  store: Pick<Store, "standIns" | "lastingKeys">,
): Promise<readonly string[] | undefined> {
  const named = parseSubject(text.trim());
  if (!named) return undefined;
  const behind = isStandIn(named.value) ? await store.standIns.resolve(keyId(named)) : normalised(named, keyRules);
  if (!behind) return [keyId(named)];
  const pseudonymizers = await pseudonymizersOf(store);
  const standIns = pseudonymizers.map(({ pseudonym }) => pseudonym(behind.kind, behind.value));
  return [...new Set([keyId(named), keyId(behind), ...standIns.map((value) => keyId({ ...behind, value }))])];
}

function parseSubject(text: string): CorrelationKey | undefined {
  const kind = STAND_IN.exec(text)?.[1];
  return kind === undefined ? parseKeyId(text) : { kind, value: text };
}

function normalised(key: CorrelationKey, keyRules: CompiledKeyRules): CorrelationKey {
  const rules = keyRules.all.filter(({ rule }) => rule.kind === key.kind);
  return { kind: key.kind, value: normaliseKeyValue(rules, key.value) ?? key.value };
}

/** Entries keep the stand-in of their time, whichever key made it. */
async function pseudonymizersOf({ lastingKeys }: Pick<Store, "lastingKeys">): Promise<readonly Pseudonymizer[]> {
  return (await lastingKeys.all("pseudonym")).map(createPseudonymizer);
}
