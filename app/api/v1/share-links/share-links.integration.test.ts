import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createShareLink } from "@/lib/access/share-links";
import { IssuedShareLink, ShareLinkList } from "@/lib/contract/share-link";
import { TimelineAnswer } from "@/lib/contract/timeline-answer";
import type { PolicyDocument } from "@/lib/domain/policy";
import { aPerson, principalOf, requestOf, type TestPerson } from "@/lib/identity/testing/a-person";
import { DEFAULT_POLICY, policyHash } from "@/lib/redact/policy";
import { closeStore, store } from "@/lib/store/open-store";
import type { User } from "@/lib/store/user";
import { startQuestion } from "@/lib/timeline/answer-timeline";
import { GET as askTimeline } from "../timeline/route";
import { DELETE as revokeLink } from "./[linkId]/route";
import { GET as listLinks, POST as postLink } from "./route";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-share-links-"));
const ASKED = { keys: ["account:acct_7731"], from: "2026-11-20T10:00:00Z", to: "2026-11-20T11:00:00Z" };

beforeAll(() => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

function post(person: TestPerson, wish: object): Promise<Response> {
  return postLink(requestOf(person, "/api/v1/share-links", { ...ASKED, ...wish }), {});
}

async function share(person: TestPerson, wish: object = {}): Promise<IssuedShareLink> {
  const response = await post(person, wish);
  expect(response.status).toBe(201);
  return IssuedShareLink.parse(await response.json());
}

function open(person: TestPerson, token: string, more = ""): Promise<Response> {
  return askTimeline(requestOf(person, `/api/v1/timeline?shared=${token}${more}`), {});
}

async function see(person: TestPerson, token: string): Promise<TimelineAnswer["query"]> {
  const response = await open(person, token);
  expect(response.status).toBe(200);
  return TimelineAnswer.parse(await response.json()).query;
}

function revoke(person: TestPerson, linkId: string): Promise<Response> {
  const call = requestOf(person, `/api/v1/share-links/${linkId}`);
  return revokeLink(call, { params: Promise.resolve({ linkId }) });
}

async function list(person: TestPerson, search = ""): Promise<Response> {
  return listLinks(requestOf(person, `/api/v1/share-links${search}`), {});
}

async function publish(document: PolicyDocument): Promise<void> {
  const { policies } = await store();
  const by = { userId: randomUUID(), name: "Ann" };
  const expected = await policies.newest();
  await policies.publish({ document, hash: policyHash(document), note: "", by, expected });
}

describe("a share link at rest", () => {
  it("is kept as a digest of its token, and what it asks is sealed", async () => {
    const engineer = await aPerson("engineer");
    const { token, prefix, path: page } = await share(engineer);
    expect(Buffer.from(token, "base64url").length * 8).toBeGreaterThanOrEqual(128);
    expect([prefix, page]).toEqual([token.slice(0, 6), `/shared/${token}`]);
    const { shareLinks, audit } = await store();
    const kept = JSON.stringify([await shareLinks.list(500), await audit.latest(50)], (_name, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(kept).toContain(prefix);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain("acct_7731");
    expect(await (await list(engineer)).text()).not.toContain(token);
  });

  it("is opened by whoever seals everything anew after a change of the key", async () => {
    await share(await aPerson("engineer"));
    const counts = await (await store()).keyRotation.rotate();
    const links = counts.find(({ place }) => place === "share_links.question");
    expect(links?.locked).toBe(0);
    expect(links?.current).toBeGreaterThan(0);
  });

  it("keeps absolute times, lasts a day unless told, and a week at most", async () => {
    const engineer = await aPerson("engineer");
    const { question, createdAt, expiresAt } = await share(engineer, { from: "now-1h", to: "now" });
    expect(question?.from).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const hours = (Date.parse(expiresAt) - Date.parse(createdAt)) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
    expect((await post(engineer, { hours: 169 })).status).toBe(400);
  });

  it("is made only by roles that may share, by ids that they read, for roles that exist", async () => {
    expect((await post(await aPerson("vendor"), {})).status).toBe(403);
    const manager = await aPerson("manager");
    const refused = await post(manager, {});
    expect([refused.status, await refused.json()]).toEqual([400, expect.objectContaining({ field: "key" })]);
    const unknown = await post(await aPerson("engineer"), { audience: "nobody" });
    expect([unknown.status, await unknown.json()]).toEqual([400, expect.objectContaining({ field: "audience" })]);
  });
});

describe("what a share link shows", () => {
  it("is no more than the viewer may see", async () => {
    const { token } = await share(await aPerson("engineer"));
    const support = await see(await aPerson("support"), token);
    expect(support).toMatchObject({ role: "support", shared: true, abilities: [], keys: ["account:acct_7731"] });
    expect(support.hidden).toContain("infrastructure");
    const manager = await see(await aPerson("manager"), token);
    expect(manager.keys).toEqual([expect.stringMatching(/^account:account·/)]);
  });

  it("is no more than its maker may see", async () => {
    const { token } = await share(await aPerson("support"));
    const engineer = await aPerson("engineer");
    expect((await see(engineer, token)).hidden).toContain("infrastructure");
    const own = await askTimeline(requestOf(engineer, "/api/v1/timeline?key=account:acct_7731"), {});
    expect(TimelineAnswer.parse(await own.json()).query.hidden).not.toContain("infrastructure");
  });

  it("is no more than its audience may see", async () => {
    const engineer = await aPerson("engineer");
    const { token } = await share(engineer, { audience: "manager" });
    expect((await see(engineer, token)).keys).toEqual([expect.stringMatching(/^account:account·/)]);
  });

  it("shrinks with the role of its maker", async () => {
    const { token } = await share(await aPerson("engineer"));
    const support = await aPerson("support");
    expect((await see(support, token)).keys).toEqual(["account:acct_7731"]);
    const roles = DEFAULT_POLICY.roles.map((role) =>
      role.name === "engineer" ? { ...role, classes: { ...role.classes, "account-id": "absent" as const } } : role,
    );
    await publish({ ...DEFAULT_POLICY, roles });
    expect((await see(support, token)).keys).toEqual(["account:(asked)"]);
    await publish(DEFAULT_POLICY);
    expect((await see(support, token)).keys).toEqual(["account:acct_7731"]);
  });

  it("is what its maker chose: nothing else can be asked through it", async () => {
    const { token } = await share(await aPerson("engineer"));
    const vendorless = await aPerson("support");
    for (const more of ["&key=order:1", "&from=now-30d", "&widen=order:1", "&live=1"]) {
      expect((await open(vendorless, token, more)).status).toBe(400);
    }
  });
});

describe("a share link that is none", () => {
  /** The bytes of a refusal, but for the number of the request. */
  async function refusal(person: TestPerson, token: string): Promise<[number, string, string]> {
    const response = await open(person, token);
    const headers = [...response.headers].map((header) => header.join(": ")).join("\n");
    const body = (await response.text()).replace(/"requestId":"[^"]+"/, '"requestId":""');
    return [response.status, headers, body];
  }
  const unknown = (): string => randomBytes(24).toString("base64url");

  it("is answered alike whether it was never made, is over, was revoked, lost its maker or is not for this reader", async () => {
    const { users, shareLinks } = await store();
    const support = await aPerson("support");
    const first = await refusal(support, unknown());
    expect(first[0]).toBe(404);
    const refusals = [await refusal(support, "short"), await refusal(support, ""), await refusal(support, unknown())];

    const kill: ((maker: User, link: IssuedShareLink) => Promise<unknown>)[] = [
      (_maker, { id }) => shareLinks.revoke(id, new Date()),
      ({ id }) => users.update(id, { disabledAt: new Date() }),
      ({ id }) => users.update(id, { role: "support", roles: ["support"] }),
    ];
    for (const die of kill) {
      const maker = await aPerson("engineer", "support");
      const link = await share(maker);
      await see(support, link.token);
      await die(maker.user, link);
      refusals.push(await refusal(support, link.token));
    }
    const { token } = await share(await aPerson("engineer"));
    refusals.push(await refusal(await aPerson("vendor"), token));
    for (const one of refusals) expect(one).toEqual(first);
  });

  it("is dead after its time", async () => {
    const maker = await aPerson("engineer");
    const question = { ...ASKED, widen: [] };
    const made = async (hoursAgo: number): Promise<string> => {
      const at = new Date(Date.now() - hoursAgo * 3_600_000);
      const link = { question, incident: "digest", audience: null, hours: 1 };
      return (await createShareLink(principalOf(maker), link, at)).token;
    };
    await see(maker, await made(0.99));
    expect((await open(maker, await made(1))).status).toBe(404);
  });

  it("is not found by guessing", async () => {
    const support = await aPerson("support");
    const { token } = await share(await aPerson("engineer"));
    const guesses = [
      token.slice(0, -1),
      `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`,
      token.toLowerCase(),
    ];
    for (const guess of guesses) expect((await open(support, guess)).status).toBe(404);
  });

  it("stops an answer that is being read: its standing is asked for again and is gone", async () => {
    const maker = await aPerson("engineer");
    const viewer = await aPerson("support");
    const { token, id } = await share(maker);
    const principal = principalOf(viewer);
    const { accessNow } = await startQuestion(principal, new URLSearchParams({ shared: token }));
    expect((await accessNow(principal)).lenses).toHaveLength(2);
    await revoke(maker, id);
    await expect(accessNow(principal)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("the list of share links", () => {
  const listed = async (person: TestPerson, search = "") =>
    ShareLinkList.parse(await (await list(person, search)).json());

  it("shows one's own with what they ask and how often they were opened, and everybody's to admins alone", async () => {
    const engineer = await aPerson("engineer");
    const { id, token } = await share(engineer);
    await see(await aPerson("support"), token);
    const { links, total, audiences } = await listed(engineer);
    expect(total).toBe(1);
    expect(links).toEqual([expect.objectContaining({ id, state: "live", opened: 1 })]);
    expect(links[0]?.question?.keys).toEqual(["account:acct_7731"]);
    expect(audiences).toContain("vendor");
    expect((await list(engineer, "?all=1")).status).toBe(403);
    const admin = await aPerson("admin");
    expect((await listed(admin)).links).toEqual([]);
    const everybody = (await listed(admin, "?all=1")).links.find((link) => link.id === id);
    expect(everybody).toMatchObject({ by: "Ada", state: "live" });
    expect(everybody?.question?.keys).toEqual([expect.stringMatching(/^account:account·/)]);
  });

  it("lets a link be ended by its maker and by admins, and by nobody else", async () => {
    const engineer = await aPerson("engineer");
    const [one, two] = [await share(engineer), await share(engineer)];
    expect((await revoke(await aPerson("engineer"), one.id)).status).toBe(404);
    expect((await revoke(engineer, one.id)).status).toBe(204);
    expect((await revoke(engineer, one.id)).status).toBe(404);
    expect((await revoke(await aPerson("admin"), two.id)).status).toBe(204);
    expect((await listed(engineer)).links.map(({ state }) => state)).toEqual(["revoked", "revoked"]);
    for (const { token } of [one, two]) expect((await open(engineer, token)).status).toBe(404);
  });

  it("is neither made nor ended when that cannot be put on record", async () => {
    const engineer = await aPerson("engineer");
    const { id, token } = await share(engineer);
    const { audit } = await store();
    const append = vi.spyOn(audit, "append").mockRejectedValue(new Error("the trail does not answer"));
    try {
      expect((await post(engineer, {})).status).toBe(500);
      expect((await revoke(engineer, id)).status).toBe(500);
    } finally {
      append.mockRestore();
    }
    expect((await listed(engineer)).links.map((link) => [link.id, link.state])).toEqual([[id, "live"]]);
    expect((await open(engineer, token)).status).toBe(200);
  });

  it("is on record: made, opened, revoked", async () => {
    const engineer = await aPerson("engineer");
    const support = await aPerson("support");
    const { id, token } = await share(engineer, { audience: "support" });
    await see(support, token);
    await revoke(engineer, id);
    const entries = (await (await store()).audit.latest(20)).filter(({ detail }) => detail?.["linkId"] === id);
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ["share.revoke", engineer.user.id],
      ["share.open", support.user.id],
      ["share.create", engineer.user.id],
    ]);
    expect(entries[2]?.detail).toEqual({ linkId: id, hours: 24, audience: "support" });
    expect(entries[1]?.incident).toBe(entries[2]?.incident);
  });
});
