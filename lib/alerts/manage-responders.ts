/** What admins say of people who are paged. Every change is on record; a feed that tells it anew later wins. */
import "server-only";
import { requireAbility } from "@/lib/access/resolve-access";
import type { NewZone, ResponderChange, ResponderList } from "@/lib/contract/on-call-admin";
import type { Principal } from "@/lib/domain/principal";
import { ProblemError } from "@/lib/platform/problem-error";
import { store, type Store } from "@/lib/store/open-store";
import { responderView } from "./on-call-overview";

/** Everybody whom feeds named. Throws `ProblemError("forbidden")` for roles that do not administer; so do all below. */
export async function listResponders(principal: Principal): Promise<ResponderList> {
  await requireAbility(principal, "administer");
  const { onCall, users } = await store();
  const [responders, known] = await Promise.all([onCall.responders(), users.list()]);
  return { responders: responders.map((one) => responderView(one, known)) };
}

/** Throws `ProblemError`: `not-found`, `bad-request` for an address that nobody signs in with. */
export async function changeResponder(
  principal: Principal,
  id: string,
  { name, team, email }: ResponderChange,
): Promise<void> {
  await requireAbility(principal, "administer");
  const opened = await store();
  const userId = email === undefined ? undefined : await userIdOf(email, opened);
  found(await opened.responders.change(id, { name, team, userId }));
  const fields = Object.entries({ name, team, user: email }).flatMap(([key, value]) =>
    value === undefined ? [] : key,
  );
  await audit(principal, "change", id, { fields });
}

/** Throws `ProblemError("not-found")`. */
export async function putResponderZone(principal: Principal, id: string, { zone, from }: NewZone): Promise<void> {
  await requireAbility(principal, "administer");
  const validFrom = new Date(from);
  found(await (await store()).responders.putZone(id, zone, validFrom));
  await audit(principal, "zone", id, { zone, from: validFrom.toISOString() });
}

/** Throws `ProblemError`: `not-found`, `bad-request` for what is no instant. */
export async function removeResponderZone(principal: Principal, id: string, from: string): Promise<void> {
  await requireAbility(principal, "administer");
  const validFrom = new Date(from);
  if (Number.isNaN(validFrom.getTime())) {
    throw new ProblemError("bad-request", { field: "from", detail: "Expected the instant from which the zone holds." });
  }
  found(await (await store()).responders.removeZone(id, validFrom));
  await audit(principal, "remove-zone", id, { from: validFrom.toISOString() });
}

async function userIdOf(email: string, { users }: Pick<Store, "users">): Promise<string | null> {
  if (email === "") return null;
  const user = await users.findByEmail(email);
  if (user) return user.id;
  throw new ProblemError("bad-request", { field: "email", detail: "Expected the address of somebody who signs in." });
}

function found(handle: string | undefined): void {
  if (handle === undefined)
    throw new ProblemError("not-found", { detail: "There is no such person, or no such zone." });
}

async function audit(
  { userId: actor, role }: Principal,
  verb: "change" | "zone" | "remove-zone",
  responderId: string,
  detail: Record<string, string | string[]>,
): Promise<void> {
  await (await store()).audit.append({ actor, role, action: `responder.${verb}`, detail: { responderId, ...detail } });
}
