/** The road of a webhook over HTTP: what is stored, what is refused and how, on every database. */
import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { POST, PUT } from "@/app/api/v1/webhooks/[kind]/[name]/route";
import type { HookAuth, HookKind } from "@/lib/domain/alert-hook";
import { openStore, type Store } from "@/lib/store/open-store";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import { useStore } from "@/lib/store/testing/use-store";
import type { PrismaClient } from "@/prisma/generated/client";
import { drainDeliveries } from "./delivery-worker";
import { announceCall, beginCall, openHttpDoor, sendCall, sendCutOff, type Sent } from "./testing/http-door";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-webhooks-"));
Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const SECRET = "correct horse battery";
const AUTHOR = { userId: "01900000-0000-7000-8000-000000000001", name: "Ada" };
const MEGABYTE = 1024 * 1024;
const alertOf = (name: string) => ({
  ...{ status: "firing", labels: { alertname: name, service: "shop", severity: "page" }, annotations: {} },
  ...{ startsAt: "2026-11-23T12:00:00Z", endsAt: "0001-01-01T00:00:00Z" },
  fingerprint: createHash("sha256").update(name).digest("hex").slice(0, 16),
});
const bodyOf = (name: string) => JSON.stringify({ version: "4", receiver: "pager", alerts: [alertOf(name)] });
const withBearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const sign = (secret: string, body: string) => createHmac("sha256", secret).update(body).digest("hex");

