/**
 * Every page and route, asked by a stranger in every way in which such checks have been bypassed: nothing but the reviewed
 * public ones answers. Requests are written to the socket as they are, because clients tidy paths up.
 */
import { connect } from "node:net";
import { expect } from "@playwright/test";
import { canariesIn } from "./support/canaries";
import { test, type Estate } from "./support/estate";
import type { Surface } from "./surface";
import { SURFACES } from "./surfaces";

test.describe.configure({ timeout: 300_000 });

interface Variant {
  readonly name: string;
  readonly method?: string;
  readonly path?: (path: string) => string;
  readonly headers?: Readonly<Record<string, string>>;
}

const split = (path: string) =>
  [path.split("?")[0] ?? path, path.includes("?") ? `?${path.split("?")[1] ?? ""}` : ""] as const;
const onPath = (change: (bare: string) => string) => (path: string) => {
  const [bare, query] = split(path);
  return change(bare) + query;
};
const middle = ["middleware", "src/middleware", "proxy", "src/proxy"];

const VARIANTS: readonly Variant[] = [
  { name: "plain" },
  { name: "RSC", headers: { RSC: "1" } },
  { name: "prefetch", headers: { RSC: "1", "Next-Router-Prefetch": "1" } },
  {
    name: "segment prefetch",
    headers: { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" },
  },
  { name: "router state", headers: { RSC: "1", "Next-Router-State-Tree": "%5B%22%22%2C%7B%7D%5D" } },
  { name: "resume", headers: { "Next-Resume": "1" } },
  { name: "rewritten", headers: { "x-middleware-rewrite": "/api/v1/tokens", "x-middleware-next": "1" } },
  { name: "other method", headers: { "x-http-method-override": "GET" } },
  { name: "spoofed address", headers: { "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1" } },
  {
    name: "spoofed url",
    headers: { "x-original-url": "/api/livez", "x-rewrite-url": "/api/livez", "x-invoke-path": "/api/livez" },
  },
  ...middle.map((name) => ({
    name: `subrequest ${name}`,
    headers: { "x-middleware-subrequest": Array<string>(5).fill(name).join(":") },
  })),
  { name: "_rsc", path: (path) => `${path}${path.includes("?") ? "&" : "?"}_rsc=1a2b` },
  { name: ".rsc", path: onPath((bare) => `${bare === "/" ? "/index" : bare}.rsc`) },
  { name: ".segment.rsc", path: onPath((bare) => `${bare === "/" ? "/index" : bare}.segments/_tree.segment.rsc`) },
  { name: ".json", path: onPath((bare) => `/_next/data/build${bare === "/" ? "/index" : bare}.json`) },
  { name: "double slash", path: onPath((bare) => `/${bare}`) },
  { name: "inner double slash", path: onPath((bare) => bare.replaceAll("/", "//")) },
  { name: "dot segment", path: onPath((bare) => `/.${bare}`) },
  { name: "through a public one", path: onPath((bare) => `/sign-in/..${bare}`) },
  { name: "through static files", path: onPath((bare) => `/_next/static/..${bare}`) },
  { name: "encoded dots", path: onPath((bare) => `/sign-in/%2e%2e${bare}`) },
  { name: "encoded slash", path: onPath((bare) => bare.replace(/\/([^/]+)$/, "%2f$1")) },
  {
    name: "encoded letter",
    path: onPath((bare) => bare.replace(/[a-z]/, (char) => `%${char.charCodeAt(0).toString(16)}`)),
  },
  { name: "backslash", path: onPath((bare) => bare.replace(/\/([^/]*)$/, "\\$1")) },
  { name: "upper case", path: onPath((bare) => bare.toUpperCase()) },
  { name: "trailing slash", path: onPath((bare) => `${bare}/`) },
  { name: "semicolon", path: onPath((bare) => `${bare};/sign-in`) },
  { name: "null byte", path: onPath((bare) => `${bare}%00`) },
  ...["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"].map((method) => ({ name: method, method })),
  { name: "bearer nonsense", headers: { authorization: "Bearer nonsense" } },
  { name: "bearer percent", headers: { authorization: "Bearer %" } },
  {
    name: "forged cookie",
    headers: { cookie: "next-auth.session-token=eyJhbGciOiJub25lIn0.e30.; __Host-throughline=1" },
  },
  { name: "server action", method: "POST", headers: { "next-action": "00".repeat(21) } },
];

interface Raw {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** `estate` answers as HTTP/1.1; the connection is closed after each answer. */
function send(estate: Estate, method: string, path: string, headers: Readonly<Record<string, string>>): Promise<Raw> {
  const { hostname, port, host } = new URL(estate.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const lines = Object.entries({ host, connection: "close", ...headers }).map(([name, value]) => `${name}: ${value}`);
    const chunks: Buffer[] = [];
    socket.setTimeout(20_000, () => socket.destroy(new Error(`${method} ${path} did not answer`)));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.once("error", reject);
    socket.once("close", () => {
      const text = Buffer.concat(chunks).toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      resolve({ status: Number(text.slice(9, 12)), head: text.slice(0, end), body: text.slice(end + 4) });
    });
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  });
}

function addressOf({ path }: Surface, estate: Estate): string {
  return path.replace("{question}", estate.question.replaceAll(":", "%3A"));
}

/** The sign-in page and what belongs to nobody look the same whoever asks. */
const REFUSED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 431]);

