/** A person in the store of this process with a token, for tests of whole calls. */
import { randomUUID } from "node:crypto";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import { store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { issueToken } from "../api-tokens";

export interface TestPerson {
  readonly user: User;
  readonly token: string;
}

/** Acts in `role` and holds `others` too. */
export async function aPerson(role: Role, ...others: Role[]): Promise<TestPerson> {
  const opened = await store();
  const email = `${randomUUID()}@example.test`;
  const roles = [role, ...others];
  const user = await opened.users.create({ email, name: "Ada", role, roles, passwordHash: null });
  if (!user) throw new Error("the address is new");
  const { text } = await issueToken({ owner: user, actor: user.id, name: "test", role, days: 1 }, opened, new Date());
  return { user, token: text };
}

export function principalOf({ user }: TestPerson): Principal {
  const { id: userId, name: displayName, email, role, teams } = user;
  return { userId, displayName, email, role, teams, via: "token" };
}

/** `address` as `/api/v1/…`; a body makes it a POST. */
export function requestOf(person: TestPerson, address: string, body?: object): Request {
  const headers = { authorization: `Bearer ${person.token}`, "content-type": "application/json" };
  const change = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  return new Request(`http://localhost${address}`, { ...change, headers });
}
