/** Taking rows and ids out of an incident, and putting them back. An incident is known by the keys it was asked by. */
import "server-only";
import type { NewUnlink } from "@/lib/contract/unlink";
import { keyId, parseKeyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import type { Principal } from "@/lib/domain/principal";
import type { StoredUnlink } from "@/lib/domain/stored-unlink";
import { ProblemError } from "@/lib/platform/problem-error";
import { requireAbility } from "@/lib/access/resolve-access";
import { publicIds } from "@/lib/redact/redaction-context";
import { store } from "@/lib/store/open-store";
import { incidentDigest } from "./incident-digest";
import { keyReaderFor } from "./key-reader";
import { normaliseKeys } from "./parse-question";
import { freshTimelineDeps, type TimelineDeps } from "./timeline-deps";

/** Oldest first. */
export async function unlinksOf(keys: readonly CorrelationKey[], deps: TimelineDeps): Promise<readonly StoredUnlink[]> {
  return (await store()).unlinks.list(scopeOf(keys, deps));
}

/** Throws `ProblemError`: `forbidden` for roles that may not unlink, `bad-request` naming the field. */
export async function unlink(principal: Principal, wish: NewUnlink): Promise<{ id: string }> {
  await requireAbility(principal, "unlink");
  const deps = await freshTimelineDeps();
  const reader = await keyReaderFor(principal, deps);
  const asked = wish.keys.map((text) => parsed(text, "keys"));
  const keys = await normaliseKeys(asked, deps, reader, "keys");
  const target = wish.kind === "row" ? rowTarget(wish.target) : await keyTarget(wish.target, keys, principal, deps);
  const { unlinks, audit } = await store();
  const incident = scopeOf(keys, deps);
  const { id } = await unlinks.create({
    scope: incident,
    kind: wish.kind,
    target,
    reason: wish.reason,
    createdBy: principal.userId,
    createdByName: principal.displayName,
  });
  const { userId: actor, role } = principal;
  await audit.append({ actor, role, action: "incident.unlink", incident, detail: { unlinkId: id, kind: wish.kind } });
  return { id };
}

/** Throws `ProblemError`: `not-found` when there is no such live unlink. */
export async function undoUnlink(principal: Principal, unlinkId: string): Promise<void> {
  await requireAbility(principal, "unlink");
  const { unlinks, audit } = await store();
  if (!(await unlinks.undo(unlinkId, principal.userId, new Date()))) throw new ProblemError("not-found");
  const { userId: actor, role } = principal;
  await audit.append({ actor, role, action: "incident.undo-unlink", detail: { unlinkId } });
}

function scopeOf(keys: readonly CorrelationKey[], deps: TimelineDeps): string {
  return incidentDigest(keys, deps.redaction.idKey);
}

function rowTarget(target: string): string {
  if (/^[\w-]{16}$/.test(target)) return target;
  throw new ProblemError("bad-request", { field: "target", detail: "Expected the id of a row." });
}

async function keyTarget(
  text: string,
  asked: readonly CorrelationKey[],
  principal: Principal,
  deps: TimelineDeps,
): Promise<string> {
  const reader = await keyReaderFor(principal, deps);
  const [key] = await normaliseKeys([parsed(text, "target")], deps, reader, "target");
  if (!key || asked.some((one) => keyId(one) === keyId(key))) {
    throw new ProblemError("bad-request", {
      field: "target",
      detail: "Expected an id that was found, not an asked one.",
    });
  }
  return publicIds(deps.redaction.idKey)(keyId(key));
}

function parsed(text: string, field: "keys" | "target"): CorrelationKey {
  const key = parseKeyId(text);
  if (!key) throw new ProblemError("bad-request", { field, detail: "Expected kind:value, such as trace:4bf92f35…" });
  return key;
}
