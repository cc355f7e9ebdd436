/** The incident that somebody means by its asked keys: as the question itself would read them. */
import "server-only";
import { parseKeyId } from "@/lib/domain/correlation-key";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { incidentDigest } from "./incident-digest";
import { keyReaderFor } from "./key-reader";
import { normaliseKeys } from "./parse-question";
import { freshTimelineDeps } from "./timeline-deps";

/** Keyed digest. Throws `ProblemError("bad-request")` naming `keys`, also for kinds that the role does not read. */
export async function incidentOf(principal: Principal, keys: readonly string[]): Promise<string> {
  const deps = await freshTimelineDeps();
  const asked = keys.map((text) => {
    const key = parseKeyId(text);
    if (key) return key;
    throw new ProblemError("bad-request", { field: "keys", detail: "Expected kind:value, such as order:48192." });
  });
  const normal = await normaliseKeys(asked, deps, await keyReaderFor(principal, deps), "keys");
  return incidentDigest(normal, deps.redaction.idKey);
}
