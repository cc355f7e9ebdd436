/**
 * What belongs to somebody else is answered exactly like what does not exist, on every route that takes an id. Asked from
 * sessions just signed in, which may do all that their role may.
 */
import { randomUUID } from "node:crypto";
import { expect, type Browser, type BrowserContext } from "@playwright/test";
import { fromSession, signedIn, steady, type Answer } from "./support/ask";
import { ROLES, test, type Estate } from "./support/estate";
import type { Foreign } from "./surface";
import { SURFACES } from "./surfaces";

test.describe.configure({ timeout: 180_000 });

interface Wish {
  readonly method: string;
  readonly body?: unknown;
}
type Ask = (role: string, path: string, wish: Wish) => Promise<Answer>;

const sessions = new Map<string, BrowserContext>();
test.afterAll(() => sessions.clear());

function asking(browser: Browser, estate: Estate): Ask {
  return async (role, path, wish) => {
    const name = `${estate.url} ${role}`;
    const context = sessions.get(name) ?? (await signedIn(browser, estate, role));
    sessions.set(name, context);
    return fromSession(context, estate, path, wish);
  };
}

/** How one is made, and by whom. */
async function make(ask: Ask, what: Foreign["make"]): Promise<{ id: string; owner: string }> {
  if (what === "none") return { id: randomUUID(), owner: "nobody" };
  if (what === "session") {
    const { text } = await ask("manager", "/api/v1/sessions", { method: "GET" });
    return { id: idIn(text), owner: "manager" };
  }
  const { owner, path, body } = await MAKERS[what](ask);
  const answer = await ask(owner, path, { method: "POST", body });
  expect([what, answer.status]).toEqual([what, 201]);
  return { id: idIn(answer.text), owner };
}

function idIn(text: string): string {
  const id = /"id":"([^"]+)"/.exec(text)?.[1] ?? "";
  expect(id.length).toBeGreaterThan(8);
  return id;
}

interface Maker {
  readonly owner: string;
  readonly path: string;
  readonly body: unknown;
}

/** The same wish stands only once. */
const wanted = ["engineer", "manager", "admin"];

const MAKERS: Readonly<Record<Exclude<Foreign["make"], "none" | "session">, (ask: Ask) => Promise<Maker>>> = {
  token: async () => ({ owner: "manager", path: "/api/v1/tokens", body: { name: "mine", role: "manager", days: 1 } }),
  "share-link": async () => ({ owner: "engineer", path: "/api/v1/share-links", body: { keys: ["order:48192"] } }),
  "access-request": async () => ({
    owner: "support",
    path: "/api/v1/access-requests",
    body: { kind: "role", wanted: wanted.shift() ?? "engineer", reason: `a test asks: ${randomUUID()}` },
  }),
  reveal: async () => ({
    owner: "engineer",
    path: "/api/v1/reveals",
    body: {
      ...{ keys: ["order:1"], fieldClass: "personal", minutes: 1, ticket: "T-1" },
      reason: "A test asks for it, of an order that nobody has.",
    },
  }),
  unlink: async (ask) => {
    const { text } = await ask("engineer", "/api/v1/timeline?{question}", { method: "GET" });
    const [row] = (JSON.parse(text) as { events: { id: string }[] }).events;
    const body = {
      keys: ["order:48192"],
      kind: "row",
      target: row?.id,
      reason: "a test takes it out and puts it back",
    };
    return { owner: "engineer", path: "/api/v1/unlinks", body };
  },
};

/** Unlinks are everybody's who may unlink; an admin ends anybody's link and reveal and answers anybody's request. */
const ADMINS_MAY: ReadonlySet<Foreign["make"]> = new Set(["unlink", "share-link", "access-request", "reveal"]);

const NOT_IDS = ["1", "%2e%2e", "' or 1=1 --", "__proto__", "null", "x".repeat(300), "%00"];

for (const { file, foreign = [] } of SURFACES) {
  for (const route of foreign) {
    test(`${route.method} ${route.path} tells a foreign id from none by nothing (${file})`, async ({
      estate,
      browser,
    }) => {
      const ask = asking(browser, estate);
      const to = (role: string, id: string) => ask(role, route.path.replace("{id}", encodeURIComponent(id)), route);
      const { id, owner } = await make(ask, route.make);
      for (const role of ROLES) {
        if (role === owner || (role === "admin" && ADMINS_MAY.has(route.make))) continue;
        const nobodys = randomUUID();
        const [theirs, absent] = [await to(role, id), await to(role, nobodys)];
        expect([role, theirs.status]).toEqual([role, absent.status]);
        expect(steady(theirs.text).replaceAll(id, "")).toBe(steady(absent.text).replaceAll(nobodys, ""));
        expect([role, expectedFor(route, role)]).toContainEqual(expect.arrayContaining([theirs.status]));
        for (const name of ["content-type", "cache-control", "vary", "content-length"]) {
          expect(theirs.headers.get(name)).toBe(absent.headers.get(name));
        }
        for (const nonsense of NOT_IDS) {
          const { status } = await to(role, nonsense);
          // A page that names nothing may say so kindly; nothing ever breaks.
          const isRefused = status >= (route.path.startsWith("/api/v1/") ? 400 : 200) && status < 500;
          expect([role, nonsense, status, isRefused]).toEqual([role, nonsense, status, true]);
        }
      }
      // It was there all the time: its owner finds it.
      if (ENDED_BY_OWNER.has(route.make) && route.method === "DELETE") expect((await to(owner, id)).status).toBe(204);
      if (route.make === "reveal") expect((await to(owner, id)).status).toBeLessThan(300);
    });
  }
}

const ENDED_BY_OWNER: ReadonlySet<Foreign["make"]> = new Set(["token", "unlink", "share-link"]);

function expectedFor({ closedTo, make: made }: Foreign, role: string): number[] {
  if (closedTo === "some") return [400, 403, 404];
  if (closedTo?.includes(role)) return [403];
  return made === "none" ? [200, 400, 403, 404, 405] : [404];
}
