import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import NextAuth from "next-auth";
import Provider from "oidc-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeStore, store, type Store } from "@/lib/store/open-store";
import { issueToken, revokeToken } from "./api-tokens";
import { authOptions } from "./auth-options";
import { createPerson } from "./create-person";
import { requirePrincipal } from "./require-principal";
import { switchRole } from "./switch-role";
import { Browser } from "./testing/browser";

const PASSWORD = "correct horse battery";
const PEOPLE: Record<string, { email: string; groups: string[]; email_verified: boolean; squads?: string[] }> = {
  grace: { email: "Grace@example.test", groups: ["helpdesk", "sre"], email_verified: true, squads: ["payments"] },
  vic: { email: "vic@partner.test", groups: ["partner"], email_verified: true },
  stranger: { email: "stranger@example.test", groups: ["everyone"], email_verified: true },
  impostor: { email: "ada@example.test", groups: ["sre"], email_verified: false },
};

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-sign-in-"));
let appServer: Server;
let idpServer: Server;
let app: string;
let opened: Store;

beforeAll(async () => {
  [appServer, idpServer] = await Promise.all([listen(), listen()]);
  app = originOf(appServer);
  const issuer = originOf(idpServer);
  const configFile = path.join(dataDir, "throughline.yaml");
  writeFileSync(
    configFile,
    `oidc:
  teamsClaim: squads
  roles:
    - { group: sre, role: engineer, teams: [Platform team] }
    - { group: helpdesk, role: support }
    - { group: partner, role: vendor }
`,
  );
  Object.assign(process.env, {
    DATA_DIR: dataDir,
    NEXTAUTH_URL: app,
    THROUGHLINE_CONFIG: configFile,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: "throughline",
    OIDC_CLIENT_SECRET: "a-secret-of-the-test-that-is-long-enough",
    LOG_LEVEL: "silent",
  });
  idpServer.on("request", identityProvider(issuer).callback());
  appServer.on("request", (request, response) => void serveNextAuth(request, response));
  opened = await store();
  const roles = ["engineer", "support"] as const;
  await createPerson(
    { email: "ada@example.test", name: "Ada", roles: [...roles], teams: [], password: PASSWORD },
    opened,
  );
});

