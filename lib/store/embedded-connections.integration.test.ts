import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStore, type Store } from "./open-store";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-connections-"));
let store: Store;
let second: Store;
beforeAll(async () => {
  store = await openStore({ dataDir });
  // As a command does beside the running application: its own connections, not in step with the first ones.
  second = await openStore({ dataDir, throughRunningProcess: true });
});
afterAll(async () => {
  await second?.close();
  await store?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it("gives every caller the answer to their own statement, however many ask different things at once", async () => {
  const people = Array.from({ length: 60 }, (_, n) => `${String(n)}-${randomUUID()}@example.test`);
  const found = await Promise.all(
    people.map(async (email, n) => {
      const { users, rateBuckets, tokens } = n % 2 === 0 ? store : second;
      const user = await users.create({ email, name: email, role: "support", roles: ["support"], passwordHash: null });
      const [again, taken] = await Promise.all([
        users.findByEmail(email),
        rateBuckets.take({ key: email, capacity: 1, refillPerSecond: 0 }, new Date()),
        tokens.findByHash(email),
      ]);
      return [user?.name, again?.name, taken];
    }),
  );
  expect(found).toEqual(people.map((email) => [email, email, true]));
});
