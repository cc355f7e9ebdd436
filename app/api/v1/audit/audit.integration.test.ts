/** The audit trail over whole calls: what a question leaves in it, and who may read what of that. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditPageView, WhoSawView } from "@/lib/contract/audit";
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import { aPerson, principalOf, requestOf, type TestPerson } from "@/lib/identity/testing/a-person";
import { createRedactionContext } from "@/lib/redact/redaction-context";
import { closeStore, store } from "@/lib/store/open-store";
import { startQuestion } from "@/lib/timeline/answer-timeline";
import { recordShown } from "@/lib/timeline/record-shown";
import { timelineDeps } from "@/lib/timeline/timeline-deps";
import { GET } from "./route";
import { POST } from "./who/route";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-audit-"));
beforeAll(() => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

const ACCOUNT = "acct_zq31337";

const read = async (person: TestPerson, query = "") => GET(requestOf(person, `/api/v1/audit${query}`), {});
const page = async (person: TestPerson, query = "") => {
  const response = await read(person, query);
  return AuditPageView.parse(await response.json());
};
const whoSaw = async (person: TestPerson, subject: string) => {
  const response = await POST(requestOf(person, "/api/v1/audit/who", { subject }), {});
  return WhoSawView.parse(await response.json());
};
const ask = (person: TestPerson, ...keys: string[]) =>
  startQuestion(principalOf(person), new URLSearchParams(keys.map((key) => ["key", key])));

/** As the answer to the question would, once it leads to these keys. */
async function show(person: TestPerson, question: Awaited<ReturnType<typeof ask>>, ...keys: [string, string][]) {
  const { access, viewId } = question;
  const touched = keys.map(([kind, value]) => ({ id: `${kind}:${value}`, key: { kind, value } }) as const);
  const stitched = { keys: touched } as unknown as Pick<StitchedTimeline, "keys">;
  const context = createRedactionContext(timelineDeps().redaction, access);
  await recordShown(principalOf(person), access.incident, viewId)(stitched, context);
}

describe("who saw a customer", () => {
  it("is answered by the id and by its stand-in: who asked for it, and who was shown it on the way", async () => {
    const [asker, finder, stranger, manager] = await Promise.all([
      aPerson("support"),
      aPerson("engineer"),
      aPerson("engineer"),
      aPerson("manager"),
    ]);
    await ask(asker, `account:${ACCOUNT}`);
    await ask(asker, `account:${ACCOUNT}`);
    const question = await ask(finder, "order:48192");
    await show(finder, question, ["order", "48192"], ["account", ACCOUNT], ["trace", "a".repeat(32)]);
    await ask(stranger, "order:48192");

    const { subject, people, total, moreReasons } = await whoSaw(manager, `account:${ACCOUNT}`);
    expect(people.map(({ actor, role, times, actions }) => [actor.id, actor.name, role, times, actions])).toEqual([
      [finder.user.id, "Ada", "engineer", 1, ["timeline.shown"]],
      [asker.user.id, "Ada", "support", 2, ["timeline.view"]],
    ]);
    expect(people[0]?.incidents).toEqual([question.access.incident]);
    expect([total, moreReasons]).toEqual([2, false]);
    expect(subject).toMatch(/^account:account·/);
    const byStandIn = await whoSaw(manager, subject);
    expect(byStandIn.people).toEqual(people);
    expect((await whoSaw(manager, subject.slice("account:".length))).people).toEqual(people);
  });

  it("says when there are more reasons of reveals than it lists", async () => {
    const [engineer, manager] = await Promise.all([aPerson("engineer"), aPerson("manager")]);
    const { access } = await ask(engineer, "order:7002");
    const reveal = async (n: number) =>
      (await store()).reveals.create({
        ...{ id: randomUUID(), userId: engineer.user.id, by: "Ada", role: "engineer", incident: access.incident },
        ...{ askedKeys: "v1.sealed", fieldClass: "personal", reason: `Reason ${String(n)}.`, ticket: "T-1" },
        ...{ minutes: 1, needsSecond: false, askedAt: new Date(1_700_000_000_000 + n * 60_000) },
      });
    for (let n = 0; n < 200; n++) await reveal(n);
    const whole = await whoSaw(manager, "order:7002");
    expect([whole.people[0]?.reasons.length, whole.moreReasons]).toEqual([200, false]);
    await reveal(200);
    const { people, moreReasons } = await whoSaw(manager, "order:7002");
    expect([people[0]?.reasons.length, people[0]?.reasons[0]?.reason, moreReasons]).toEqual([200, "Reason 200.", true]);
  });

  it("counts one question once, however often it was added to", async () => {
    const [engineer, admin] = await Promise.all([aPerson("engineer"), aPerson("admin")]);
    const question = await ask(engineer, "order:7001");
    await show(engineer, question, ["order", "7001"]);
    await show(engineer, question, ["order", "7001"]);
    const { people } = await whoSaw(admin, "order:#7001");
    expect(people).toMatchObject([{ times: 1, actions: ["timeline.shown", "timeline.view"] }]);
  });
});