test("no variant of any closed page or route answers a stranger", async ({ estate }) => {
  const closed = SURFACES.filter((surface) => surface.public === undefined);
  const open: string[] = [];
  for (const surface of closed) {
    for (const variant of VARIANTS) {
      const path = (variant.path ?? ((same: string) => same))(addressOf(surface, estate));
      const answer = await send(estate, variant.method ?? "GET", path, variant.headers ?? {});
      const isPublicPage = answer.status === 200 && answer.body.includes("Sign in") && !answer.body.includes("Search");
      // What a method may do is told to everybody; nothing else is.
      const isEmptyOptions = variant.method === "OPTIONS" && answer.status < 300 && answer.body === "";
      if (!REFUSED.has(answer.status) && !isPublicPage && !isEmptyOptions) {
        open.push(`${variant.name} ${surface.file}: ${String(answer.status)}`);
      }
      expect([...canariesIn(answer.head + answer.body)]).toEqual([]);
    }
  }
  expect(open).toEqual([]);
});

test("the same addresses answer who is let in, so that the test above can fail", async ({ estate }) => {
  // No role opens all of them: who configures does not judge.
  const tokens = ["admin", "engineer"].map((role) => estate.tokens[role] ?? "");
  for (const surface of SURFACES) {
    if (surface.kind !== "api" || !surface.methods.includes("GET") || surface.public !== undefined) continue;
    if (surface.absent) continue;
    const statuses: number[] = [];
    for (const token of tokens) {
      const answer = await send(estate, "GET", addressOf(surface, estate), { authorization: `Bearer ${token}` });
      statuses.push(answer.status);
    }
    expect([surface.file, statuses]).toEqual([
      surface.file,
      expect.arrayContaining([surface.browserOnly === undefined ? 200 : 403]),
    ]);
  }
});

test("what is public says nothing of what was asked or found", async ({ estate }) => {
  for (const surface of SURFACES) {
    if (surface.public === undefined || surface.absent || !surface.methods.includes("GET")) continue;
    const answer = await send(estate, "GET", addressOf(surface, estate), {});
    expect([surface.file, answer.status]).toEqual([surface.file, 200]);
    expect([...canariesIn(answer.head + answer.body)]).toEqual([]);
    expect(answer.body).not.toContain("48192");
  }
});

test("a forged policy or nonce of the request is not the page's", async ({ estate }) => {
  const forged = {
    "content-security-policy": "script-src 'nonce-zqevil'",
    "content-security-policy-report-only": "script-src 'nonce-zqevil'",
    "x-nonce": "zqevil",
    "x-request-id": "zqevil",
  };
  const nonces = new Set<string>();
  for (const path of ["/sign-in", "/sign-in", "/nothing-here", "/api/v1/tokens"]) {
    const { head, body } = await send(estate, "GET", path, forged);
    expect(head + body).not.toContain("zqevil");
    const nonce = /content-security-policy: [^\n]*'nonce-([^']+)'/i.exec(head)?.[1] ?? "";
    expect(nonce.length).toBeGreaterThan(16);
    nonces.add(nonce);
    if (path === "/sign-in") expect(body).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size).toBe(4);
});

test("nothing says which program serves, and nothing but scripts and styles may be kept", async ({ estate }) => {
  for (const surface of SURFACES) {
    if (!surface.methods.includes("GET")) continue;
    const { head } = await send(estate, "GET", addressOf(surface, estate), {});
    expect(head.toLowerCase()).not.toContain("x-powered-by");
    expect([surface.file, /cache-control: [^\n]*no-store/i.test(head)]).toEqual([surface.file, true]);
    expect(head).toMatch(/x-content-type-options: nosniff/i);
  }
  for (const path of ["/_next/image?url=%2Ficon.svg&w=64&q=75", "/_next/static/chunks/main.js.map"]) {
    expect((await send(estate, "GET", path, {})).status).toBe(404);
  }
});
