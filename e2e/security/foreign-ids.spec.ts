/**
 * What belongs to somebody else is answered exactly like what does not exist, on every route that takes an id. Asked from
 * sessions just signed in, which may do all that their role may.
 */
import { randomUUID } from "node:crypto";
import { expect, type Browser, type BrowserContext } from "@playwright/test";
import { ADMINS_MAY, ENDED_BY_OWNER, idIn, MAKERS, type Ask as AskToMake } from "./support/foreign-makers";
import { fromSession, signedIn, steady, type Answer } from "./support/ask";
import { ROLES, test, type Estate } from "./support/estate";
import type { Foreign } from "./surface";
import { SURFACES } from "./surfaces";

test.describe.configure({ timeout: 180_000 });

type Ask = (...asked: Parameters<AskToMake>) => Promise<Answer>;

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
    return { id: known(text), owner: "manager" };
  }
  const { owner, path, body } = await MAKERS[what](ask);
  const answer = await ask(owner, path, { method: "POST", body });
  expect([what, answer.status]).toEqual([what, 201]);
  return { id: known(answer.text), owner };
}

function known(text: string): string {
  const id = idIn(text);
  expect(id.length).toBeGreaterThan(8);
  return id;
}

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

function expectedFor({ closedTo, path, make: made }: Foreign, role: string): number[] {
  // A hook asks for its own secret: whoever is signed in is a stranger to it.
  if (path.startsWith("/api/v1/webhooks/")) return [401];
  if (closedTo === "some") return [400, 403, 404];
  if (closedTo?.includes(role)) return [403];
  return made === "none" ? [200, 400, 403, 404, 405] : [404];
}
