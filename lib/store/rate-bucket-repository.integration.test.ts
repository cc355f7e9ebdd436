import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "./open-store";
import { testDatabases } from "./testing/databases";

const NOW = new Date("2026-11-24T10:00:00Z");
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const aBucket = () => ({ key: `test:${randomUUID()}`, capacity: 3, refillPerSecond: 0.1 });

describe.each(testDatabases())("token buckets on the $name database", (database) => {
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
  const take = (bucket: ReturnType<typeof aBucket>, at: Date) => store.rateBuckets.take(bucket, at);

  it("give exactly as many as they hold, however many ask at once", async () => {
    const bucket = { ...aBucket(), capacity: 20 };
    const answers = await Promise.all(Array.from({ length: 50 }, () => take(bucket, NOW)));
    expect(answers.filter(Boolean)).toHaveLength(20);
  });

  it("fill again with time, and never above what they hold", async () => {
    const bucket = aBucket();
    for (let taken = 0; taken < 3; taken += 1) expect(await take(bucket, NOW)).toBe(true);
    expect(await take(bucket, after(9.9))).toBe(false);
    expect(await take(bucket, after(10))).toBe(true);
    expect(await take(bucket, after(10))).toBe(false);
    const later = await Promise.all(Array.from({ length: 10 }, () => take(bucket, after(100_000))));
    expect(later.filter(Boolean)).toHaveLength(3);
  });

  it("fill no slower for being asked while they are empty", async () => {
    const bucket = { ...aBucket(), capacity: 1 };
    expect(await take(bucket, NOW)).toBe(true);
    for (let second = 1; second < 10; second += 1) expect(await take(bucket, after(second))).toBe(false);
    expect(await take(bucket, after(10))).toBe(true);
  });

  it("are not filled by a process whose clock is behind", async () => {
    const bucket = { ...aBucket(), capacity: 1 };
    expect(await take(bucket, NOW)).toBe(true);
    expect(await take(bucket, after(-3600))).toBe(false);
    expect(await take(bucket, after(5))).toBe(false);
  });

  it("take back what was taken for nothing", async () => {
    const bucket = { ...aBucket(), capacity: 1 };
    expect(await take(bucket, NOW)).toBe(true);
    await store.rateBuckets.giveBack(bucket);
    await store.rateBuckets.giveBack(bucket);
    expect(await take(bucket, NOW)).toBe(true);
    expect(await take(bucket, NOW)).toBe(false);
  });

  it("count each subject alone, and are forgotten when old", async () => {
    const [one, other] = [
      { ...aBucket(), capacity: 1 },
      { ...aBucket(), capacity: 1 },
    ];
    expect(await take(one, NOW)).toBe(true);
    expect(await take(other, after(60))).toBe(true);
    await store.rateBuckets.sweep(after(60));
    expect(await take(one, after(60))).toBe(true);
    expect(await take(other, after(60))).toBe(false);
  });
});