describe.each(testDatabases())("a webhook over HTTP on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let opened: Store;
  let tables: PrismaClient;
  let door: { port: number; server: Server };
  beforeAll(async () => {
    fresh = await database.create();
    opened = await openStore(fresh.settings);
    tables = await openTables(fresh.settings);
    door = await openHttpDoor({ POST, PUT });
    for (const [kind, name, auth] of HOOKS) await makeHook(kind, name, auth);
  });
  afterAll(async () => {
    door?.server.closeAllConnections();
    door?.server.close();
    useStore(undefined);
    await tables?.$disconnect();
    await opened?.close();
    await fresh?.remove();
  });
  beforeEach(async () => {
    useStore(opened);
    await tables.delivery.deleteMany();
  });

  const HOOKS: readonly (readonly [HookKind, string, HookAuth])[] = [
    ["alertmanager", "main", "bearer"],
    ["alertmanager", "other", "bearer"],
    ["grafana", "main", "bearer"],
    ["sentry", "main", "hmac"],
  ];
  const makeHook = async (kind: HookKind, name: string, auth: HookAuth) => {
    const secret = name === "other" ? `${SECRET} of another` : SECRET;
    const made = await opened.alertHooks.create(
      { kind, name, auth, username: "", route: "page", secret },
      AUTHOR,
      new Date(),
    );
    if (made === "taken") throw new Error("the name is new");
    return made;
  };
  const send = (hook: string, { headers = withBearer(SECRET), body = bodyOf("Blip"), ...sent }: Partial<Sent> = {}) =>
    sendCall(door.port, `/api/v1/webhooks/${hook}`, { ...sent, headers, body });
  const stored = () => tables.delivery.count();

  it.each(["POST", "PUT"])("by %s is stored and becomes history", async (method) => {
    expect((await send("grafana/main", { method, body: bodyOf(`By${method}`) })).status).toBe(202);
    await drainDeliveries(opened);
    expect(await tables.episode.count({ where: { name: `By${method}` } })).toBe(1);
  });

  describe("without proof of its sender", () => {
    const forged: readonly (readonly [string, string, Partial<Sent>])[] = [
      ["no secret", "alertmanager/main", { headers: {} }],
      ["a wrong one", "alertmanager/main", { headers: withBearer("guessed") }],
      ["another hook's", "alertmanager/main", { headers: withBearer(`${SECRET} of another`) }],
      ["no such hook", "alertmanager/nothing", {}],
      ["no such kind", "pagerduty/main", {}],
      ["a bearer where a signature belongs", "sentry/main", {}],
      ["another body's signature", "sentry/main", { headers: { "sentry-hook-signature": sign(SECRET, "other") } }],
    ];

    it("is refused alike whatever is wrong, and nothing of it is kept", async () => {
      const answers = await Promise.all(forged.map(([, hook, sent]) => send(hook, sent)));
      for (const [index, { status, text }] of answers.entries()) {
        expect([forged[index]?.[0], status]).toEqual([forged[index]?.[0], 401]);
        expect(text.replace(/"requestId":"[^"]*"/, "")).toBe(answers[0]?.text.replace(/"requestId":"[^"]*"/, ""));
      }
      expect(await stored()).toBe(0);
    });

    it("is refused so however often, and holds up nobody who has it", async () => {
      for (let round = 0; round < 6; round += 1) {
        const tries = Array.from({ length: 12 }, () => send("alertmanager/main", { headers: withBearer("guessed") }));
        expect(new Set((await Promise.all(tries)).map(({ status }) => status))).toEqual(new Set([401]));
      }
      expect((await send("alertmanager/main")).status).toBe(202);
    });
  });

  it("with a right signature is stored as it was signed", async () => {
    const body = '{ "data": {} }';
    expect((await send("sentry/main", { body, headers: { "sentry-hook-signature": sign(SECRET, body) } })).status).toBe(
      202,
    );
    const [kept] = await tables.delivery.findMany();
    expect(Buffer.from(kept?.body ?? []).toString()).toBe(body);
  });

  it("is refused as too large by what it announces, by what it sends, and by what it unpacks to", async () => {
    const main = "/api/v1/webhooks/alertmanager/main";
    const announced = await announceCall(door.port, main, withBearer(SECRET), 5 * MEGABYTE + 1);
    const chunks = Array.from({ length: 6 }, () => Buffer.alloc(MEGABYTE, "x"));
    const unannounced = await send("alertmanager/main", { body: chunks });
    const bomb = gzipSync(Buffer.alloc(60 * MEGABYTE));
    expect(bomb.length).toBeLessThan(MEGABYTE);
    const headers = { ...withBearer(SECRET), "content-encoding": "gzip" };
    const unpacked = await send("alertmanager/main", { body: bomb, headers });
    expect([announced, unannounced.status, unpacked.status]).toEqual([413, 413, 413]);
    expect(await stored()).toBe(0);
  });

  it("is unpacked, and refused when it cannot be", async () => {
    const packed = (encoding: string, body: Buffer) =>
      send("alertmanager/main", { body, headers: { ...withBearer(SECRET), "content-encoding": encoding } });
    expect((await packed("gzip", gzipSync(bodyOf("Packed")))).status).toBe(202);
    expect((await packed("gzip", gzipSync(bodyOf("Half")).subarray(0, 40))).status).toBe(400);
    expect((await packed("br", Buffer.from(bodyOf("Brotli")))).status).toBe(400);
    await drainDeliveries(opened);
    expect(await tables.episode.count({ where: { name: { in: ["Packed", "Half", "Brotli"] } } })).toBe(1);
  });

  it("that nobody can read is kept and listed, however deep, and the next one is read", async () => {
    const deep = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
    const alert = JSON.stringify(alertOf("Deep")).replace(/\}$/, `,"extra":${deep}}`);
    for (const body of [deep, `{"alerts":${deep}}`, `{"alerts":[${alert}]}`, bodyOf("AfterDeep")]) {
      expect((await send("alertmanager/main", { body })).status).toBe(202);
    }
    await drainDeliveries(opened);
    expect(await opened.deliveries.waiting()).toBe(0);
    expect((await opened.deliveries.refused(10)).length).toBeGreaterThan(0);
    expect(await tables.episode.count({ where: { name: { in: ["Deep", "AfterDeep"] } } })).toBe(2);
  });

  it("that breaks off is not kept", async () => {
    const whole = bodyOf("Cut");
    await sendCutOff(door.port, "/api/v1/webhooks/alertmanager/main", withBearer(SECRET), whole);
    const chunked = { ...withBearer(SECRET), "transfer-encoding": "chunked", "content-length": "" };
    const chunk = `${whole.length.toString(16)}\r\n${whole}\r\n`;
    await sendCutOff(door.port, "/api/v1/webhooks/alertmanager/main", chunked, chunk);
    // What is stored after them is all there is.
    expect((await send("alertmanager/main")).status).toBe(202);
    expect(await stored()).toBe(1);
  });

  it("works with the new secret and the old one until that is dropped", async () => {
    const { id } = await makeHook("alertmanager", "rotated", "bearer");
    const rotate = (version: number, secret: string, oldUntil: Date) =>
      opened.alertHooks.rotate(id, version, { secret, oldUntil }, AUTHOR, new Date());
    const tried = async (...secrets: string[]) => {
      const answers = await Promise.all(
        secrets.map((one) => send("alertmanager/rotated", { headers: withBearer(one) })),
      );
      return answers.map(({ status }) => status);
    };
    const [second, third] = ["the second secret of it", "the third secret of it"];
    await rotate(1, second, new Date(Date.now() + 3_600_000));
    expect(await tried(SECRET, second, third)).toEqual([202, 202, 401]);
    await rotate(2, third, new Date(Date.now() + 3_600_000));
    expect(await tried(SECRET, second, third)).toEqual([401, 202, 202]);
    await tables.alertHook.update({ where: { id }, data: { oldUntil: new Date(Date.now() - 1) } });
    expect(await tried(SECRET, second, third)).toEqual([401, 401, 202]);
  });

  it("is to come again when too much waits, and not a call before", async () => {
    const fill = (count: number) => tables.$executeRaw`
      INSERT INTO deliveries (kind, source, digest, body, received_at, retry_at)
      SELECT 'later', 'later/main', 'd' || n, '', now(), now() FROM generate_series(1, ${count}) n`;
    await fill(19_999);
    expect((await send("alertmanager/main", { headers: withBearer("guessed") })).status).toBe(401);
    expect((await send("alertmanager/main")).status).toBe(202);
    expect(await send("alertmanager/main", { body: bodyOf("Late") })).toMatchObject({ status: 503, retryAfter: "5" });
    await tables.$executeRaw`UPDATE deliveries SET processed_at = now(), retry_at = NULL WHERE kind = 'later'`;
    expect((await send("alertmanager/main", { body: bodyOf("Late") })).status).toBe(202);
  });

  it("is to come again when too many are under way; strangers take no place of those who are known", async () => {
    const begin = (hook: string, headers: Record<string, string>) => {
      const call = beginCall(door.port, `/api/v1/webhooks/${hook}`, { headers });
      call.asked.write(" ");
      return call;
    };
    const strangers = Array.from({ length: 40 }, () => begin("sentry/main", { "sentry-hook-signature": "x" }));
    // Eight of them are listened to; the others are told at once.
    const answered = await firstOf(strangers, 32);
    expect(new Set(answered.map(({ status }) => status))).toEqual(new Set([503]));
    expect((await send("alertmanager/main")).status).toBe(202);
    const heard = await endAll(strangers);
    expect(heard.filter(({ status }) => status === 401)).toHaveLength(8);
    const known = Array.from({ length: 40 }, () => begin("alertmanager/main", withBearer(SECRET)));
    for (const { status, retryAfter } of await firstOf(known, 8)) expect([status, retryAfter]).toEqual([503, "5"]);
    expect((await endAll(known)).filter(({ status }) => status === 202)).toHaveLength(32);
  });

  it("is to come again while the database is down, whoever sends it", async () => {
    const lost = await database.create();
    const down = await openStore(lost.settings);
    useStore(down);
    // A server loses its database; the embedded one can only be closed.
    await (down.kind === "embedded" ? down.close() : lost.remove());
    for (const headers of [withBearer(SECRET), withBearer("guessed"), {} as Record<string, string>]) {
      const { status, retryAfter, text } = await send("alertmanager/main", { headers });
      expect([status, retryAfter]).toEqual([503, "5"]);
      expect(text).not.toMatch(/database|prisma|postgres|throughline_test/i);
    }
    useStore(opened);
    expect((await send("alertmanager/main")).status).toBe(202);
    await (down.kind === "embedded" ? lost.remove() : down.close());
  });
});

type Begun = ReturnType<typeof beginCall>;

/** The first `count` to be answered. */
async function firstOf(calls: readonly Begun[], count: number): Promise<Awaited<Begun["answer"]>[]> {
  const answers: Awaited<Begun["answer"]>[] = [];
  await new Promise<void>((resolve, reject) => {
    for (const { answer } of calls) {
      answer.then((one) => {
        if (answers.push(one) === count) resolve();
      }, reject);
    }
  });
  return answers.slice(0, count);
}

async function endAll(calls: readonly Begun[]): Promise<Awaited<Begun["answer"]>[]> {
  for (const { asked } of calls) asked.end();
  return Promise.all(calls.map(({ answer }) => answer));
}
