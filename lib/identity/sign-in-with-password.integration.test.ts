/** A sign-in that fails does the same work whoever is named: counted, not timed. */
import { randomUUID, type scrypt } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { useStore } from "@/lib/store/testing/use-store";
import { hashPassword } from "./password";
import { signInWithPassword } from "./sign-in-with-password";

const SCRYPT = vi.hoisted(() => ({ costs: [] as string[] }));
vi.mock("node:crypto", async () => {
  const actual = await vi.importActual<{ scrypt: typeof scrypt }>("node:crypto");
  return {
    ...actual,
    scrypt: (...args: Parameters<typeof scrypt>) => {
      const [, salt, bytes, { N, r, p } = {}] = args;
      SCRYPT.costs.push(JSON.stringify({ salt: Buffer.from(salt as Buffer).length, bytes, N, r, p }));
      actual.scrypt(...args);
    },
  };
});

const PASSWORD = "correct horse battery";
const NOW = new Date("2026-03-01T10:00:00Z");

describe.each(testDatabases())("a sign-in by password on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  let hash: string;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
    useStore(store);
    hash = await hashPassword(PASSWORD);
  });
  afterAll(async () => {
    useStore(undefined);
    await store?.close();
    await fresh?.remove();
  });
  beforeEach(() => {
    SCRYPT.costs.length = 0;
  });

  const person = async (
    change: Parameters<Store["users"]["update"]>[1] = {},
    passwordHash: string | null = hash,
  ): Promise<string> => {
    const email = `${randomUUID()}@example.test`;
    const user = await store.users.create({ email, name: "Ada", role: "engineer", roles: ["engineer"], passwordHash });
    await store.users.update(user?.id ?? "", change);
    return email;
  };

  /** Everything that was asked of the database and of the hash, in order. */
  async function workOf(email: string, password: string) {
    SCRYPT.costs.length = 0;
    const calls: string[] = [];
    const noted = <Part extends object>(name: string, part: Part): Part =>
      new Proxy(part, {
        get(target, key, receiver) {
          const value: unknown = Reflect.get(target, key, receiver);
          if (typeof value !== "function") return value;
          return (...args: unknown[]) => {
            calls.push(`${name}.${String(key)}`);
            return (value as (...all: unknown[]) => unknown).apply(target, args);
          };
        },
      });
    const counted = vi.spyOn(store.rateBuckets, "take");
    const opened = { users: noted("users", store.users), audit: noted("audit", store.audit) };
    const user = await signInWithPassword({ email, password, address: "192.0.2.1" }, opened, NOW);
    const tries = counted.mock.calls.length;
    counted.mockRestore();
    return { admitted: user !== null, tries, calls, hashes: [...SCRYPT.costs] };
  }

  it("that fails takes the same steps and one hash of the same cost, for whatever reason", async () => {
    const wrong = await workOf(await person(), "not the password");
    expect(wrong.admitted).toBe(false);
    expect(wrong.tries).toBe(1);
    expect(wrong.hashes).toEqual([JSON.stringify({ salt: 16, bytes: 32, N: 2 ** 17, r: 8, p: 1 })]);
    expect(wrong.calls).toEqual(["users.findByEmail", "users.noteAttempt", "audit.append"]);
    const others = {
      unknown: await workOf(`${randomUUID()}@example.test`, PASSWORD),
      disabled: await workOf(await person({ disabledAt: NOW }), PASSWORD),
      locked: await workOf(await lockedOut(), PASSWORD),
      "without a password": await workOf(await person({}, null), PASSWORD),
    };
    for (const [reason, work] of Object.entries(others)) expect([reason, work]).toEqual([reason, wrong]);
  });

  it("that succeeds is told apart, so that the above means something", async () => {
    const right = await workOf(await person(), PASSWORD);
    expect(right.admitted).toBe(true);
    expect(right.hashes).toHaveLength(1);
    expect(right.calls).toContain("users.clearAttempts");
  });

  async function lockedOut(): Promise<string> {
    const email = await person();
    const user = await store.users.findByEmail(email);
    if (!user) throw new Error("was just made");
    await store.users.noteAttempt(user, new Date(NOW.getTime() + 60_000));
    return email;
  }
});
