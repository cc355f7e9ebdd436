import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { useStore } from "@/lib/store/testing/use-store";
import { giveTokenBack, takeToken, tryToken } from "./rate-limit";
import { requirePrincipal } from "./require-principal";
import { passSignInGate } from "./sign-in-gate";

const keyDir = mkdtempSync(path.join(os.tmpdir(), "throughline-limits-"));
Object.assign(process.env, { DATA_DIR: keyDir, LOG_LEVEL: "silent" });
afterAll(() => rmSync(keyDir, { recursive: true, force: true }));

const LIMITED = { code: "rate-limited", retryAfterSeconds: expect.any(Number) };

describe.each(testDatabases())("limits on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let opened: Store;
  beforeAll(async () => {
    fresh = await database.create();
    opened = await openStore(fresh.settings);
    useStore(opened);
  });
  afterAll(async () => {
    useStore(undefined);
    await opened?.close();
    await fresh?.remove();
  });

  it("stop one address after fifty passwords over many accounts, whatever it claims to be, and no other", async () => {
    const tries = Array.from({ length: 60 }, (_, n) =>
      signIn("198.51.100.7", { "x-forwarded-for": `10.0.0.${String(n)}` }),
    );
    const answers = await Promise.allSettled(tries);
    const refused = answers.filter(({ status }) => status === "rejected");
    // Time goes on meanwhile: half a minute gives one back.
    expect(refused.length).toBeGreaterThanOrEqual(7);
    expect(refused.length).toBeLessThanOrEqual(10);
    for (const answer of refused) expect(answer).toMatchObject({ reason: LIMITED });
    await expect(signIn("198.51.100.8")).resolves.toBeUndefined();
  });

  it("leave everything but passwords alone", async () => {
    const request = new Request("http://app.test/api/auth/session", {
      headers: { "x-throughline-peer": "198.51.100.7" },
    });
    for (let n = 0; n < 60; n += 1) await passSignInGate(request, ["session"]);
    const post = new Request(request, { method: "POST" });
    await expect(passSignInGate(post, ["signout"])).resolves.toBeUndefined();
  });

  it("stop an address that guesses tokens", async () => {
    const guess = () => {
      const headers = { authorization: `Bearer tl_${randomUUID()}`, "x-throughline-peer": "198.51.100.9" };
      return requirePrincipal(new Request("http://app.test/api/v1/tokens", { headers })).catch((error) => error.code);
    };
    const codes = await Promise.all(Array.from({ length: 115 }, guess));
    expect(new Set(codes.slice(0, 10))).toEqual(new Set(["unauthenticated"]));
    expect(codes.filter((code) => code === "rate-limited").length).toBeGreaterThanOrEqual(5);
  });

  it("give back what was legitimate, and never keep an address or account as it is", async () => {
    const subject = `kim-${randomUUID()}@example.test`;
    for (let n = 0; n < 100; n += 1) {
      await takeToken("sign-in-account", subject);
      await giveTokenBack("sign-in-account", subject);
    }
    while (await tryToken("sign-in-account", subject, new Date())) continue;
    const plain = createHash("sha256").update(subject).digest("base64url").slice(0, 22);
    for (const key of [`sign-in-account:${subject}`, `sign-in-account:${plain}`]) {
      // A bucket that exists and is empty would refuse.
      expect(await opened.rateBuckets.take({ key, capacity: 1, refillPerSecond: 0 }, new Date())).toBe(true);
    }
  });
});

function signIn(peer: string, headers: Record<string, string> = {}): Promise<void> {
  const url = "http://app.test/api/auth/callback/credentials";
  const request = new Request(url, { method: "POST", headers: { ...headers, "x-throughline-peer": peer } });
  return passSignInGate(request, ["callback", "credentials"]);
}
