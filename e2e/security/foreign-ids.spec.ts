/** What belongs to somebody else is answered exactly like what does not exist, on every route that takes an id. */
import { randomUUID } from "node:crypto";
import { expect, type Browser } from "@playwright/test";
import { ask, signedIn, steady } from "./support/ask";
import { ROLES, test, type Estate } from "./support/estate";
import type { Foreign } from "./surface";
import { SURFACES } from "./surfaces";

test.describe.configure({ timeout: 120_000 });

/** Makes one, as its owner, and says its id. */
async function make(estate: Estate, what: Foreign["make"]): Promise<{ id: string; owner: string }> {
  const idOf = (text: string) => /"id":"([^"]+)"/.exec(text)?.[1] ?? "";
  if (what === "token") {
    const answer = await ask(estate, "manager", "/api/v1/tokens", { method: "POST", body: { name: "mine", days: 1 } });
    expect(answer.status).toBe(201);
    return { id: idOf(answer.text), owner: "manager" };
  }
  if (what === "unlink") {
    const timeline = await ask(estate, "engineer", "/api/v1/timeline?{question}");
    const [row] = (JSON.parse(timeline.text) as { events: { id: string; kind: string }[] }).events;
    const body = {
      keys: ["order:48192"],
      kind: "row",
      target: row?.id,
      reason: "a test takes it out and puts it back",
    };
    const answer = await ask(estate, "engineer", "/api/v1/unlinks", { method: "POST", body });
    expect(answer.status).toBe(201);
    return { id: idOf(answer.text), owner: "engineer" };
  }
  if (what === "share-link") {
    const answer = await ask(estate, "engineer", "/api/v1/share-links", {
      method: "POST",
      body: { keys: ["order:48192"] },
    });
    expect(answer.status).toBe(201);
    return { id: idOf(answer.text), owner: "engineer" };
  }
  if (what === "access-request") {
    const body = { kind: "role", wanted: "engineer", reason: "a test asks and is refused" };
    const answer = await ask(estate, "support", "/api/v1/access-requests", { method: "POST", body });
    expect([200, 201]).toContain(answer.status);
    return { id: idOf(answer.text), owner: "support" };
  }
  return { id: randomUUID(), owner: "nobody" };
}

async function aSession(browser: Browser, estate: Estate): Promise<{ id: string; owner: string }> {
  const context = await signedIn(browser, estate, "manager");
  const text = await (await context.request.get(`${estate.url}/api/v1/sessions`)).text();
  await context.close();
  const id = /"id":"([^"]+)"/.exec(text)?.[1] ?? "";
  expect(id.length).toBeGreaterThan(8);
  return { id, owner: "manager" };
}

/** Unlinks are everybody's who may unlink, and an admin ends anybody's link. */
const ADMINS_MAY: ReadonlySet<Foreign["make"]> = new Set(["unlink", "share-link", "access-request"]);

const NOT_IDS = ["1", "..", "%2e%2e", "' or 1=1 --", "__proto__", "null", "x".repeat(300), "%00"];

for (const { file, foreign = [] } of SURFACES) {
  for (const route of foreign) {
    test(`${route.method} ${route.path} (${file}) tells a foreign id from none by nothing`, async ({
      estate,
      browser,
    }) => {
      const { id, owner } = route.make === "session" ? await aSession(browser, estate) : await make(estate, route.make);
      for (const role of ROLES) {
        if (role === owner || (role === "admin" && ADMINS_MAY.has(route.make))) continue;
        const to = (one: string) =>
          ask(estate, role, route.path.replace("{id}", one), {
            method: route.method,
            ...(route.body === undefined ? {} : { body: route.body }),
          });
        const nobodys = randomUUID();
        const [theirs, absent] = [await to(id), await to(nobodys)];
        expect([role, theirs.status]).toEqual([role, absent.status]);
        expect(steady(theirs.text).replaceAll(id, "")).toBe(steady(absent.text).replaceAll(nobodys, ""));
        if (route.closedTo === "some") expect([400, 403, 404]).toContain(theirs.status);
        const expected =
          route.closedTo === "some"
            ? theirs.status
            : route.closedTo?.includes(role)
              ? 403
              : route.make === "none"
                ? absent.status
                : 404;
        expect([role, theirs.status]).toEqual([role, expected]);
        for (const name of ["content-type", "cache-control", "vary", "content-length"]) {
          expect(theirs.headers.get(name)).toBe(absent.headers.get(name));
        }
        for (const nonsense of NOT_IDS) {
          const { status } = await to(encodeURIComponent(nonsense));
          expect([nonsense, status >= 400 && status < 500]).toEqual([nonsense, true]);
        }
      }
      // It was there all the time: its owner finds it.
      if (route.make === "token" || route.make === "unlink" || route.make === "share-link") {
        const own = await ask(estate, owner, route.path.replace("{id}", id), { method: route.method });
        expect(own.status).toBe(204);
      }
    });
  }
}
