/** One person, several roles, one of them active. Roles never add up, so a change is explicit and audited. */
import "server-only";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import { ProblemError } from "@/lib/platform/problem-error";
import { store } from "@/lib/store/open-store";

/** The roles this person may switch to, the active one among them. A token acts in its own role only. */
export async function availableRoles(principal: Principal): Promise<readonly Role[]> {
  if (principal.via === "token") return [principal.role];
  const { users } = await store();
  return (await users.findById(principal.userId))?.roles ?? [];
}

/** Makes `role` the active one, in all of the person's sessions. Throws `ProblemError("forbidden")` for one not held. */
export async function switchRole(principal: Principal, role: Role): Promise<void> {
  if (principal.via === "token" || !(await availableRoles(principal)).includes(role)) {
    throw new ProblemError("forbidden");
  }
  const { users, audit } = await store();
  const { userId: actor, role: former } = principal;
  // Before anything is seen in it.
  await audit.append({ actor, role: former, action: "session.switch-role", detail: { to: role } });
  await users.update(actor, { role });
}
