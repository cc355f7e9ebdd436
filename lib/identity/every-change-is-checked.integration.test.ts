/** Cross-site request forgery: no handler may change anything for a page of another site that borrows a session. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeStore, store } from "@/lib/store/open-store";
import { openSession } from "./open-session";
import { authSecret } from "./session-cookie";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const METHODS = ["POST", "PUT", "PATCH", "DELETE"] as const;
/** next-auth's own handler has its own anti-forgery token; the sign-in test goes through it. */
const OWN_CHECK = new Set(["auth/[...nextauth]/route.ts"]);
/** Called by machines without a session: what they send is signed or carries a token of its own. */
const MACHINES = /^v1\/webhooks\//;

const root = path.resolve("app/api");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts" && !OWN_CHECK.has(file) && !MACHINES.test(file))
  .sort();
const changes: { name: string; handler: Handler; method: string }[] = [];
for (const file of files) {
  const handlers: Record<string, unknown> = await import(path.join(root, file));
  for (const method of METHODS) {
    const handler = handlers[method];
    if (typeof handler === "function") changes.push({ name: `${method} ${file}`, handler: handler as Handler, method });
  }
}

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-changes-"));
const EMAIL = "ada@example.test";

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
  const { users } = await store();
  await users.create({ email: EMAIL, name: "Ada", role: "admin", roles: ["admin", "manager"], passwordHash: null });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What an admin may not. */
const OF_A_MANAGER = /\/(approve|refuse)\/|\/reports\/noise\//;

/** A living session each time, in a role that may: one of the calls signs out everywhere. */
async function aCookie(name: string): Promise<string> {
  const opened = await store();
  const known = await opened.users.findByEmail(EMAIL);
  const role = OF_A_MANAGER.test(name) ? "manager" : "admin";
  const user = known && (await opened.users.update(known.id, { role }));
  if (!user) throw new Error("the person is gone");
  const signIn = { user, via: "password", device: "Firefox", former: null } as const;
  const token = await openSession(signIn, opened, new Date());
  return `throughline.session=${await encode({ token: { ...token }, secret: authSecret() })}`;
}

async function statusOf(handler: Handler, method: string, headers: Record<string, string>): Promise<number> {
  const init = { method, headers: { "content-type": "application/json", ...headers }, body: "{}" };
  const request = new Request("http://app.test/api", method === "DELETE" ? { ...init, body: null } : init);
  // Whatever the folder is called, the id in it is of nothing.
  const params = new Proxy({}, { get: (_target, name) => (name === "then" ? undefined : "nothing") });
  return (await handler(request, { params: Promise.resolve(params) })).status;
}

describe("every call that changes something", () => {
  it("is found by this test", () => {
    expect(changes.map(({ name }) => name)).toContain("POST v1/tokens/route.ts");
    expect(changes.length).toBeGreaterThan(8);
  });

  it.each(changes)("$name refuses a page of another site", async ({ name, handler, method }) => {
    const cookie = await aCookie(name);
    const foreign = [
      { cookie, "sec-fetch-site": "cross-site" },
      { cookie, "sec-fetch-site": "same-site" },
      { cookie, origin: "null" },
      { cookie, origin: "http://app.test.evil.example" },
      { cookie },
    ];
    for (const headers of foreign) expect(await statusOf(handler, method, headers)).toBe(403);
  });

  it.each(changes)("$name is no use to a stranger", async ({ handler, method }) => {
    const status = await statusOf(handler, method, { "sec-fetch-site": "same-origin" });
    // A one-time link answers strangers, and this one opens nothing.
    expect([401, 404, 400]).toContain(status);
  });

  // So that the refusals above were about the origin, and not about everything.
  it.each(changes)("$name lets our own pages through", async ({ name, handler, method }) => {
    const status = await statusOf(handler, method, { cookie: await aCookie(name), "sec-fetch-site": "same-origin" });
    expect([401, 403, 500]).not.toContain(status);
  });
});
