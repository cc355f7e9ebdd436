import { afterEach, describe, expect, it } from "vitest";
import { type OkBody, startFaultServer } from "@/lib/sources/testing/fault-server";
import { CANARY, type Fault } from "@/lib/sources/testing/faults";
import { createSourceHttp, type SourceHttpOptions } from "./create-source-http";
import type { SourceHttpBudget, SourceHttpRequest } from "./source-http";
import type { SourceRequestObservation } from "./source-request-observer";

const MIB = 1024 * 1024;
const READ: SourceHttpRequest = { operation: "test.read", method: "GET", path: "/api/read" };
const nobodyLeaves = new AbortController().signal;
const opened: { close(): Promise<void> }[] = [];

function within(forMs: number, maxBytes = MIB): SourceHttpBudget {
  return { deadlineAtMs: Date.now() + forMs, maxBytes };
}

async function ask(fault: Fault | "ok", okBody?: OkBody, options: Partial<SourceHttpOptions> = {}) {
  const server = await startFaultServer(fault, okBody);
  // The lowest jitter, so that a retry costs a test 100 ms.
  const http = createSourceHttp({
    sourceId: "loki/product",
    baseUrl: server.url,
    allowPrivateAddress: true,
    random: () => 0,
    ...options,
  });
  opened.push(http, server);
  return { server, http };
}

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

describe("a good answer", () => {
  it("comes back decoded, with lower-case headers and the size after decompression", async () => {
    const { http } = await ask("ok", () => ({ body: '{"täg":1}', headers: { "X-Loki-Build": "3" } }));
    const result = await http.send(READ, within(2000), nobodyLeaves);
    expect(result).toMatchObject({ ok: true, status: 200, text: '{"täg":1}', bytes: 10, attempts: 1 });
    expect(result.ok && result.headers["x-loki-build"]).toBe("3");
  });

  it("is read up to exactly the byte limit and no further", async () => {
    const { http } = await ask("ok", "0123456789");
    expect(await http.send(READ, within(2000, 10), nobodyLeaves)).toMatchObject({ ok: true, bytes: 10 });
    expect(await http.send(READ, within(2000, 9), nobodyLeaves)).toMatchObject({ ok: false, kind: "too-large" });
  });

  it("is asked for with query, form, tenant and credentials, below the base path", async () => {
    const { server } = await ask("ok");
    const http = createSourceHttp({
      sourceId: "loki/eu",
      baseUrl: `${server.url}/proxy/loki/`,
      allowPrivateAddress: true,
      auth: { token: "t0ken" },
      tenant: { header: "X-Scope-OrgID", value: "eu|us" },
    });
    opened.push(http);
    const query = [
      ["q", '{a="b&c"}'],
      ["q", "2"],
    ] as const;
    await http.send(
      { ...READ, method: "POST", query, form: [["limit", "5"]], headers: { Authorization: "mine", "X-Ok": "1" } },
      within(2000),
      nobodyLeaves,
    );
    const [seen] = server.requests;
    expect(seen?.path).toBe("/proxy/loki/api/read");
    expect(seen?.query.getAll("q")).toEqual(['{a="b&c"}', "2"]);
    expect(seen?.form.get("limit")).toBe("5");
    expect(seen?.headers).toMatchObject({ authorization: "Bearer t0ken", "x-scope-orgid": "eu|us", "x-ok": "1" });
  });

  it("is asked for with user name and password, also when they stand in the URL", async () => {
    const { server, http } = await ask("ok", "{}", { auth: { username: "me", password: "p:w" } });
    await http.send(READ, within(2000), nobodyLeaves);
    const other = createSourceHttp({
      sourceId: "loki/url",
      baseUrl: server.url.replace("//", "//me:p%3Aw@"),
      allowPrivateAddress: true,
    });
    opened.push(other);
    await other.send(READ, within(2000), nobodyLeaves);
    const basic = `Basic ${Buffer.from("me:p:w").toString("base64")}`;
    expect(server.requests.map((request) => request.headers["authorization"])).toEqual([basic, basic]);
  });

  it.each(["api", "/a/../../admin", "/a/%2E%2e/b", "/a\\b", "/a?b=1", "/a#b", "/a b", "/.", "/a\r\nb"])(
    "is never asked for at the path %j",
    async (path) => {
      const { server, http } = await ask("ok");
      expect(await http.send({ ...READ, path }, within(500), nobodyLeaves)).toMatchObject({ kind: "refused" });
      expect(server.requests).toEqual([]);
    },
  );
});

