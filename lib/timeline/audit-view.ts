/** "Who saw this customer" starts here: every question is recorded before it is answered. */
import "server-only";
import type { Access } from "@/lib/domain/access";
import { keyId, parseKeyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { Principal } from "@/lib/domain/principal";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import { createRedactionContext, type RedactionContext } from "@/lib/redact/redaction-context";
import { store } from "@/lib/store/open-store";
import type { TimelineDeps } from "./timeline-deps";

/** Out: the id by which all entries of this view belong together. */
export async function auditView(
  { userId: actor, role }: Principal,
  asked: IncidentQuery,
  access: Access,
  deps: TimelineDeps,
): Promise<string> {
  const subjects = askedSubjects(asked, access, deps);
  const widened = asked.widen?.size ?? 0;
  const kinds = [...new Set(asked.keys.map(({ kind }) => kind))];
  const detail = { policy: access.policy.label, kinds, ...(widened > 0 && { widened }) };
  const requestId = crypto.randomUUID();
  const { audit } = await store();
  await audit.append({ actor, role, action: "timeline.view", incident: access.incident, subjects, detail, requestId });
  return requestId;
}

/** Widened keys show rows as asked ones do. */
export function askedSubjects(asked: IncidentQuery, access: Access, { redaction }: TimelineDeps): string[] {
  const context = createRedactionContext(redaction, access);
  const widened = [...(asked.widen ?? [])].flatMap((id) => parseKeyId(id) ?? []);
  return [...asked.keys, ...widened].map((key) => auditSubject(key, context));
}

/** As the trail names a key: business ids as they are, all others by the stand-in that finds them again. */
export function auditSubject(
  key: CorrelationKey,
  { classOfKey, pseudonyms }: Pick<RedactionContext, "classOfKey" | "pseudonyms">,
): string {
  if (classOfKey(key.kind) === "business-id") return keyId(key);
  return keyId({ kind: key.kind, value: pseudonyms.pseudonym(key.kind, key.value) });
}
