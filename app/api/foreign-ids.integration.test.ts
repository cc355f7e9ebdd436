/**
 * Real ids of others on the handlers themselves, without the built app: what `e2e/security/foreign-ids.spec.ts` sweeps in a
 * browser. What is made by the makers of that sweep is answered to everybody else as what does not exist.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENDED_BY_OWNER, idLike, isTheirs, MAKERS, withId, type Ask } from "@/e2e/security/support/foreign-makers";
import { SURFACES } from "@/e2e/security/surfaces";
import { openSession } from "@/lib/identity/open-session";
import { authSecret } from "@/lib/identity/session-cookie";
import { aPerson, type TestPerson } from "@/lib/identity/testing/a-person";
import { closeStore, store } from "@/lib/store/open-store";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const ROLES = ["support", "engineer", "manager", "admin", "vendor"];
/** Made of what sources tell, of a session in a browser, or of nothing: they are tried over the built app. */
const NOT_HERE = new Set(["unlink", "episode", "session", "none"]);
const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-foreign-"));
const people = new Map<string, TestPerson>();

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
  for (const role of ROLES) people.set(role, await aPerson(role));
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

async function cookieOf(role: string): Promise<string> {
  const user = people.get(role)?.user;
  if (!user) throw new Error(`nobody is ${role}`);
  const now = new Date();
  const opening = { user, via: "oidc" as const, provenAt: now, device: "Firefox", former: null };
  const token = await openSession(opening, await store(), now);
  return `throughline.session=${await encode({ token: { ...token }, secret: authSecret() })}`;
}

const ROUTES = SURFACES.filter(({ kind }) => kind === "api").map(({ file }) => {
  const names = [...file.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => name);
  const address = file.replace(/\/route\.ts$/, "").replaceAll(/\[\w+\]/g, "([^/]+)");
  return { file, names, address: new RegExp(`^/${address}$`) };
});

const ask: Ask = async (role, address, { method, body, csv }) => {
  const url = new URL(address, "http://localhost");
  const route = ROUTES.map((one) => ({ ...one, found: one.address.exec(url.pathname) })).find(({ found }) => found);
  if (!route) throw new Error(`no route ${address}`);
  const values = route.found?.slice(1) ?? [];
  const params = Object.fromEntries(route.names.map((name, n) => [name, decodeURIComponent(values[n] ?? "")]));
  const handlers: Record<string, unknown> = await import(path.resolve("app", route.file));
  const request = new Request(url, {
    method,
    headers: {
      ...{ cookie: await cookieOf(role), "sec-fetch-site": "same-origin" },
      "content-type": csv === undefined ? "application/json" : "text/csv",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(csv !== undefined && { body: csv }),
  });
  const answer = await (handlers[method] as Handler)(request, { params: Promise.resolve(params) });
  return { status: answer.status, text: await answer.text() };
};

const steady = (text: string, id: string) => text.replaceAll(/"requestId":"[^"]*"/g, "").replaceAll(id, "");

const TRIED = SURFACES.flatMap(({ foreign = [] }) => foreign).filter(({ make }) => !NOT_HERE.has(make));

describe("a real id of somebody else", () => {
  it("is tried of every kind that can be made", () => {
    expect(new Set(TRIED.map(({ make }) => make)).size).toBe(Object.keys(MAKERS).length - 2);
  });

  it.each(TRIED)("is answered as none: $method $path", async (route) => {
    const { make } = route;
    if (make === "none" || make === "session") throw new Error("left out above");
    const { owner, id } = await MAKERS[make](ask);
    expect(id.length).toBeGreaterThan(8);
    const to = (role: string, one: string) => {
      const { path: address, body } = withId(route, one);
      return ask(role, address, { method: route.method, body });
    };
    for (const role of ROLES) {
      if (role === owner || isTheirs(make, role)) continue;
      const nobodys = idLike(id);
      const [theirs, absent] = [await to(role, id), await to(role, nobodys)];
      expect([role, theirs.status]).toEqual([role, absent.status]);
      expect([403, 404]).toContain(theirs.status);
      expect(steady(theirs.text, id)).toBe(steady(absent.text, nobodys));
    }
    // It was there all the time, and it is the id that decides.
    if (make === "person" || make === "responder" || (ENDED_BY_OWNER.has(make) && route.method === "DELETE")) {
      expect((await to(owner, id)).status).toBeLessThan(300);
      expect((await to(owner, idLike(id))).status).toBe(404);
    }
  });
});
