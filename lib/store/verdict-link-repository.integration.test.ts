import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AlertVerdict } from "@/lib/domain/on-call";
import { openStore, type Store } from "./open-store";
import { testDatabases } from "./testing/databases";

const NOW = new Date("2026-11-27T10:00:00.000Z");
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

describe.each(testDatabases())("links for one verdict on the $name database", (database) => {
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

  const aLink = (episodeId: string) => ({
    ...{ id: randomUUID(), hash: randomUUID(), episodeId, userId: randomUUID(), expiresAt: later(60) },
  });
  const aVerdict = (episodeId: string, part: Partial<AlertVerdict> = {}): AlertVerdict => ({
    ...{ episodeId, rule: "Blip", verdict: "noise", reason: "", note: "", by: randomUUID(), byName: "Kim" },
    ...{ via: "link", createdAt: NOW, ...part },
  });

  it("are found by their digest, which no answer repeats", async () => {
    const link = aLink(randomUUID());
    const { hash, ...rest } = link;
    const made = await store.verdictLinks.create(link);
    expect(made).toEqual({ ...rest, usedAt: null });
    expect(await store.verdictLinks.find(hash)).toEqual(made);
    expect(await store.verdictLinks.find("another")).toBeNull();
    await expect(store.verdictLinks.create({ ...aLink(randomUUID()), hash })).rejects.toThrow();
  });

  it("keep one verdict of many that come at once", async () => {
    const episode = randomUUID();
    const link = aLink(episode);
    await store.verdictLinks.create(link);
    const answers = await Promise.all(
      (["noise", "actionable", "expected", "duplicate"] as const).map((verdict) =>
        store.verdictLinks.judge(link.id, aVerdict(episode, { verdict })),
      ),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await store.verdicts.history([episode])).toHaveLength(1);
    expect((await store.verdictLinks.find(link.hash))?.usedAt).toEqual(NOW);
  });

  it("are over at their time, to the millisecond", async () => {
    const episode = randomUUID();
    const link = aLink(episode);
    await store.verdictLinks.create(link);
    expect(await store.verdictLinks.judge(link.id, aVerdict(episode, { createdAt: link.expiresAt }))).toBe(false);
    expect(await store.verdicts.history([episode])).toEqual([]);
    const inTime = new Date(link.expiresAt.getTime() - 1);
    expect(await store.verdictLinks.judge(link.id, aVerdict(episode, { createdAt: inTime }))).toBe(true);
  });

  it("stay as they were when the verdict cannot be kept", async () => {
    const episode = randomUUID();
    const link = aLink(episode);
    await store.verdictLinks.create(link);
    await expect(store.verdictLinks.judge(link.id, aVerdict(episode, { by: "nobody's id" }))).rejects.toThrow();
    expect((await store.verdictLinks.find(link.hash))?.usedAt).toBeNull();
    expect(await store.verdictLinks.judge(link.id, aVerdict(episode))).toBe(true);
  });

  it("judge nothing when there is no such link", async () => {
    const episode = randomUUID();
    expect(await store.verdictLinks.judge(randomUUID(), aVerdict(episode))).toBe(false);
    expect(await store.verdicts.history([episode])).toEqual([]);
  });
});
