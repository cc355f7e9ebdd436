/** "Who saw this customer" starts here: every question is recorded before it is answered. */
import "server-only";
import { keyId } from "@/lib/domain/correlation-key";
import type { Principal } from "@/lib/domain/principal";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import { classOfKeyKind } from "@/lib/redact/field-catalog";
import { store } from "@/lib/store/open-store";
import { timelineDeps } from "./timeline-deps";

/** Account and personal keys are written as their pseudonym: the record finds them again without telling them. */
export async function auditView(principal: Principal, asked: IncidentQuery): Promise<void> {
  const { pseudonyms } = timelineDeps().redaction;
  const keys = asked.keys.map((key) =>
    classOfKeyKind(key.kind) === "business-id" ? keyId(key) : pseudonyms.pseudonym(key.kind, key.value),
  );
  const { audit } = await store();
  await audit.append({ actor: principal.userId, role: principal.role, action: "timeline.view", subject: { keys } });
}