describe("the trail", () => {
  it("holds no account id and no address of those who asked, in any column", async () => {
    const engineer = await aPerson("engineer");
    const question = await ask(engineer, `account:${ACCOUNT}`);
    await show(engineer, question, ["account", "acct_zq_found"]);
    await whoSaw(await aPerson("manager"), `account:${ACCOUNT}`);
    await page(await aPerson("manager"), `?subject=account:${ACCOUNT}`);
    const { audit } = await store();
    const everything = JSON.stringify(await audit.latest(10_000), (_name, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(everything).not.toContain("zq31337");
    expect(everything).not.toContain("zq_found");
    expect(everything).not.toContain("@example.test");
    // The positive control: what may be in it is.
    expect(everything).toContain("order:48192");
    expect(everything).toContain("account·");
  });

  it("is in order, and says so on its first page", async () => {
    const manager = await aPerson("manager");
    const { chain, entries } = await page(manager);
    expect(chain).toMatchObject({ fault: null, unchained: 0 });
    expect(chain?.verified).toBe(chain?.entries);
    expect(chain?.head).toMatch(/^\d+:[0-9a-f]{64}$/);
    expect(entries[0]).toMatchObject({ action: "audit.read", actor: { id: manager.user.id, name: "Ada" } });
  });

  it("records that it was read, and by which filters", async () => {
    const manager = await aPerson("manager");
    await page(manager, "?subject=order:48192&action=timeline.");
    const [entry] = await (await store()).audit.latest(1);
    expect(entry).toMatchObject({ action: "audit.read", subjects: ["order:48192"], actor: manager.user.id });
    expect(entry?.detail).toEqual({ filters: ["subject", "action"] });
  });

  it("is read page by page without a gap", async () => {
    const [manager, engineer] = await Promise.all([aPerson("manager"), aPerson("engineer")]);
    const { audit } = await store();
    for (let n = 0; n < 60; n++) {
      await audit.append({ actor: engineer.user.id, role: "engineer", action: "test.entry", detail: { n } });
    }
    const first = await page(manager, `?actor=${engineer.user.id}&action=test.entry`);
    const second = await page(manager, `?actor=${engineer.user.id}&action=test.entry&cursor=${first.next ?? ""}`);
    const numbers = [...first.entries, ...second.entries].map(({ detail }) => detail.n);
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, n) => 59 - n));
    expect([first.entries.length, second.next, second.chain]).toEqual([50, null, null]);
  });

  it("tells a manager nothing of kinds that the role may not know of, but that there is more", async () => {
    const manager = await aPerson("manager");
    const { audit } = await store();
    await audit.append({
      ...{ actor: "system", role: "none", action: "test.subjects" },
      subjects: ["order:1", `trace:${"a".repeat(32)}`, "account:acct_raw", "no key"],
    });
    const [entry] = (await page(manager, "?action=test.subjects")).entries;
    expect(entry?.subjects).toEqual(["order:1", expect.stringMatching(/^account:account·/)]);
    expect(entry?.moreSubjects).toBe(2);
    expect(JSON.stringify(entry)).not.toContain("acct_raw");
  });

  it("is closed to roles that may not read it", async () => {
    for (const role of ["support", "engineer", "vendor"]) {
      const person = await aPerson(role);
      expect((await read(person)).status).toBe(403);
      expect((await POST(requestOf(person, "/api/v1/audit/who", { subject: "order:1" }), {})).status).toBe(403);
    }
    expect((await read(await aPerson("admin"))).status).toBe(200);
  });

  it.each([
    "?actr=x",
    "?action=DROP",
    "?subject=nothing",
    "?from=whenever",
    "?cursor=-1",
    "?incident=x",
    "?actor=a%20b",
  ])("refuses %s, naming the field and not what was sent", async (query) => {
    const response = await read(await aPerson("manager"), query);
    expect(response.status).toBe(400);
    const { field, detail } = (await response.json()) as { field: string; detail: string };
    expect(detail).toMatch(/^Expected /);
    expect(field).not.toBe("");
  });

  it("records the first use of a token in an hour, and no further ones", async () => {
    const manager = await aPerson("manager");
    await Promise.all([page(manager), page(manager), page(manager)]);
    await page(manager);
    const uses = (await page(manager, `?actor=${manager.user.id}&action=token.use`)).entries;
    expect(uses).toHaveLength(1);
  });
});
