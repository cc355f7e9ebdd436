import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KeyRule } from "@/lib/domain/key-rule";
import { openStore, type Store } from "./open-store";
import { testDatabases } from "./testing/databases";

const ADA = { userId: randomUUID(), name: "Ada" };
const aRule = (name: string, part: object = {}) =>
  KeyRule.parse({ name, kind: "order", attributes: ["o.id"], ...part });

describe.each(testDatabases())("key rules on the $name database", (database) => {
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

  async function created(name: string) {
    const made = await store.keyRules.create(aRule(name), ADA);
    if (made === "taken") throw new Error("the name was taken");
    return made;
  }

  it("come back as they were stored, with who made them", async () => {
    const rule = aRule("as stored", { padTo: [6], fold: "lower", text: ["x ([0-9]+)"] });
    expect(await store.keyRules.create(rule, ADA)).toMatchObject({ name: "as stored", rule, version: 1, by: "Ada" });
    expect((await store.keyRules.list()).rules.map((one) => one.rule)).toContainEqual(rule);
  });

  it("have one name each, also after a change", async () => {
    const made = await created("taken name");
    expect(await store.keyRules.create(aRule("taken name"), ADA)).toBe("taken");
    const other = await created("other name");
    expect(await store.keyRules.update(other.id, 1, aRule("taken name"), ADA)).toBe("taken");
    expect(await store.keyRules.update(made.id, 1, aRule("taken name", { words: ["order"] }), ADA)).toMatchObject({
      version: 2,
    });
  });

  it("let exactly one of two people save the same version", async () => {
    const { id } = await created("saved twice");
    const saved = await Promise.all(["a1", "b1"].map((word) => store.keyRules.update(id, 1, aRule(word), ADA)));
    expect(saved.filter((one) => one === "stale")).toHaveLength(1);
    expect(saved.filter((one) => typeof one === "object")).toHaveLength(1);
  });

  it("are not removed by who has not seen the last change", async () => {
    const { id } = await created("removed");
    await store.keyRules.update(id, 1, aRule("removed", { words: ["order"] }), ADA);
    expect(await store.keyRules.remove(id, 1)).toBe("stale");
    expect(await store.keyRules.remove(id, 2)).toMatchObject({ id, name: "removed" });
    expect(await store.keyRules.remove(id, 2)).toBe("missing");
  });

  it("carry a mark that every change changes, and only a change", async () => {
    const marks = [await store.keyRules.mark()];
    expect(await store.keyRules.mark()).toBe(marks[0]);
    const { id } = await created("marked");
    marks.push(await store.keyRules.mark());
    await store.keyRules.update(id, 1, aRule("marked"), ADA);
    marks.push(await store.keyRules.mark());
    expect((await store.keyRules.list()).mark).toBe(marks[2]);
    await store.keyRules.remove(id, 2);
    await created("marked");
    marks.push(await store.keyRules.mark());
    expect(new Set(marks).size).toBe(4);
  });

  it("are missing under an id that is none", async () => {
    expect(await store.keyRules.remove("'; DROP TABLE key_rules; --", 1)).toBe("missing");
  });
});
