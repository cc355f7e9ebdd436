/**
 * What belongs to somebody else is answered exactly like what does not exist, on every route that takes an id. Asked from
 * sessions just signed in, which may do all that their role may.
 */
import { randomUUID } from "node:crypto";
import { expect, type Browser, type BrowserContext } from "@playwright/test";
import {
  ENDED_BY_OWNER,
  idIn,
  idLike,
  isTheirs,
  MAKERS,
  withId,
  type Ask as AskToMake,
  type Made,
} from "./support/foreign-makers";
import { fromSession, signedIn, steady, type Answer } from "./support/ask";
import { ROLES, test, type Estate } from "./support/estate";
import type { Foreign } from "./surface";
import { SURFACES } from "./surfaces";

test.describe.configure({ timeout: 180_000 });

type Ask = (...asked: Parameters<AskToMake>) => Promise<Answer>;

let askers = 1;
const sessions = new Map<string, BrowserContext>();
test.afterAll(() => sessions.clear());

/** From an address of its own: guesses are counted, and this is not the test of that. */
function asking(browser: Browser, estate: Estate): Ask {
  const address = `198.51.100.${String(askers++ % 255)}`;
  return async (role, path, wish) => {
    const name = `${estate.url} ${role}`;
    const context = sessions.get(name) ?? (await signedIn(browser, estate, role));
    sessions.set(name, context);
    return fromSession(context, estate, path, { ...wish, address });
  };
}

/** How one is made, and by whom. */
async function make(ask: Ask, what: Foreign["make"]): Promise<Made> {
  if (what === "none") return { id: randomUUID(), owner: "nobody" };
  const made = what === "session" ? await ownSession(ask) : await MAKERS[what](ask);
  expect([what, made.id.length > 8]).toEqual([what, true]);
  return made;
}

async function ownSession(ask: Ask): Promise<Made> {
  return { owner: "manager", id: idIn((await ask("manager", "/api/v1/sessions", { method: "GET" })).text) };
}

/** What its owner opens or changes by the route that was tried. */
const FOUND_BY_OWNER: ReadonlySet<Foreign["make"]> = new Set(["reveal", "episode", "responder"]);

const NOT_IDS = ["1", "%2e%2e", "' or 1=1 --", "__proto__", "null", "x".repeat(300), "%00"];

for (const { file, foreign = [] } of SURFACES) {
  for (const route of foreign) {
    test(`${route.method} ${route.path} tells a foreign id from none by nothing (${file})`, async ({
      estate,
      browser,
    }) => {
      const ask = asking(browser, estate);
      const to = (role: string, id: string) => {
        const { path, body } = withId(route, id);
        return ask(role, path, { method: route.method, body });
      };
      const { id, owner } = await make(ask, route.make);
      for (const role of ROLES) {
        if (role === owner || isTheirs(route.make, role)) continue;
        const nobodys = idLike(id);
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
      if (FOUND_BY_OWNER.has(route.make)) {
        expect((await to(owner, id)).status).toBeLessThan(300);
        expect((await to(owner, idLike(id))).status).toBe(404);
      }
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
