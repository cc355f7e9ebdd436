/** Server-side request forgery: whatever an admin types, or a name resolves to later, nothing inside is reached. */
import { createServer, type Server } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { SourceSettings } from "@/lib/domain/source-settings";
import type { LookupAll } from "@/lib/platform/ssrf-guard";
import type { openSourceHttp as OpenSourceHttp } from "./open-source-http";

/** The one address inside that the operator opened. Everything else on this machine stays closed. */
const ALLOWED = "127.0.0.2";
let openSourceHttp: typeof OpenSourceHttp;
let server: Server;
let port: string;
let seen: string[] = [];
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  // The environment is read once: by modules of this file's own.
  vi.resetModules();
  vi.stubEnv("SOURCE_PRIVATE_CIDRS", `${ALLOWED}/32`);
  ({ openSourceHttp } = await import("./open-source-http"));
  // On every address of the machine: a guard that fails open gets an answer.
  server = createServer((request, response) => {
    seen.push(request.url ?? "");
    const target = new URL(request.url ?? "", "http://x").searchParams.get("to");
    const status = Number(new URL(request.url ?? "", "http://x").searchParams.get("status") ?? 200);
    response.writeHead(status, { connection: "close", ...(target !== null && { location: target }) });
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "::", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? String(address.port) : "";
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
  server.close();
});
afterEach(async () => {
  seen = [];
  for (const each of opened.splice(0)) await each.close();
});

/** As a source of the page gets it. */
function clientFor(url: string, lookup?: LookupAll) {
  const settings = { ...SourceSettings.parse({ kind: "loki", url: "https://x" }), url, allowPrivateAddress: false };
  const http = openSourceHttp(settings, lookup === undefined ? {} : { lookup });
  opened.push(http);
  return {
    get: (...extra: [string, string][]) =>
      http.send(
        { operation: "test.read", method: "GET", path: "/", query: extra },
        { deadlineAtMs: Date.now() + 3000, maxBytes: 1000 },
        new AbortController().signal,
      ),
  };
}

const named =
  (...answers: string[][]): LookupAll =>
  (_, __, callback) => {
    const [addresses = []] = answers.length > 1 ? answers.splice(0, 1) : answers;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };

const SPELLINGS = [
  ...["127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f.1", "0x7f000001", "0x7F.0x0.0x0.0x1", "0177.0.0.1"],
  ...["017700000001", "127.0.0.1.", "127.255.255.254", "0", "0.0.0.0", "localhost", "LOCALHOST", "localhost."],
  ...["①②⑦.⓪.⓪.①", "127。0。0。1", "127%2e0%2e0%2e1", "１２７.0.0.1", "me:secret@127.0.0.1", "127.0.0.2@127.0.0.1"],
  ...[
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:0:127.0.0.1]",
  ],
  ...["[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fd12:3456::1]"],
  ...["10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1"],
  ...[
    "169.254.169.254",
    "2852039166",
    "0xa9.254.0251.0xfe",
    "169.254.43518",
    "[::ffff:169.254.169.254]",
    "[fd00:ec2::254]",
  ],
];

describe("a source of the page", () => {
  it("reaches the address that the operator opened", async () => {
    expect(await clientFor(`http://${ALLOWED}:${port}`).get()).toMatchObject({ ok: true, status: 200 });
    expect(await clientFor(`http://allowed.test:${port}`, named([ALLOWED])).get()).toMatchObject({ ok: true });
    expect(seen).toHaveLength(2);
  });

  it("has a table of at least thirty spellings", () => {
    expect(new Set(SPELLINGS).size).toBeGreaterThanOrEqual(30);
  });

  it.each(SPELLINGS)("sends nothing to http://%s", async (host) => {
    expect(await clientFor(`http://${host}:${port}`).get()).toMatchObject({ ok: false, kind: "refused" });
    expect(seen).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])(
    "does not follow a redirect by %i to metadata or to this machine",
    async (status) => {
      for (const to of [
        "http://169.254.169.254/latest/meta-data/",
        `http://127.0.0.1:${port}/inside`,
        `http://${ALLOWED}:${port}/other`,
      ]) {
        const result = await clientFor(`http://${ALLOWED}:${port}`).get(["status", String(status)], ["to", to]);
        expect(result).toMatchObject({ ok: false, kind: "refused", status });
      }
      expect(seen.map((url) => url.split("?")[0])).toEqual(["/", "/", "/"]);
    },
  );

  it("is refused once its name turns to an address inside, also for a connection of its own", async () => {
    const client = clientFor(`http://rebinding.test:${port}`, named([ALLOWED], ["127.0.0.1"]));
    expect(await client.get()).toMatchObject({ ok: true });
    expect(await client.get()).toMatchObject({ ok: false, kind: "refused" });
    expect(seen).toHaveLength(1);
  });

  it.each([[["127.0.0.1"]], [["169.254.169.254"]], [["10.0.0.1", "::1"]], [["::ffff:127.0.0.1"]], [["fd00:ec2::254"]]])(
    "is refused when its name means %j",
    async (addresses) => {
      const result = await clientFor(`http://inside.test:${port}`, named(addresses)).get();
      expect(result).toMatchObject({ ok: false, kind: "refused" });
      expect(seen).toEqual([]);
    },
  );

  it("goes to the allowed one of several addresses only", async () => {
    const client = clientFor(`http://mixed.test:${port}`, named(["127.0.0.1", ALLOWED, "169.254.169.254"]));
    expect(await client.get()).toMatchObject({ ok: true });
  });
});
