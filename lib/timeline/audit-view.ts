/** "Who saw this customer" starts here: every question is recorded before it is answered. */
import "server-only";
import { keyId, parseKeyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { Principal } from "@/lib/domain/principal";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import { classOfKeyKind } from "@/lib/redact/field-catalog";
import { store } from "@/lib/store/open-store";
import { incidentDigest } from "./incident-digest";
import type { TimelineDeps } from "./timeline-deps";

/** Widened keys show rows as asked ones do. Account and personal keys are written as their stand-in: the record finds them again without telling them. */
export async function auditView(principal: Principal, asked: IncidentQuery, deps: TimelineDeps): Promise<void> {
  const { pseudonyms, idKey } = deps.redaction;
  const written = (key: CorrelationKey) =>
    classOfKeyKind(key.kind) === "business-id" ? keyId(key) : pseudonyms.pseudonym(key.kind, key.value);
  const keys = asked.keys.map(written);
  const widened = [...(asked.widen ?? [])].flatMap((id) => parseKeyId(id) ?? []).map(written);
  const { audit } = await store();
  await audit.append({
    actor: principal.userId,
    role: principal.role,
    action: "timeline.view",
    incident: incidentDigest(asked.keys, idKey),
    subjects: [...keys, ...widened],
    detail: widened.length > 0 ? { widened: widened.length } : {},
  });
}
