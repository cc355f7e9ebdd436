/** The incident that somebody means by its asked keys: as the question itself would read them. */
import "server-only";
import type { AskedIncident } from "@/lib/access/reveals";
import { keyId, parseKeyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { incidentDigest } from "./incident-digest";
import { keyReaderFor, type KeyReader } from "./key-reader";
import { normaliseKeys } from "./parse-question";
import { freshTimelineDeps, type TimelineDeps } from "./timeline-deps";

/** Keyed digest. Throws `ProblemError("bad-request")` naming `keys`, also for kinds that the role does not read. */
export async function incidentOf(principal: Principal, keys: readonly string[]): Promise<string> {
  return (await askedIncident(principal, keys)).incident;
}

/** The same with the keys behind it, as they are: stand-ins and spellings are undone. */
export async function askedIncident(principal: Principal, keys: readonly string[]): Promise<AskedIncident> {
  const deps = await freshTimelineDeps();
  const asked = await readKeys(keys, deps, await keyReaderFor(principal, deps));
  return { incident: incidentDigest(asked, deps.redaction.idKey), keys: asked.map(keyId) };
}

/** The same for the server's own command line, which reads everything as it is. */
export async function incidentOnCommand(keys: readonly string[], deps: TimelineDeps): Promise<string> {
  const reader: KeyReader = { asksBy: () => "value", resolve: () => Promise.resolve(undefined) };
  return incidentDigest(await readKeys(keys, deps, reader), deps.redaction.idKey);
}

async function readKeys(keys: readonly string[], deps: TimelineDeps, reader: KeyReader): Promise<CorrelationKey[]> {
  const asked = keys.map((text) => {
    const key = parseKeyId(text);
    if (key) return key;
    throw new ProblemError("bad-request", { field: "keys", detail: "Expected kind:value, such as order:48192." });
  });
  return normaliseKeys(asked, deps, reader, "keys");
}
