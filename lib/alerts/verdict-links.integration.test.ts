/** Links that judge in somebody's name: who may make them for whom, and what they do, over the API on every database. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as judge } from "@/app/api/v1/judge/[token]/route";
import { POST as makeLink } from "@/app/api/v1/alerts/verdict-links/route";
import { giveTokenBack, tryToken } from "@/lib/identity/rate-limit";
import { aPerson, requestOf, type TestPerson } from "@/lib/identity/testing/a-person";
import { openStore, type Store } from "@/lib/store/open-store";
import { addEpisode } from "@/lib/store/testing/add-episode";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import { useStore } from "@/lib/store/testing/use-store";
import type { PrismaClient } from "@/prisma/generated/client";
import { readVerdictLink } from "./verdict-links";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-links-"));
Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent", NEXTAUTH_URL: "https://app.test" });
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const ROLES = ["support", "engineer", "manager", "admin", "vendor"] as const;
type RoleName = (typeof ROLES)[number];

describe.each(testDatabases())("verdict links on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let opened: Store;
  let tables: PrismaClient;
  const people = {} as Record<RoleName, TestPerson>;
  beforeAll(async () => {
    fresh = await database.create();
    opened = await openStore(fresh.settings);
    tables = await openTables(fresh.settings);
    useStore(opened);
    for (const role of ROLES) people[role] = await aPerson(role);
  });
  afterAll(async () => {
    useStore(undefined);
    await tables?.$disconnect();
    await opened?.close();
    await fresh?.remove();
  });

  const make = async (maker: RoleName, episode: string, email?: string) => {
    const wish = { episode, ...(email !== undefined && { email }) };
    const response = await makeLink(requestOf(people[maker], "/api/v1/alerts/verdict-links", wish), undefined);
    return { status: response.status, body: (await response.json()) as { url?: string; detail?: string } };
  };
  const madeBy = async (maker: RoleName, episode: string, email?: string): Promise<string> =>
    (await make(maker, episode, email)).body.url?.replace("https://app.test/judge/", "") ?? "";
  const send = async (token: string, verdict: string, peer = "198.51.100.1") => {
    const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin", "x-throughline-peer": peer };
    const request = new Request(`https://app.test/api/v1/judge/${token}`, {
      ...{ method: "POST", headers, body: JSON.stringify({ verdict }) },
    });
    return judge(request, { params: Promise.resolve({ token }) });
  };
  const look = (token: string, address = "198.51.100.1") => readVerdictLink(token, address);
  const said = async (episode: string) =>
    (await opened.verdicts.history([episode])).map(({ by, verdict, via }) => [by, verdict, via]);

  it.each([
    ["support", 403, 403],
    ["engineer", 201, 403],
    ["manager", 201, 403],
    ["admin", 403, 201],
    ["vendor", 403, 403],
  ] as const)("%s gets %d for oneself and %d for somebody else", async (role, own, foreign) => {
    const episode = await addEpisode(tables);
    const other = role === "engineer" ? "manager" : "engineer";
    const mail = people[role].user.email;
    expect((await make(role, episode)).status).toBe(own);
    expect((await make(role, episode, mail.toUpperCase())).status).toBe(own);
    expect((await make(role, episode, people[other].user.email)).status).toBe(foreign);
  });

  it("tell who may not make them nothing about who has an account or which alerts there are", async () => {
    const episode = await addEpisode(tables);
    const known = await make("engineer", episode, people.manager.user.email);
    const unknown = await make("engineer", "0".repeat(32), "nobody@example.test");
    expect([known.status, known.body.detail]).toEqual([unknown.status, unknown.body.detail]);
    expect((await make("admin", episode, "nobody@example.test")).status).toBe(404);
    expect((await make("engineer", "0".repeat(32))).status).toBe(404);
  });

  it("judge once, in the name of their person, and looking changes nothing", async () => {
    const episode = await addEpisode(tables);
    const token = await madeBy("admin", episode, people.engineer.user.email);
    for (let time = 0; time < 2; time += 1) expect((await look(token))?.reveal().id).toBe(episode);
    expect(await said(episode)).toEqual([]);
    expect((await send(token, "noise")).status).toBe(201);
    expect(await said(episode)).toEqual([[people.engineer.user.id, "noise", "link"]]);
    expect((await send(token, "actionable")).status).toBe(404);
    expect(await look(token)).toBeNull();
    expect(await said(episode)).toHaveLength(1);
    // Both ends of it are on record, and name the same link.
    const trail = (await opened.audit.latest(20)).filter(({ detail }) => detail?.["linkId"] !== undefined);
    const [given, made] = trail;
    expect(given).toMatchObject({ actor: people.engineer.user.id, action: "alert.judge" });
    expect(made).toMatchObject({ actor: people.admin.user.id, action: "alert.make-link" });
    expect(made?.detail).toMatchObject({ linkId: given?.detail?.["linkId"], userId: people.engineer.user.id });
  });

  it("open nothing for a person who may not judge, was disabled, or after their week", async () => {
    const episode = await addEpisode(tables);
    const useless = await madeBy("admin", episode, people.support.user.email);
    expect((await send(useless, "noise")).status).toBe(404);
    const gone = await aPerson("engineer");
    const token = await madeBy("admin", episode, gone.user.email);
    await opened.users.update(gone.user.id, { disabledAt: new Date() });
    expect((await send(token, "noise")).status).toBe(404);
    const late = await madeBy("engineer", episode);
    await tables.verdictLink.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await send(late, "noise")).status).toBe(404);
    expect(await said(episode)).toEqual([]);
  });

  it("are not used up by a verdict that could not be stored", async () => {
    const episode = await addEpisode(tables);
    const token = await madeBy("engineer", episode);
    await tables.$executeRaw`ALTER TABLE verdicts ADD CONSTRAINT full_disk CHECK (via <> 'link') NOT VALID`;
    expect((await send(token, "noise")).status).toBe(500);
    await tables.$executeRaw`ALTER TABLE verdicts DROP CONSTRAINT full_disk`;
    expect(await said(episode)).toEqual([]);
    expect((await send(token, "noise")).status).toBe(201);
    expect(await said(episode)).toHaveLength(1);
  });

  it("cost nothing of what an address may try when they are good", async () => {
    const office = "203.0.113.9";
    while (await tryToken("judge-link", office, new Date())) continue;
    await giveTokenBack("judge-link", office);
    for (let person = 0; person < 3; person += 1) {
      const token = await madeBy("engineer", await addEpisode(tables));
      expect(await look(token, office)).not.toBeNull();
      expect((await send(token, "noise", office)).status).toBe(201);
    }
  });

  it("count who guesses, by address", async () => {
    const guesser = "203.0.113.7";
    const tries = Array.from({ length: 110 }, (_, n) => send(String(n).padStart(32, "x"), "noise", guesser));
    const answers = await Promise.all(tries);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 404).length).toBeGreaterThanOrEqual(100);
    expect((await send("x".repeat(32), "noise", "203.0.113.8")).status).toBe(404);
  });

  it("count who guesses by looking, in the same bucket", async () => {
    const guesser = "203.0.113.6";
    const token = await madeBy("engineer", await addEpisode(tables));
    while (await tryToken("judge-link", guesser, new Date())) continue;
    expect(await look(token, guesser)).toBeNull();
    expect((await send(token, "noise", guesser)).status).toBe(429);
    expect(await look("x".repeat(32), "203.0.113.5")).toBeNull();
    expect(await look(token, "203.0.113.5")).not.toBeNull();
  });
});