describe("a failing backend", () => {
  it.each<[Fault, string, number | undefined]>([
    ["refuse", "refused", undefined],
    ["reset-before-answer", "refused", undefined],
    ["accept-no-headers", "timeout", undefined],
    ["hang-mid-body", "timeout", 200],
    ["drip", "timeout", 200],
    ["redirect", "refused", 302],
    ["status-401", "status", 401],
    ["status-429-absurd", "status", 429],
    ["status-502-html", "status", 502],
    ["truncated-gzip", "cut-off", 200],
    ["broken-gzip", "cut-off", 200],
    ["early-close", "cut-off", 200],
    ["gzip-bomb", "too-large", 200],
  ])("with %s is named %s", async (fault, kind, status) => {
    const { http } = await ask(fault);
    const result = await http.send(READ, within(300), nobodyLeaves);
    expect(result).toMatchObject({ ok: false, kind });
    expect(!result.ok && result.status).toBe(status);
  });

  it("hands over at most 4 KiB of an error body", async () => {
    const { http } = await ask("ok", () => ({ status: 400, body: "x".repeat(100_000) }));
    const result = await http.send(READ, within(2000), nobodyLeaves);
    expect(!result.ok && result.text).toBe("x".repeat(4096));
  });

  it("never follows a redirect", async () => {
    const target = await startFaultServer("ok");
    opened.push(target);
    const { http } = await ask("ok", () => ({ status: 307, headers: { location: target.url }, body: "" }));
    expect(await http.send(READ, within(500), nobodyLeaves)).toMatchObject({
      kind: "refused",
      status: 307,
      attempts: 1,
    });
    expect(target.requests).toEqual([]);
  });

  it("holds no credential in any result", async () => {
    for (const fault of ["refuse", "status-401", "redirect", "early-close"] as const) {
      const { http } = await ask(fault, "{}", { auth: { token: "s3cret-token" } });
      expect(JSON.stringify(await http.send(READ, within(300), nobodyLeaves))).not.toContain("s3cret");
    }
  });
});

describe("a retry", () => {
  it("is made once after 503 and its answer counts", async () => {
    const { server, http } = await ask("status-503-once", "[1]");
    expect(await http.send(READ, within(3000), nobodyLeaves)).toMatchObject({ ok: true, text: "[1]", attempts: 2 });
    expect(server.requests).toHaveLength(2);
  });

  it.each<[Fault, number]>([
    ["reset-before-answer", 2],
    ["status-429", 2],
    ["status-502-html", 2],
    ["status-503", 2],
    ["status-400", 1],
    ["status-401", 1],
    ["status-403", 1],
    ["status-404", 1],
    ["status-413", 1],
    ["status-422", 1],
    ["status-500", 1],
    ["early-close", 1],
    ["truncated-gzip", 1],
    ["gzip-bomb", 1],
    ["redirect", 1],
  ])("after %s brings the tries to %i", async (fault, attempts) => {
    const { server, http } = await ask(fault);
    expect(await http.send(READ, within(3000), nobodyLeaves)).toMatchObject({ ok: false, attempts });
    expect(server.requests).toHaveLength(attempts);
  });

  it("is made for POST too, since all our requests are reads", async () => {
    const { server, http } = await ask("status-503-once");
    await http.send({ ...READ, method: "POST", form: [["query", "up"]] }, within(3000), nobodyLeaves);
    expect(server.requests.map((request) => request.form.get("query"))).toEqual(["up", "up"]);
  });

  it.each(["status-429-seconds", "status-429-date"] as const)(
    "is not made when %s is past the deadline",
    async (fault) => {
      const { server, http } = await ask(fault);
      expect(await http.send(READ, within(2000), nobodyLeaves)).toMatchObject({
        kind: "status",
        status: 429,
        attempts: 1,
      });
      expect(server.requests).toHaveLength(1);
    },
  );

  it("is not made when even the shortest wait would end after the deadline", async () => {
    const { server, http } = await ask("status-503", "{}", { random: () => 0.999 });
    await http.send(READ, within(800), nobodyLeaves);
    expect(server.requests).toHaveLength(1);
  });

  it("is given up when the asker leaves during the wait", async () => {
    const { server, http } = await ask("status-503", "{}", { random: () => 0.999 });
    const asker = new AbortController();
    const asked = http.send(READ, within(600_000), asker.signal);
    await server.firstRequest;
    asker.abort();
    expect(await asked).toMatchObject({ ok: false, kind: "aborted" });
    expect(server.requests).toHaveLength(1);
  });
});

describe("the deadline and the asker", () => {
  it("sends nothing when the deadline has passed or the asker has left", async () => {
    const { server, http } = await ask("ok");
    expect(await http.send(READ, within(-1), nobodyLeaves)).toMatchObject({ kind: "timeout", attempts: 0 });
    expect(await http.send(READ, within(2000), AbortSignal.abort())).toMatchObject({ kind: "aborted", attempts: 0 });
    expect(server.requests).toEqual([]);
  });

  it.each(["accept-no-headers", "hang-mid-body", "drip"] as const)("ends %s when the asker leaves", async (fault) => {
    const { server, http } = await ask(fault);
    const asker = new AbortController();
    const asked = http.send(READ, within(600_000), asker.signal);
    await server.firstRequest;
    asker.abort();
    expect(await asked).toMatchObject({ ok: false, kind: "aborted" });
  });
});

describe("what is measured", () => {
  it("is one observation per request, named by outcome and free of the answer's text", async () => {
    const seen: SourceRequestObservation[] = [];
    const options = { metrics: (observation: SourceRequestObservation) => void seen.push(observation) };
    const bad = await ask("status-404", "{}", options);
    await bad.http.send(READ, within(2000), nobodyLeaves);
    const good = await ask("ok", "{}", options);
    await good.http.send(READ, within(2000), nobodyLeaves);
    expect(seen.map(({ source, operation, result }) => [source, operation, result])).toEqual([
      ["loki/product", "test.read", "http_404"],
      ["loki/product", "test.read", "ok"],
    ]);
    expect(JSON.stringify(seen)).not.toContain(CANARY);
  });
});
