/** Audit entries as one role may read them. Ids and counts are all there is in them; what they name goes by class. Pure. */
import type { AuditActorView, AuditEntryView, OnlookerView } from "@/lib/contract/audit";
import { keyId, parseKeyId } from "@/lib/domain/correlation-key";
import type { RedactionContext } from "@/lib/redact/redaction-context";
import type { Onlooker, RevealReason } from "@/lib/store/audit-reader";
import type { StoredAuditEntry } from "@/lib/store/audit-entry";
import { isStandIn } from "./subject-forms";

type Reader = Pick<RedactionContext, "base" | "classOfKey" | "standIn">;
type Names = ReadonlyMap<string, string>;

/** Of one entry on a page; an entry may hold a thousand. */
const MAX_SUBJECTS = 20;

export function entryView(entry: StoredAuditEntry, names: Names, reader: Reader): AuditEntryView {
  const { seq, at, actor, role, action, incident, subjects = [], detail = {}, requestId } = entry;
  const shown = subjects.slice(0, MAX_SUBJECTS).flatMap((subject) => shownSubject(subject, reader) ?? []);
  return {
    ...{ seq: String(seq), at: at.toISOString(), actor: actorView(actor, names, reader), role, action },
    ...{ incident: incident ?? null, subjects: shown, moreSubjects: subjects.length - shown.length },
    ...{ detail, requestId: requestId ?? null },
  };
}

export function onlookerView(
  { actor, role, times, firstAt, lastAt, actions, incidents, incidentCount }: Onlooker,
  reasons: readonly RevealReason[],
  names: Names,
  reader: Reader,
): OnlookerView {
  const seesNotes = reader.base.treat("note") === "show";
  const own = reasons.filter(({ userId, incident }) => userId === actor && incidents.includes(incident));
  return {
    ...{ actor: actorView(actor, names, reader), role, times },
    ...{ firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() },
    ...{ actions: [...actions].sort(), incidents: [...incidents], incidentCount },
    reasons: own.map(({ at, fieldClass, reason, ticket }) => ({
      ...{ at: at.toISOString(), fieldClass },
      ...{ reason: seesNotes ? reason : null, ticket: seesNotes ? ticket : null },
    })),
  };
}

/** As the reader's role reads ids of its kind; undefined when it may not know of them. */
export function shownSubject(subject: string, { base, classOfKey, standIn }: Reader): string | undefined {
  const key = parseKeyId(subject);
  if (!key) return undefined;
  const treatment = base.treat(classOfKey(key.kind));
  if (treatment === "show") return subject;
  if (treatment !== "pseudonym" && treatment !== "mask") return undefined;
  // Classes change with the policy: what was written down as it is may be an account by now.
  return isStandIn(key.value) ? subject : keyId({ ...key, value: standIn(key.kind, key.value, "pseudonym") });
}

function actorView(id: string, names: Names, { base, standIn }: Reader): AuditActorView {
  const name = names.get(id);
  if (name === undefined) return { id, name: null };
  return { id, name: base.treat("staff") === "show" ? name : standIn("staff", id, "pseudonym") };
}