afterAll(async () => {
  appServer?.close();
  idpServer?.close();
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("a sign-in by password", () => {
  it("opens a session that follows the person's role and ends with their standing", async () => {
    const browser = await signedIn("ada@example.test");
    expect(await principalOf(browser)).toMatchObject({ email: "ada@example.test", role: "engineer", via: "session" });
    const principal = await principalOf(browser);
    await switchRole(principal, "support");
    expect(await principalOf(browser)).toMatchObject({ role: "support" });
    await expect(switchRole(principal, "admin")).rejects.toMatchObject({ code: "forbidden" });
    await opened.users.update(principal.userId, { endSessions: true });
    await expect(principalOf(browser)).rejects.toMatchObject({ code: "unauthenticated" });
    const session = await browser.get(`${app}/api/auth/session`);
    expect(await session.json()).toEqual({});
  });

  it("sets a cookie that scripts cannot read and other sites cannot send", async () => {
    const browser = new Browser();
    const response = await submitPassword(browser, "ada@example.test", PASSWORD);
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith("throughline.session="));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
  });

  it("opens a new session whatever the browser held, and signing out ends every copy of the cookie", async () => {
    const browser = await signedIn("ada@example.test");
    const planted = browser.cookies(app);
    await submitPassword(browser, "ada@example.test", PASSWORD);
    const copied = browser.cookies(app);
    const asWith = (cookie: string) => requirePrincipal(new Request(`${app}/api/v1/tokens`, { headers: { cookie } }));
    await expect(asWith(planted)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await asWith(copied)).toMatchObject({ email: "ada@example.test", sessionId: expect.any(String) });
    await browser.postForm(`${app}/api/auth/signout`, { csrfToken: "a guess of another site" });
    expect(await asWith(copied)).toMatchObject({ email: "ada@example.test" });
    await browser.postForm(`${app}/api/auth/signout`, { csrfToken: await csrfTokenOf(browser) });
    await expect(asWith(copied)).rejects.toMatchObject({ code: "unauthenticated" });
    expect((await opened.audit.latest(1))[0]).toMatchObject({ action: "session.sign-out" });
  });

  it("refuses a change that another site makes with the cookie", async () => {
    const browser = await signedIn("ada@example.test");
    await expect(principalOf(browser, { method: "POST" })).rejects.toMatchObject({ code: "forbidden" });
    const sameOrigin = { method: "POST", headers: { "sec-fetch-site": "same-origin" } };
    expect(await principalOf(browser, sameOrigin)).toMatchObject({ email: "ada@example.test" });
  });

  it("locks after five wrong passwords, also when they come at once, with one and the same answer", async () => {
    const person = { email: "locked@example.test", name: "L", teams: [], password: PASSWORD };
    await createPerson({ ...person, roles: ["support"] }, opened);
    const guesses = Array.from({ length: 8 }, () => submitPassword(new Browser(), person.email, "wrong password"));
    const answers = new Set((await Promise.all(guesses)).map((response) => response.headers.get("location")));
    const unknown = await submitPassword(new Browser(), "nobody@example.test", "wrong password");
    const right = await submitPassword(new Browser(), person.email, PASSWORD);
    expect(answers).toEqual(new Set([unknown.headers.get("location")]));
    expect(right.headers.get("location")).toBe(unknown.headers.get("location"));
    const stored = await opened.users.findByEmail(person.email);
    expect(stored).toMatchObject({ failedSignIns: 5, lockedUntil: expect.any(Date) });
  });
});

describe("an API token", () => {
  it("works until it is revoked, and never beside a wrong one as the session", async () => {
    const owner = (await opened.users.findByEmail("ada@example.test"))!;
    const wish = { owner, actor: "command", name: "ci", role: "support", days: 1 } as const;
    const { text: bearer, token } = await issueToken(wish, opened, new Date());
    const headers = { authorization: `Bearer ${bearer}` };
    const asToken = () => requirePrincipal(new Request(app, { method: "POST", headers }));
    expect(await asToken()).toMatchObject({ role: "support", via: "token", tokenId: token.id });
    await revokeToken({ tokenId: token.id, actor: "command", role: "none" }, opened, new Date());
    await expect(asToken()).rejects.toMatchObject({ code: "unauthenticated" });
    const browser = await signedIn("ada@example.test");
    await expect(principalOf(browser, { headers })).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("cannot be issued in a role that the owner lacks", async () => {
    const owner = (await opened.users.findByEmail("ada@example.test"))!;
    const wish = { owner, actor: "command", name: "ci", role: "admin", days: 1 } as const;
    await expect(issueToken(wish, opened, new Date())).rejects.toMatchObject({ code: "bad-request", field: "role" });
  });
});

describe("a sign-in by OpenID Connect", () => {
  it("creates the person with the roles of their groups", async () => {
    const browser = await throughProvider("grace");
    expect(await principalOf(browser)).toMatchObject({ email: "grace@example.test", role: "engineer" });
    expect(await opened.users.findByEmail("grace@example.test")).toMatchObject({ roles: ["engineer", "support"] });
    expect(await principalOf(await throughProvider("vic"))).toMatchObject({ role: "vendor", teams: [] });
  });

  it("gives the teams of the groups and of the claim, anew each time", async () => {
    expect(await principalOf(await throughProvider("grace"))).toMatchObject({ teams: ["Platform team", "payments"] });
    PEOPLE.grace = { ...PEOPLE.grace!, squads: ["orders"] };
    expect(await principalOf(await throughProvider("grace"))).toMatchObject({ teams: ["Platform team", "orders"] });
  });

  it("counts as fresh only what the provider says was proven now", async () => {
    const browser = await throughProvider("grace");
    const first = await principalOf(browser);
    // The provider remembers the person and shows no form.
    const remembered = await principalOf(await throughProvider("grace", { browser }));
    expect(remembered.sessionId).not.toBe(first.sessionId);
    expect(remembered.provenAt).toEqual(first.provenAt);
    expect(browser.forms).toBe(0);
    const again = await principalOf(
      await throughProvider("grace", { browser, ask: { prompt: "login", max_age: "0" } }),
    );
    expect(browser.forms).toBeGreaterThan(0);
    expect(again.provenAt?.getTime()).toBeGreaterThanOrEqual(first.provenAt?.getTime() ?? Infinity);
    expect((await opened.audit.latest(1))[0]).toMatchObject({ action: "session.fresh-proof", detail: { by: "oidc" } });
  });

  it.each(["stranger", "impostor"])("refuses the %s", async (login) => {
    await expect(principalOf(await throughProvider(login))).rejects.toMatchObject({ code: "unauthenticated" });
  });
});

function principalOf(browser: Browser, init: RequestInit = {}) {
  const headers = { cookie: browser.cookies(app), ...Object.fromEntries(new Headers(init.headers)) };
  return requirePrincipal(new Request(`${app}/api/v1/tokens`, { ...init, headers }));
}

async function signedIn(email: string): Promise<Browser> {
  const browser = new Browser();
  await submitPassword(browser, email, PASSWORD);
  return browser;
}

async function submitPassword(browser: Browser, email: string, password: string): Promise<Response> {
  const csrfToken = await csrfTokenOf(browser);
  return browser.postForm(`${app}/api/auth/callback/credentials`, { csrfToken, email, password });
}

async function csrfTokenOf(browser: Browser): Promise<string> {
  const answer: { csrfToken: string } = await (await browser.get(`${app}/api/auth/csrf`)).json();
  return answer.csrfToken;
}

/** Through the provider's own login and consent forms, as a person would. */
async function throughProvider(
  login: string,
  { browser = new OidcBrowser(), ask = {} }: { browser?: OidcBrowser; ask?: Record<string, string> } = {},
): Promise<OidcBrowser> {
  browser.forms = 0;
  const signInUrl = `${app}/api/auth/signin/oidc?${new URLSearchParams(ask).toString()}`;
  const start = await browser.postForm(signInUrl, { csrfToken: await csrfTokenOf(browser) });
  let at = await browser.follow(start, signInUrl);
  for (const form of [{ prompt: "login", login, password: "x" }, { prompt: "consent" }]) {
    if (!at.url.includes("/interaction/")) break;
    browser.forms += 1;
    at = await browser.follow(await browser.postForm(at.url, form), at.url);
  }
  return browser;
}

class OidcBrowser extends Browser {
  /** How many forms of the provider were filled in. */
  forms = 0;
}

function identityProvider(issuer: string): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: "throughline",
        client_secret: "a-secret-of-the-test-that-is-long-enough",
        redirect_uris: [`${app}/api/auth/callback/oidc`],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups", "squads"] },
    pkce: { required: () => true },
    cookies: { keys: ["a-key-of-the-test"] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, ...PEOPLE[id] }) }),
  });
}

/** next-auth behind a plain HTTP server: the same core as behind Next's route handler. */
async function serveNextAuth(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", app);
  const body = Object.fromEntries(new URLSearchParams(await text(request)));
  const query = { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split("/").slice(3) };
  const pairs = (request.headers.cookie ?? "").split("; ").map((pair) => pair.split(/=(.*)/s));
  const cookies = Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, decodeURIComponent(value)]));
  const asked = Object.assign(request, { body, query, cookies });
  const headers = new Headers(request.headers as Record<string, string>);
  if (url.pathname.startsWith("/api/auth/")) {
    await NextAuth(asked as never, reply(response) as never, authOptions(headers));
  } else response.end("page");
}

function reply(response: ServerResponse) {
  const extended = Object.assign(response, {
    status: (code: number) => Object.assign(extended, { statusCode: code }),
    json: (value: unknown) => extended.setHeader("content-type", "application/json").end(JSON.stringify(value)),
    send: (value: unknown) => extended.end(typeof value === "string" ? value : JSON.stringify(value)),
  });
  return extended;
}

async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
