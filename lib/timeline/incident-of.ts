/** The incident that somebody means by its asked keys: as the question itself would read them. */
import "server-only";
import { parseKeyId } from "@/lib/domain/correlation-key";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { incidentDigest } from "./incident-digest";
import { keyReaderFor, type KeyReader } from "./key-reader";
import { normaliseKeys } from "./parse-question";
import { freshTimelineDeps, type TimelineDeps } from "./timeline-deps";

/** Keyed digest. Throws `ProblemError("bad-request")` naming `keys`, also for kinds that the role does not read. */
export async function incidentOf(principal: Principal, keys: readonly string[]): Promise<string> {
  const deps = await freshTimelineDeps();
  return digestOf(keys, deps, await keyReaderFor(principal, deps));
}

/** The same for the server's own command line, which reads everything as it is. */
export function incidentOnCommand(keys: readonly string[], deps: TimelineDeps): Promise<string> {
  return digestOf(keys, deps, { asksBy: () => "value", resolve: () => Promise.resolve(undefined) });
}

async function digestOf(keys: readonly string[], deps: TimelineDeps, reader: KeyReader): Promise<string> {
  const asked = keys.map((text) => {
    const key = parseKeyId(text);
    if (key) return key;
    throw new ProblemError("bad-request", { field: "keys", detail: "Expected kind:value, such as order:48192." });
  });
  return incidentDigest(await normaliseKeys(asked, deps, reader, "keys"), deps.redaction.idKey);
}
