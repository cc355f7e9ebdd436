import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeSource, createSource, listSources, removeSource } from "@/lib/access/manage-sources";
import { SourceDraft } from "@/lib/contract/source";
import type { Principal } from "@/lib/domain/principal";
import type { Role } from "@/lib/domain/role";
import { RATE_LIMITS } from "@/lib/identity/rate-limits";
import { closeStore, store } from "@/lib/store/open-store";
import { testSource } from "./test-source";
import { freshTimelineDeps } from "./timeline-deps";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-sources-"));
const as = (role: Role): Principal => ({
  ...{ userId: randomUUID(), displayName: "Ada", email: "ada@example.test", role, teams: [], via: "session" as const },
  provenAt: new Date(),
});
const admin = as("admin");
const CANARY = "glsa_zqcanary8";
const requests: IncomingMessage[] = [];
let server: Server;
let url: string;
const draft = (part: object = {}) =>
  SourceDraft.parse({ kind: "loki", name: `s${randomUUID().slice(0, 8)}`, url, plainHttp: true, ...part });
const signal = new AbortController().signal;
const upstreamText = "zqupstream: internal host db-7.corp";

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    const denied = request.headers.authorization === "Bearer wrong";
    response.writeHead(denied ? 401 : 200, { "content-type": "application/json" });
    response.end(denied ? upstreamText : JSON.stringify({ status: "success", data: ["service_name"] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? String(address.port) : ""}/`;
  const file = path.join(dataDir, "throughline.yaml");
  writeFileSync(
    file,
    `sources:\n  - { kind: loki, name: of-the-file, url: "http://me:${CANARY}@127.0.0.1:9", token: ${CANARY} }\n`,
  );
  Object.assign(process.env, {
    ...{ DATA_DIR: dataDir, THROUGHLINE_CONFIG: file, LOG_LEVEL: "silent", SOURCE_PRIVATE_CIDRS: "127.0.0.0/8" },
  });
});
afterAll(async () => {
  await closeStore();
  server?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("a source of the page", () => {
  it("is asked from the next question on, and no longer when it is removed", async () => {
    const made = await createSource(admin, draft({ name: "fresh" }));
    const deps = await freshTimelineDeps();
    expect([...deps.sources.keys()]).toEqual(["loki/of-the-file", "loki/fresh"]);
    await removeSource(admin, made.id ?? "", 1);
    expect((await freshTimelineDeps()).sources.has("loki/fresh")).toBe(false);
  });

  it("keeps its breaker when another source changes, and loses it when it changes itself", async () => {
    const one = await createSource(admin, draft());
    const two = await createSource(admin, draft());
    const before = (await freshTimelineDeps()).sources;
    await changeSource(admin, two.id ?? "", { source: draft({ name: two.name, audience: "internal" }), version: 1 });
    const after = (await freshTimelineDeps()).sources;
    const same = (source: string) =>
      [...before].find(([id]) => id === source)?.[1] === [...after].find(([id]) => id === source)?.[1];
    expect(same(one.source)).toBe(true);
    expect(same("loki/of-the-file")).toBe(true);
    expect(same(two.source)).toBe(false);
  });

  it("gives its secrets to its server and to nobody else: not to a list, an answer or the audit trail", async () => {
    const made = await createSource(admin, draft({ name: "secretive", token: CANARY }));
    const changed = await changeSource(admin, made.id ?? "", { source: draft({ name: "secretive" }), version: 1 });
    const probe = await testSource(admin, { source: "loki/secretive" }, signal);
    const list = await listSources(admin);
    const { audit } = await store();
    expect(probe).toMatchObject({ ok: true, failure: null });
    expect(requests.at(-1)?.headers.authorization).toBe(`Bearer ${CANARY}`);
    const told = JSON.stringify([made, changed, list, probe, (await audit.latest(20)).map(({ detail }) => detail)]);
    expect(told).toContain("secretive");
    expect(told).not.toContain("canary");
    expect(list.sources.find(({ source }) => source === "loki/secretive")?.secrets.token).toBe("set");
    expect(list.sources.find(({ source }) => source === "loki/of-the-file")?.secrets).toEqual({
      ...{ token: "set", password: "set" },
    });
    expect(list.sources.find(({ source }) => source === "loki/secretive")?.probe).toMatchObject({ ok: true });
  });

  it("keeps, replaces and clears a secret as told", async () => {
    const { id, name } = await createSource(admin, draft({ token: "first" }));
    const states = [];
    for (const [at, token] of [undefined, "second", null].entries()) {
      const source = draft({ name, ...(token !== undefined && { token }) });
      const changed = await changeSource(admin, id ?? "", { source, version: at + 1 });
      const kept = await (await store()).sources.find(id ?? "");
      states.push([changed.secrets.token, kept?.secrets]);
    }
    expect(states).toEqual([
      ["set", { token: "first" }],
      ["set", { token: "second" }],
      ["unset", {}],
    ]);
  });

  it("does not hand a stored secret to another server, neither by a change nor by a test", async () => {
    const { id, name } = await createSource(admin, draft({ token: CANARY }));
    const elsewhere = draft({ name, url: "http://127.0.0.2:59999/" });
    const refusal = { code: "bad-request", field: "token" };
    await expect(changeSource(admin, id ?? "", { source: elsewhere, version: 1 })).rejects.toMatchObject(refusal);
    await expect(testSource(admin, { draft: elsewhere, id: id ?? "" }, signal)).rejects.toMatchObject(refusal);
    const https = draft({ name, url: url.replace("http:", "https:") });
    await expect(changeSource(admin, id ?? "", { source: https, version: 1 })).rejects.toMatchObject(refusal);
    const anew = draft({ name, url: "http://127.0.0.2:59999/", token: "other" });
    await expect(changeSource(admin, id ?? "", { source: anew, version: 1 })).resolves.toMatchObject({ version: 2 });
  });

  it("that cannot be opened is missed aloud instead of asked without credentials", async () => {
    const { id } = await createSource(admin, draft({ name: "locked", token: "x" }));
    const { sources } = await store();
    const list = async () => {
      const { mark, sources: stored } = await sources.list();
      return { mark: `${mark} locked`, sources: stored.map((one) => ({ ...one, secrets: "locked" as const })) };
    };
    const deps = await freshTimelineDeps();
    const { createSourcePool } = await import("./source-pool");
    const { openSourceHttp } = await import("@/lib/sources/open-source-http");
    const pool = createSourcePool([], { openHttp: openSourceHttp, keyRules: () => [], now: deps.now });
    const locked = [...pool.use((await list()).sources)].find(([name]) => name === "loki/locked")?.[1];
    const window = { fromNs: 0n, toNs: 1n } as never;
    const budget = { deadlineAtMs: Date.now() + 1000, maxRows: 1, maxBytes: 1 };
    const outcome = await locked?.fetch(
      { kind: "trace", traceId: "0af7651916cd43dd8448eb211c80319c", window },
      budget,
      signal,
    );
    expect(outcome).toMatchObject({ answered: false, gaps: [{ reason: "refused", source: "loki/locked" }] });
    await removeSource(admin, id ?? "", 1);
  });

  it.each([
    ["the name of a provisioned source", { name: "of-the-file" }, "conflict", "name"],
    ["plain http that nobody meant", { plainHttp: false }, "bad-request", "plainHttp"],
    ["an address outside the operator's list", { url: "https://10.0.0.1" }, "bad-request", "url"],
    ["cloud metadata", { url: "https://169.254.169.254" }, "bad-request", "url"],
    ["a password without a user name", { password: "x" }, "bad-request", "username"],
    ["a user name without a password", { username: "x" }, "bad-request", "password"],
    ["a token beside a password", { username: "x", password: "x", token: "x" }, "bad-request", "token"],
    ["Sentry without its organisation", { kind: "sentry" }, "bad-request", "org"],
  ])("is refused with %s", async (_, part, code, field) => {
    await expect(createSource(admin, draft(part))).rejects.toMatchObject({ code, field });
  });

  it("is not changed by who has an older version, nor into another source", async () => {
    const { id, name } = await createSource(admin, draft());
    await changeSource(admin, id ?? "", { source: draft({ name }), version: 1 });
    const late = changeSource(admin, id ?? "", { source: draft({ name }), version: 1 });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    const other = changeSource(admin, id ?? "", { source: draft({ name: "other-name" }), version: 2 });
    await expect(other).rejects.toMatchObject({ code: "conflict", field: "name" });
    const absent = changeSource(admin, randomUUID(), { source: draft(), version: 1 });
    await expect(absent).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a connection test", () => {
  it("tells the kind of failure and nothing that the server said", async () => {
    const probe = await testSource(admin, { draft: draft({ token: "wrong" }) }, signal);
    expect(probe).toMatchObject({ ok: false, failure: "denied" });
    expect(JSON.stringify(probe)).not.toContain("zqupstream");
  });

  it.each([
    ["nobody listening", { url: "http://127.0.0.1:59999" }, "refused"],
    ["another kind of server", { kind: "sentry", org: "shop" }, "unreadable"],
  ])("names %s", async (_, part, failure) => {
    expect(await testSource(admin, { draft: draft(part) }, signal)).toMatchObject({ ok: false, failure });
  });
});

it.each(["support", "engineer", "manager", "vendor", "nobody"])("%s may do none of it", async (role) => {
  const denied = { code: "forbidden" };
  await expect(listSources(as(role))).rejects.toMatchObject(denied);
  await expect(createSource(as(role), draft())).rejects.toMatchObject(denied);
  await expect(changeSource(as(role), randomUUID(), { source: draft(), version: 1 })).rejects.toMatchObject(denied);
  await expect(removeSource(as(role), randomUUID(), 1)).rejects.toMatchObject(denied);
  await expect(testSource(as(role), { draft: draft() }, signal)).rejects.toMatchObject(denied);
});

it("needs a person who signed in just now: not an old session, not a token", async () => {
  const old = { ...as("admin"), provenAt: new Date(Date.now() - 11 * 60_000) };
  const token = { ...as("admin"), via: "token" as const };
  for (const [who, code] of [
    [old, "step-up-required"],
    [token, "forbidden"],
  ] as const) {
    await expect(createSource(who, draft())).rejects.toMatchObject({ code });
    await expect(changeSource(who, randomUUID(), { source: draft(), version: 1 })).rejects.toMatchObject({ code });
    await expect(removeSource(who, randomUUID(), 1)).rejects.toMatchObject({ code });
  }
});

it("is limited per person, and one person's tries are not another's", async () => {
  const now = new Date();
  const hasty = { ...as("admin"), provenAt: now };
  const gone = (who: Principal) => removeSource(who, randomUUID(), 1, now);
  for (let n = 0; n < RATE_LIMITS.source.burst; n++)
    await expect(gone(hasty)).rejects.toMatchObject({ code: "not-found" });
  await expect(gone(hasty)).rejects.toMatchObject({ code: "rate-limited" });
  await expect(gone({ ...as("admin"), provenAt: now })).rejects.toMatchObject({ code: "not-found" });
});
