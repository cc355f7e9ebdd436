import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REVEAL_WAITS_MS, revealState } from "@/lib/domain/stored-reveal";
import { openStore, type Store } from "./open-store";
import type { NewStoredReveal } from "./reveal-repository";
import { testDatabases } from "./testing/databases";

const ERIN = { userId: randomUUID(), name: "Erin" };
const MAX = { userId: randomUUID(), name: "Max" };
const EVE = { userId: randomUUID(), name: "Eve" };
const NOW = new Date("2026-03-01T10:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describe.each(testDatabases())("reveals on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
  });
  afterAll(async () => {
    await store?.close();
    await fresh?.remove();
  });

  const ask = (part: Partial<NewStoredReveal> = {}) =>
    store.reveals.create({
      ...{
        id: randomUUID(),
        userId: ERIN.userId,
        by: ERIN.name,
        role: "engineer",
        incident: randomUUID(),
        askedKeys: "v1.sealed",
        fieldClass: "personal",
      },
      ...{ reason: "The customer asks which address we hold.", ticket: "T-1", minutes: 30 },
      ...{ needsSecond: false, askedAt: NOW, ...part },
    });
  const open = async (incident: string, now: Date, userId = ERIN.userId) =>
    (await store.reveals.inForce(userId, incident, now)).map(({ fieldClass }) => fieldClass);

  it("are in force at once when nobody else is needed, and no longer than asked for", async () => {
    const { incident, expiresAt } = await ask({ minutes: 10 });
    expect(expiresAt).toEqual(later(10));
    expect(await open(incident, NOW)).toEqual(["personal"]);
    expect(await open(incident, later(9.99))).toEqual(["personal"]);
    expect(await open(incident, later(10))).toEqual([]);
  });

  it("open nothing in another incident, and nothing for another person", async () => {
    const { incident } = await ask();
    expect(await open(randomUUID(), NOW)).toEqual([]);
    expect(await open(incident, NOW, EVE.userId)).toEqual([]);
  });

  it("wait for a second person, from whose answer the clock runs", async () => {
    const { id, incident } = await ask({ fieldClass: "text", needsSecond: true, minutes: 5 });
    expect(await open(incident, NOW)).toEqual([]);
    const approved = await store.reveals.approve(id, MAX, later(20));
    expect(approved).toMatchObject({ approvedBy: "Max", startsAt: later(20), expiresAt: later(25) });
    expect(await open(incident, later(24))).toEqual(["text"]);
    expect(await store.reveals.read(id)).toEqual(approved);
  });

  it("are answered neither by who asked, nor twice, nor after an hour", async () => {
    const { id } = await ask({ needsSecond: true });
    expect(await store.reveals.approve(id, ERIN, later(1))).toBeUndefined();
    expect(await store.reveals.refuse(id, ERIN, later(1))).toBe(false);
    expect(await store.reveals.approve(id, MAX, new Date(NOW.getTime() + REVEAL_WAITS_MS))).toBeUndefined();
    expect(await store.reveals.refuse(id, MAX, later(2))).toBe(true);
    expect(await store.reveals.approve(id, EVE, later(3))).toBeUndefined();
  });

  it("are approved by exactly one of several people at once", async () => {
    const { id } = await ask({ needsSecond: true });
    const answers = await Promise.all([
      store.reveals.approve(id, MAX, later(1)),
      store.reveals.approve(id, EVE, later(2)),
      store.reveals.refuse(id, EVE, later(2)),
    ]);
    expect(answers.filter((answer) => answer !== undefined && answer !== false)).toHaveLength(1);
  });

  it("are open as long as they are in force or wait", async () => {
    const incident = randomUUID();
    await ask({ incident, minutes: 10 });
    await ask({ incident, fieldClass: "text", needsSecond: true });
    await store.reveals.end((await ask({ incident, fieldClass: "note" })).id, NOW);
    const classes = async (now: Date) =>
      (await store.reveals.openOf(ERIN.userId, incident, now)).map(({ fieldClass }) => fieldClass).sort();
    expect(await classes(later(9))).toEqual(["personal", "text"]);
    expect(await classes(later(10))).toEqual(["text"]);
    expect(await classes(later(60))).toEqual([]);
  });

  it("end once, also while they wait, and cannot be approved afterwards", async () => {
    const running = await ask();
    expect(await store.reveals.end(running.id, later(3))).toBe(true);
    expect(await store.reveals.end(running.id, later(3))).toBe(false);
    expect(await open(running.incident, later(3))).toEqual([]);
    const waiting = await ask({ needsSecond: true });
    expect(await store.reveals.end(waiting.id, later(1))).toBe(true);
    expect(await store.reveals.approve(waiting.id, MAX, later(2))).toBeUndefined();
    const over = await ask({ minutes: 1 });
    expect(await store.reveals.end(over.id, later(2))).toBe(false);
  });

  it("are looked at afterwards, once, by somebody else", async () => {
    const { id } = await ask({ minutes: 10 });
    expect(await store.reveals.review(id, MAX, later(5))).toBe(false);
    expect(await store.reveals.review(id, ERIN, later(11))).toBe(false);
    expect(await store.reveals.review(id, MAX, later(11))).toBe(true);
    expect(await store.reveals.review(id, EVE, later(12))).toBe(false);
    const never = await ask({ needsSecond: true });
    await store.reveals.end(never.id, later(1));
    expect(await store.reveals.review(never.id, MAX, later(60))).toBe(false);
  });

  it("of an incident are those that opened something, oldest first", async () => {
    const incident = randomUUID();
    const first = await ask({ incident });
    await ask({ incident, needsSecond: true });
    const second = await ask({ incident, askedAt: later(1), fieldClass: "note" });
    expect((await store.reveals.ofIncident(incident)).map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it("are listed by when they were asked for, newest first", async () => {
    const [userId, month] = [randomUUID(), new Date("2025-01-01T00:00:00Z")];
    const [one, two] = [await ask({ userId, askedAt: month }), await ask({ userId, askedAt: later(0) })];
    const ids = async (from: Date, to: Date) => (await store.reveals.asked(from, to, 10, userId)).map(({ id }) => id);
    expect(await ids(month, later(1))).toEqual([two.id, one.id]);
    expect(await ids(month, NOW)).toEqual([one.id]);
    expect((await store.reveals.asked(month, NOW, 10)).map(({ id }) => id)).toContain(one.id);
  });

  it("are refused by the table beyond half an hour, for secrets and for vendors", async () => {
    await expect(ask({ minutes: 31 })).rejects.toThrow();
    await expect(ask({ fieldClass: "secret" })).rejects.toThrow();
    await expect(ask({ role: "vendor" })).rejects.toThrow();
  });

  it("that nobody knows are none", async () => {
    for (const id of [randomUUID(), "1 OR 1=1"]) {
      expect(await store.reveals.read(id)).toBeUndefined();
      expect(await store.reveals.approve(id, MAX, NOW)).toBeUndefined();
      expect(await store.reveals.end(id, NOW)).toBe(false);
    }
  });

  it("say in which state they are", async () => {
    const waiting = await ask({ needsSecond: true });
    expect(revealState(waiting, later(59))).toBe("waiting");
    expect(revealState(waiting, later(60))).toBe("lapsed");
    expect(revealState(await ask(), later(29))).toBe("in-force");
    expect(revealState(await ask(), later(30))).toBe("over");
  });
});
