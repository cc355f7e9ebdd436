import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import { switchRole } from "@/lib/identity/switch-role";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { useStore } from "@/lib/store/testing/use-store";
import { answerAccessRequest, askAccess, listAccessRequests, withdrawAccessRequest } from "./access-requests";
import { grantAccess, revokeGrant } from "./grants";
import { grantedServices } from "./grants-in-force";
import { changePerson, invitePerson, listPeople, signOutPerson } from "./people";
import { somebody } from "./testing/somebody";

const NOW = new Date("2026-03-01T10:00:00Z");
const inDays = (days: number) => new Date(NOW.getTime() + days * 24 * 3_600_000);

describe.each(testDatabases())("people on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  let ada: Principal;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
    useStore(store);
    ada = await person("admin");
  });
  afterAll(async () => {
    useStore(undefined);
    await store?.close();
    await fresh?.remove();
  });

  /** Stored, and signed in. */
  async function person(role: Role, oidcSubject?: string): Promise<Principal> {
    const email = `${randomUUID()}@example.test`;
    const oidc = oidcSubject === undefined ? {} : { oidcSubject };
    const user = await store.users.create({ email, name: role, role, roles: [role], passwordHash: null, ...oidc });
    return somebody(role, NOW, { userId: user?.id ?? "", email });
  }
  const read = (userId: string) => store.users.findById(userId);

  it("are invited by a one-time link, and found again by name, team or role", async () => {
    const form = { email: "Nia@Example.test", name: "Nia", roles: ["support", "engineer"], teams: ["Orders"] };
    const invitation = await invitePerson(ada, form, NOW);
    expect(invitation.path).toMatch(/^\/setup\/./);
    const { people } = await listPeople(ada, " orders ", NOW);
    expect(people).toMatchObject([{ email: "nia@example.test", role: "support", teams: ["Orders"], self: false }]);
    await expect(invitePerson(ada, form, NOW)).rejects.toMatchObject({ field: "email" });
    await expect(invitePerson(ada, { ...form, roles: ["boss"] }, NOW)).rejects.toMatchObject({ field: "roles" });
    expect(JSON.stringify(await store.audit.latest(1), noBigints)).not.toContain(invitation.path.slice(7));
  });

  it("are the business of admins who are signed in", async () => {
    const { userId } = await person("engineer");
    for (const other of [await person("manager"), { ...ada, via: "token" as const }]) {
      await expect(changePerson(other, userId, { name: "x" }, NOW)).rejects.toMatchObject({ code: "forbidden" });
      await expect(signOutPerson(other, userId, NOW)).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(changePerson(ada, randomUUID(), { name: "x" }, NOW)).rejects.toMatchObject({ code: "not-found" });
    await expect(signOutPerson(ada, randomUUID(), NOW)).rejects.toMatchObject({ code: "not-found" });
  });

  it("act in a role that is left when they lose the active one", async () => {
    const { userId } = await person("engineer");
    await changePerson(ada, userId, { roles: ["support", "manager"], teams: ["A", "A"] }, NOW);
    expect(await read(userId)).toMatchObject({ role: "support", roles: ["support", "manager"], teams: ["A"] });
    await changePerson(ada, userId, { role: "manager" }, NOW);
    expect(await read(userId)).toMatchObject({ role: "manager" });
    await expect(changePerson(ada, userId, { role: "admin" }, NOW)).rejects.toMatchObject({ field: "role" });
  });

  it("do not change their own roles, teams or standing", async () => {
    for (const change of [{ roles: ["admin", "engineer"] }, { teams: ["all"] }, { disabled: true }]) {
      await expect(changePerson(ada, ada.userId, change, NOW)).rejects.toMatchObject({ code: "forbidden" });
    }
    await changePerson(ada, ada.userId, { name: "Ada" }, NOW);
    expect(await read(ada.userId)).toMatchObject({ name: "Ada", roles: ["admin"] });
  });

  it("keep somebody who may administer, also when two admins turn on each other", async () => {
    const eve = await person("admin");
    const both = await Promise.allSettled([
      changePerson(ada, eve.userId, { roles: ["support"] }, NOW),
      changePerson(eve, ada.userId, { disabled: true }, NOW),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
    const admins = (await store.users.list()).filter(({ roles, disabledAt }) => roles.includes("admin") && !disabledAt);
    expect(admins).toHaveLength(1);
    // Whoever is left goes on.
    ada = { ...ada, userId: admins[0]?.id ?? "" };
  });

  it("lose their sessions when they are disabled or signed out", async () => {
    const { userId } = await person("engineer");
    const before = (await read(userId))?.sessionVersion ?? 0;
    await signOutPerson(ada, userId, NOW);
    await changePerson(ada, userId, { disabled: true }, NOW);
    expect(await read(userId)).toMatchObject({ sessionVersion: before + 2, disabledAt: NOW });
    await changePerson(ada, userId, { disabled: false }, NOW);
    expect(await read(userId)).toMatchObject({ disabledAt: null });
  });

  it("of the identity provider keep the roles of their groups", async () => {
    const { userId } = await person("engineer", `idp|${randomUUID()}`);
    await expect(changePerson(ada, userId, { roles: ["admin"] }, NOW)).rejects.toMatchObject({ code: "conflict" });
    await changePerson(ada, userId, { roles: ["engineer"], name: "Same" }, NOW);
    expect(await read(userId)).toMatchObject({ name: "Same" });
  });

  describe("with grants", () => {
    const wish = { services: ["mail"], incident: undefined, reason: "Contract 7", expiresAt: inDays(30) };

    it("see what was granted until it ends or is taken back", async () => {
      const { userId } = await person("vendor");
      const { id } = await grantAccess(ada, userId, wish, NOW);
      await grantAccess(ada, userId, { ...wish, services: [], incident: "here" }, NOW);
      expect(await grantedServices(userId, "elsewhere", NOW)).toEqual(new Set(["mail"]));
      expect(await grantedServices(userId, "here", NOW)).toBe("all");
      expect(await grantedServices(userId, "here", inDays(30))).toEqual(new Set());
      await revokeGrant(ada, id, NOW);
      expect(await grantedServices(userId, "elsewhere", NOW)).toEqual(new Set());
      await expect(revokeGrant(ada, id, NOW)).rejects.toMatchObject({ code: "not-found" });
    });

    it("keep what they had, and get no more, when it cannot be put on record", async () => {
      const { userId } = await person("vendor");
      const { id } = await grantAccess(ada, userId, wish, NOW);
      const both = await person("engineer");
      await store.users.update(both.userId, { roles: ["engineer", "support"] });
      const fails = () => Promise.reject(new Error("full disk"));
      useStore({ ...store, audit: { ...store.audit, append: fails } });
      await expect(revokeGrant(ada, id, NOW)).rejects.toThrow("full disk");
      await expect(grantAccess(ada, userId, { ...wish, services: ["more"] }, NOW)).rejects.toThrow("full disk");
      await expect(changePerson(ada, userId, { roles: ["engineer"] }, NOW)).rejects.toThrow("full disk");
      await expect(switchRole(both, "support")).rejects.toThrow("full disk");
      useStore(store);
      expect(await grantedServices(userId, "elsewhere", NOW)).toEqual(new Set(["mail"]));
      expect(await read(userId)).toMatchObject({ roles: ["vendor"], role: "vendor" });
      expect(await read(both.userId)).toMatchObject({ role: "engineer" });
      await switchRole(both, "support");
      expect(await read(both.userId)).toMatchObject({ role: "support" });
      await revokeGrant(ada, id, NOW);
      const [revoked] = await store.audit.latest(1);
      expect(revoked).toMatchObject({ action: "grant.revoke", detail: { grantId: id, userId } });
    });

    it("get none from themselves, from others than admins, without a scope, or beyond 90 days", async () => {
      const vendor = await person("vendor");
      const give = (part: object, by = ada, userId = vendor.userId) =>
        grantAccess(by, userId, { ...wish, ...part }, NOW);
      await expect(give({}, vendor)).rejects.toMatchObject({ code: "forbidden" });
      await expect(give({}, ada, ada.userId)).rejects.toMatchObject({ code: "forbidden" });
      await expect(give({}, ada, randomUUID())).rejects.toMatchObject({ code: "not-found" });
      await expect(give({ services: [] })).rejects.toMatchObject({ field: "services" });
      await expect(give({ expiresAt: inDays(91) })).rejects.toMatchObject({ field: "expiresAt" });
      await expect(give({ expiresAt: NOW })).rejects.toMatchObject({ field: "expiresAt" });
      expect(await store.grants.list(vendor.userId)).toEqual([]);
    });
  });

  describe("who want more", () => {
    const wish = { kind: "role", wanted: "engineer", reason: "I am on call from Monday." } as const;

    it("get a role that an admin grants, beside the one they act in", async () => {
      const sam = await person("support");
      const { id } = await askAccess(sam, wish, NOW);
      await expect(askAccess(sam, wish, NOW)).rejects.toMatchObject({ code: "conflict" });
      await answerAccessRequest(ada, id, { granted: true, words: "Welcome." }, NOW);
      expect(await read(sam.userId)).toMatchObject({ role: "support", roles: ["support", "engineer"] });
      const { requests, roles } = await listAccessRequests(sam);
      expect(requests).toMatchObject([{ id, state: "granted", answer: "Welcome.", mine: true }]);
      expect(roles.map(({ name }) => name)).not.toContain("engineer");
      await expect(answerAccessRequest(ada, id, { granted: false, words: "No." }, NOW)).rejects.toMatchObject({
        code: "conflict",
      });
    });

    it("get nothing by a class that is granted: that is for the policy to say", async () => {
      const sam = await person("support");
      const { id } = await askAccess(sam, { kind: "class", wanted: "infrastructure", reason: wish.reason }, NOW);
      await answerAccessRequest(ada, id, { granted: true, words: "In the next policy." }, NOW);
      expect(await read(sam.userId)).toMatchObject({ roles: ["support"] });
    });

    it("are refused what they hold, and roles that nobody knows", async () => {
      const sam = await person("support");
      for (const wanted of ["support", "boss"]) {
        await expect(askAccess(sam, { ...wish, wanted }, NOW)).rejects.toMatchObject({ field: "wanted" });
      }
    });

    it("neither answer themselves nor see or take back what others wish", async () => {
      const [sam, eve] = [await person("support"), await person("admin")];
      const { id } = await askAccess(sam, wish, NOW);
      const own = await askAccess(eve, { ...wish, wanted: "manager" }, NOW);
      const answer = { granted: true, words: "Yes." };
      await expect(answerAccessRequest(sam, id, answer, NOW)).rejects.toMatchObject({ code: "forbidden" });
      await expect(answerAccessRequest(eve, own.id, answer, NOW)).rejects.toMatchObject({ code: "forbidden" });
      const other = await person("support");
      await expect(withdrawAccessRequest(other, id, NOW)).rejects.toMatchObject({ code: "not-found" });
      expect((await listAccessRequests(other)).requests).toEqual([]);
      await withdrawAccessRequest(sam, id, NOW);
      await expect(answerAccessRequest(ada, id, answer, NOW)).rejects.toMatchObject({ code: "conflict" });
    });

    it("stay open when granting fails", async () => {
      const sam = await person("support", `idp|${randomUUID()}`);
      const { id } = await askAccess(sam, wish, NOW);
      await expect(answerAccessRequest(ada, id, { granted: true, words: "Yes." }, NOW)).rejects.toMatchObject({
        code: "conflict",
      });
      expect((await listAccessRequests(sam)).requests).toMatchObject([{ id, state: "open", answer: "" }]);
    });
  });
});

function noBigints(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
