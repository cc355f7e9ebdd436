import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyId } from "@/lib/domain/correlation-key";
import type { RolePolicy } from "@/lib/domain/policy";
import type { Principal } from "@/lib/domain/principal";
import { DEFAULT_POLICY, rolePolicyOf } from "@/lib/redact/policy";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { useStore } from "@/lib/store/testing/use-store";
import { revealsInForce } from "./reveals-in-force";
import { accessOf } from "./resolve-access";
import { revealKeys } from "./reveal-keys";
import { approveReveal, askReveal, endReveal, refuseReveal, reviewReveal, type RevealWish } from "./reveals";
import { somebody } from "./testing/somebody";

const NOW = new Date("2026-03-01T10:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const wish: RevealWish = {
  ...{ fieldClass: "personal", reason: "The customer asks which address we hold.", ticket: "T-1", minutes: 30 },
};
const KEYS = [keyId({ kind: "order", value: "48192" }), keyId({ kind: "account", value: "8829" })];
const erin = somebody("engineer", NOW);
const max = somebody("manager", NOW);

describe.each(testDatabases())("break-glass on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
    useStore(store);
  });
  afterAll(async () => {
    useStore(undefined);
    await store?.close();
    await fresh?.remove();
  });

  const open = async (principal: Principal, incident: string, now: Date) => [
    ...(await accessOf(principal, incident, now)).revealed,
  ];
  const ask = (part: Partial<RevealWish> = {}, principal = erin, incident: string = randomUUID()) =>
    askReveal(principal, { incident, keys: KEYS }, { ...wish, ...part }, NOW);
  const waiting = () => ask({ fieldClass: "text" });

  it("opens one class of one incident to one person, until its time is over", async () => {
    const { incident } = await ask();
    expect(await open(erin, incident, later(29))).toEqual(["personal"]);
    expect(await open(erin, incident, later(30))).toEqual([]);
    expect(await open(erin, randomUUID(), later(1))).toEqual([]);
    expect(await open(somebody("engineer", NOW), incident, later(1))).toEqual([]);
  });

  it("opens nothing in another role of the same person, and nothing to their tokens", async () => {
    const { incident } = await ask();
    expect(await open({ ...erin, role: "support" }, incident, later(1))).toEqual([]);
    expect(await open({ ...erin, via: "token" }, incident, later(1))).toEqual([]);
  });

  it("opens what the policy of this very answer lets the role reveal, and no more", async () => {
    const { incident } = await ask();
    const engineer = rolePolicyOf(DEFAULT_POLICY, "engineer");
    const openBy = async (role: RolePolicy) => [...(await revealsInForce(erin.userId, incident, role, later(1)))];
    expect(await openBy(engineer)).toEqual(["personal"]);
    expect(await openBy({ ...engineer, mayReveal: ["text"] })).toEqual([]);
    expect(await openBy({ ...engineer, abilities: [] })).toEqual([]);
  });

  it("is for roles that may, for classes they may, for people who signed in just now", async () => {
    const asking = (principal: Principal, part: Partial<RevealWish> = {}) => ask(part, principal);
    await expect(asking(max)).rejects.toMatchObject({ code: "forbidden" });
    await expect(asking(somebody("vendor", NOW))).rejects.toMatchObject({ code: "forbidden" });
    const support = somebody("support", NOW);
    await expect(asking(support, { fieldClass: "text" })).rejects.toMatchObject({ field: "fieldClass" });
    await expect(asking(support)).resolves.toMatchObject({ needsSecond: false });
    await expect(asking(somebody("engineer", later(-11)))).rejects.toMatchObject({ code: "step-up-required" });
    const { provenAt: _provenAt, ...unproven } = erin;
    await expect(asking({ ...unproven, via: "token" })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is not asked for twice at a time", async () => {
    const { incident, id } = await ask();
    await expect(ask({}, erin, incident)).rejects.toMatchObject({ code: "conflict" });
    await endReveal(erin, id, NOW);
    await expect(ask({}, erin, incident)).resolves.toMatchObject({ incident });
  });

  it("opens content after a second person said so, who is not the first, and from then on", async () => {
    const { incident, id } = await waiting();
    expect(await open(erin, incident, NOW)).toEqual([]);
    await expect(approveReveal(erin, id, NOW)).rejects.toMatchObject({ code: "forbidden" });
    await expect(approveReveal({ ...erin, role: "manager" }, id, NOW)).rejects.toMatchObject({ code: "forbidden" });
    await expect(approveReveal(somebody("support", NOW), id, NOW)).rejects.toMatchObject({ code: "forbidden" });
    await expect(approveReveal(somebody("manager", later(-20)), id, NOW)).rejects.toMatchObject({
      code: "step-up-required",
    });
    await approveReveal(max, id, later(5));
    expect(await open(erin, incident, later(34))).toEqual(["text"]);
    expect(await open(erin, incident, later(35))).toEqual([]);
  });

  it("keeps which incident it is for sealed, and bound to its own row", async () => {
    const [one, other] = [await waiting(), await waiting()];
    expect(revealKeys(one)).toEqual(KEYS);
    expect(one.askedKeys).not.toContain("8829");
    expect((await store.reveals.read(one.id))?.askedKeys).toBe(one.askedKeys);
    expect(revealKeys({ ...one, askedKeys: other.askedKeys })).toBeUndefined();
    expect(revealKeys({ ...one, askedKeys: undefined })).toBeUndefined();
  });

  it("lets exactly one of two second people decide", async () => {
    const { id } = await waiting();
    const both = await Promise.allSettled([
      approveReveal(max, id, NOW),
      approveReveal(somebody("engineer", NOW), id, NOW),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(refuseReveal(max, id, NOW)).rejects.toMatchObject({ code: "conflict" });
  });

  it("stays closed when it was refused or taken back", async () => {
    const refused = await waiting();
    await refuseReveal(max, refused.id, NOW);
    const withdrawn = await waiting();
    await endReveal(erin, withdrawn.id, NOW);
    for (const { id, incident } of [refused, withdrawn]) {
      await expect(approveReveal(max, id, NOW)).rejects.toMatchObject({ code: "conflict" });
      expect(await open(erin, incident, NOW)).toEqual([]);
    }
  });

  it("is ended by who asked or an admin, and is not known to others", async () => {
    const { id, incident } = await ask();
    for (const stranger of [somebody("engineer", NOW), max]) {
      await expect(endReveal(stranger, id, NOW)).rejects.toMatchObject({ code: "not-found" });
    }
    await expect(endReveal(erin, randomUUID(), NOW)).rejects.toMatchObject({ code: "not-found" });
    await endReveal(somebody("admin", NOW), id, later(1));
    expect(await open(erin, incident, later(1))).toEqual([]);
    await expect(endReveal(erin, id, later(1))).rejects.toMatchObject({ code: "conflict" });
  });

  it("is looked at afterwards by somebody else who may", async () => {
    const { id } = await ask();
    await expect(reviewReveal(max, id, later(1))).rejects.toMatchObject({ code: "conflict" });
    await expect(reviewReveal({ ...erin, role: "manager" }, id, later(31))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(reviewReveal(somebody("engineer", NOW), id, later(31))).rejects.toMatchObject({ code: "forbidden" });
    await reviewReveal(max, id, later(31));
    await expect(reviewReveal(somebody("admin", NOW), id, later(32))).rejects.toMatchObject({ code: "conflict" });
  });

  it("is on record, with the class, the incident and the ticket, and without the words", async () => {
    const { id, incident } = await waiting();
    await approveReveal(max, id, NOW);
    await endReveal(erin, id, NOW);
    await reviewReveal(max, id, NOW);
    const entries = [...(await store.audit.latest(4))].reverse();
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ["reveal.request", erin.userId],
      ["reveal.approve", max.userId],
      ["reveal.end", erin.userId],
      ["reveal.review", max.userId],
    ]);
    for (const entry of entries) {
      expect(entry).toMatchObject({ incident, detail: { revealId: id, class: "text", ticket: "T-1" } });
    }
    const words = JSON.stringify(entries, (_name, value: unknown) => (typeof value === "bigint" ? "" : value));
    expect(words).not.toContain("address");
  });
});
