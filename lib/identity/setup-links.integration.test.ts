import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { offerFirstAdmin } from "./offer-first-admin";
import { redeemSetupLink } from "./redeem-setup-link";
import { createSetupLink, findSetupLink } from "./setup-links";

const keyDir = mkdtempSync(path.join(os.tmpdir(), "throughline-setup-"));
Object.assign(process.env, { DATA_DIR: keyDir, LOG_LEVEL: "silent" });
afterAll(() => rmSync(keyDir, { recursive: true, force: true }));

const NOW = new Date("2026-11-24T10:00:00Z");
const DAY_MS = 24 * 3_600_000;
const ADA = { name: "Ada", email: "ada@example.test", password: "correct horse battery" };
const NOT_FOUND = { code: "not-found" };

describe.each(testDatabases())("one-time links on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let opened: Store;
  beforeAll(async () => {
    fresh = await database.create();
    opened = await openStore(fresh.settings);
  });
  afterAll(async () => {
    await opened?.close();
    await fresh?.remove();
  });

  it("are kept as a digest only", async () => {
    const token = tokenIn(await offerFirstAdmin("https://app.test", opened, NOW));
    expect(await opened.setupLinks.find(token, NOW)).toBeNull();
  });

  it("open nothing when they are over or unknown", async () => {
    const token = tokenIn(await offerFirstAdmin("https://app.test", opened, NOW));
    const find = (text: string, at = NOW) => findSetupLink(text, opened, at);
    expect(await find(token, new Date(NOW.getTime() + DAY_MS - 1))).toMatchObject({ purpose: "first-admin" });
    expect(await find(token, new Date(NOW.getTime() + DAY_MS))).toBeNull();
    for (const wrong of ["", "x", `${token}x`, token.slice(1), `../${token}`]) expect(await find(wrong)).toBeNull();
  });

  it("let somebody invited choose a password, the newest link only, and end what was signed in before", async () => {
    const user = await somebody("support");
    const invite = async () =>
      (await createSetupLink({ purpose: "invitation", userId: user.id }, opened, NOW)).path.slice("/setup/".length);
    const [old, token] = [await invite(), await invite()];
    expect(await findSetupLink(old, opened, NOW)).toBeNull();
    const form = { password: ADA.password };
    expect(await redeemSetupLink(token, form, opened, NOW)).toMatchObject({ id: user.id, sessionVersion: 2 });
    expect((await opened.users.findById(user.id))?.passwordHash).toMatch(/^scrypt/);
    await expect(redeemSetupLink(token, form, opened, NOW)).rejects.toMatchObject(NOT_FOUND);
    const unused = await invite();
    await opened.users.update(user.id, { disabledAt: NOW });
    expect(await findSetupLink(unused, opened, NOW)).toBeNull();
  });

  it("change nothing that cannot be recorded, and stay usable", async () => {
    const user = await somebody("support");
    const { path: invitation } = await createSetupLink({ purpose: "invitation", userId: user.id }, opened, NOW);
    const [token, first] = [
      invitation.slice("/setup/".length),
      tokenIn(await offerFirstAdmin("https://app.test", opened, NOW)),
    ];
    const append = () => Promise.reject(new Error("the trail is full"));
    const mute: Store = { ...opened, audit: { ...opened.audit, append } };
    await expect(redeemSetupLink(token, { password: ADA.password }, mute, NOW)).rejects.toThrow("the trail is full");
    await expect(redeemSetupLink(first, ADA, mute, NOW)).rejects.toThrow("the trail is full");
    expect(await opened.users.findById(user.id)).toMatchObject({ passwordHash: null, sessionVersion: 1 });
    expect(await opened.users.findByEmail(ADA.email)).toBeNull();
    expect(await redeemSetupLink(token, { password: ADA.password }, opened, NOW)).toMatchObject({ id: user.id });
  });

  it("make the first admin once, and are offered until there is one", async () => {
    const first = tokenIn(await offerFirstAdmin("https://app.test/", opened, NOW));
    const second = tokenIn(await offerFirstAdmin("https://app.test/", opened, NOW));
    await expect(redeemSetupLink(first, ADA, opened, NOW)).rejects.toMatchObject(NOT_FOUND);
    const incomplete = { password: ADA.password };
    await expect(redeemSetupLink(second, incomplete, opened, NOW)).rejects.toMatchObject({ field: "name" });
    const [made, late] = await Promise.allSettled([
      redeemSetupLink(second, ADA, opened, NOW),
      redeemSetupLink(second, { ...ADA, email: "eve@example.test" }, opened, NOW),
    ]);
    const winner = made.status === "fulfilled" ? made : late;
    expect(winner).toMatchObject({ value: { role: "admin", roles: ["admin", "engineer"], sessionVersion: 1 } });
    expect(made.status === "fulfilled" ? late : made).toMatchObject({ reason: NOT_FOUND });
    await expect(redeemSetupLink(second, ADA, opened, NOW)).rejects.toMatchObject(NOT_FOUND);
    expect(await offerFirstAdmin("https://app.test", opened, NOW)).toBeNull();
    const admins = (await opened.users.list()).filter(({ roles }) => roles.includes("admin"));
    expect(admins).toHaveLength(1);
    expect((await opened.audit.latest(1))[0]).toMatchObject({ action: "session.setup" });
  });

  it("open nothing for a first admin where there is one already", async () => {
    if (!(await opened.users.isHeld("admin"))) await somebody("admin");
    const { path: late } = await createSetupLink({ purpose: "first-admin" }, opened, NOW);
    expect(await findSetupLink(late.slice("/setup/".length), opened, NOW)).toBeNull();
  });

  async function somebody(role: string) {
    const email = `${randomUUID()}@example.test`;
    const user = await opened.users.create({ email, name: "Sam", role, roles: [role], passwordHash: null });
    if (!user) throw new Error("the address is taken");
    return user;
  }
});

function tokenIn(offer: string | null): string {
  const token = /https:\/\/app\.test\/setup\/(\S+)/.exec(offer ?? "")?.[1];
  if (token === undefined) throw new Error("no link was offered");
  return token;
}
