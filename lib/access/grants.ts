/** What vendors and contractors may see, given by admins until a date. */
import "server-only";
import { randomUUID } from "node:crypto";
import { type GrantView, MAX_GRANT_DAYS } from "@/lib/contract/person";
import type { Principal } from "@/lib/domain/principal";
import { grantState, type StoredGrant } from "@/lib/domain/stored-grant";
import { ProblemError } from "@/lib/platform/problem-error";
import { COMMAND_LINE } from "@/lib/store/grant-repository";
import { store, type Store } from "@/lib/store/open-store";
import { requireAbility } from "./resolve-access";

const DAY_MS = 24 * 3_600_000;

export interface GrantWish {
  /** Canonical names; empty only with an incident. */
  readonly services: readonly string[];
  /** Keyed digest. */
  readonly incident: string | undefined;
  readonly reason: string;
  readonly expiresAt: Date;
}

/** Throws `ProblemError`: `forbidden`, `not-found`, `bad-request` naming the field. */
export async function grantAccess(
  principal: Principal,
  userId: string,
  wish: GrantWish,
  now: Date,
): Promise<StoredGrant> {
  await requireAbility(principal, "administer");
  if (principal.via === "token") {
    throw new ProblemError("forbidden", { detail: "Sign in to grant access; a token cannot do it." });
  }
  if (userId === principal.userId) throw new ProblemError("forbidden", { detail: "Nobody grants to themselves." });
  return giveGrant({ userId, wish, actor: principal.userId, role: principal.role, now }, await store());
}

export interface Giving {
  readonly userId: string;
  readonly wish: GrantWish;
  /** User id, or `command`. */
  readonly actor: string;
  readonly role: string;
  readonly now: Date;
}

/** The same for whoever is allowed to already. */
export async function giveGrant(
  { userId, wish, actor, role, now }: Giving,
  { users, grants, audit }: Pick<Store, "users" | "grants" | "audit">,
): Promise<StoredGrant> {
  const { services, incident, expiresAt } = wish;
  if (!(await users.findById(userId))) throw new ProblemError("not-found");
  if (services.length === 0 && incident === undefined) {
    throw new ProblemError("bad-request", {
      field: "services",
      detail: "Expected services, or the ids of one incident.",
    });
  }
  if (expiresAt <= now || expiresAt.getTime() > now.getTime() + MAX_GRANT_DAYS * DAY_MS) {
    const detail = `Expected an end within ${String(MAX_GRANT_DAYS)} days.`;
    throw new ProblemError("bad-request", { field: "expiresAt", detail });
  }
  const id = randomUUID();
  const detail = { grantId: id, userId, services: [...services], until: expiresAt.toISOString() };
  const about = incident === undefined ? {} : { incident };
  // On record before anybody may see more.
  await audit.append({ actor, role, action: "grant.create", detail, ...about });
  return grants.create({ ...wish, id, userId, createdBy: actor === "command" ? COMMAND_LINE : actor });
}

/** Throws `ProblemError`: `forbidden`, `not-found` when there is no such live grant. */
export async function revokeGrant(principal: Principal, grantId: string, now: Date): Promise<void> {
  await requireAbility(principal, "administer");
  const { grants, audit } = await store();
  const grant = await grants.findLive(grantId, now);
  if (!grant) throw new ProblemError("not-found");
  const { userId: actor, role } = principal;
  await audit.append({ actor, role, action: "grant.revoke", detail: { grantId, userId: grant.userId } });
  // Of two at once both are on record, and one is told that it is over already.
  if (!(await grants.revoke(grantId, now))) throw new ProblemError("not-found");
}

export function grantView(grant: StoredGrant, now: Date): GrantView {
  const { id, services, incident, reason, createdAt, expiresAt } = grant;
  return {
    ...{ id, services: [...services], reason, oneIncident: incident !== undefined },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    state: grantState(grant, now),
  };
}
