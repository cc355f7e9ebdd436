/** The API of alert history as each role gets it, on every database. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DELETE as removeHook, PATCH as changeHook } from "@/app/api/v1/alert-hooks/[hookId]/route";
import { POST as rotateHook } from "@/app/api/v1/alert-hooks/[hookId]/rotate/route";
import { GET as hooks, POST as makeHook } from "@/app/api/v1/alert-hooks/route";
import { GET as backlog } from "@/app/api/v1/alerts/backlog/route";
import { GET as episode } from "@/app/api/v1/alerts/episodes/[episodeId]/route";
import { GET as episodes } from "@/app/api/v1/alerts/episodes/route";
import { GET as rules } from "@/app/api/v1/alerts/rules/route";
import { POST as judge } from "@/app/api/v1/alerts/verdicts/route";
import { POST as importFile } from "@/app/api/v1/on-call/import/route";
import { GET as responders } from "@/app/api/v1/on-call/responders/route";
import { EpisodeDetail } from "@/lib/contract/episode-detail";
import { aPerson, requestOf, type TestPerson } from "@/lib/identity/testing/a-person";
import { openStore, type Store } from "@/lib/store/open-store";
import { addEpisode } from "@/lib/store/testing/add-episode";
import { testDatabases } from "@/lib/store/testing/databases";
import { openTables } from "@/lib/store/testing/open-tables";
import { useStore } from "@/lib/store/testing/use-store";
import type { PrismaClient } from "@/prisma/generated/client";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-roles-"));
Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const ROLES = ["support", "engineer", "manager", "admin", "vendor"] as const;
type RoleName = (typeof ROLES)[number];
/** In the order above. */
const READ_ALERTS = [403, 200, 200, 200, 403];
const JUDGE = [403, 200, 200, 403, 403];
const ADMINISTER = [403, 403, 403, 200, 403];
const SERVICE = "zqservice-9";

interface Answer {
  readonly status: number;
  readonly text: string;
}
type Ask = (request: Request) => Promise<Response>;

describe.each(testDatabases())("alerts over the API on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let opened: Store;
  let tables: PrismaClient;
  let known: string;
  const people = {} as Record<RoleName, TestPerson>;
  beforeAll(async () => {
    fresh = await database.create();
    opened = await openStore(fresh.settings);
    tables = await openTables(fresh.settings);
    useStore(opened);
    for (const role of ROLES) people[role] = await aPerson(role);
    const labels = { alertname: "Blip", instance: "zqhost-9", severity: "page" };
    known = await addEpisode(tables, { service: SERVICE, environment: "zqenv-9", labels });
  });
  afterAll(async () => {
    useStore(undefined);
    await tables?.$disconnect();
    await opened?.close();
    await fresh?.remove();
  });

  const withParams = (part: Record<string, string>) => ({ params: Promise.resolve(part) }) as never;
  const ask = async (role: RoleName, handler: Ask, address: string, init: RequestInit = {}): Promise<Answer> => {
    const asked = requestOf(people[role], address, init.method === "POST" ? {} : undefined);
    const response = await handler(new Request(asked, init));
    return { status: response.status, text: await response.text() };
  };
  const everybody = async (handler: Ask, address: string, init: RequestInit = {}): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (const role of ROLES) answers.push(await ask(role, handler, address, init));
    return answers;
  };
  const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
  const list: Ask = (request) => episodes(request, undefined);
  const open: Ask = (request) => episode(request, withParams({ episodeId: request.url.split("/").at(-1) ?? "" }));
  const post = (body: object): RequestInit => ({ method: "POST", body: JSON.stringify(body) });

  it.each([
    ["the history", list, "/api/v1/alerts/episodes", READ_ALERTS],
    ["rules", (request: Request) => rules(request, undefined), "/api/v1/alerts/rules", READ_ALERTS],
    ["what waits", (request: Request) => backlog(request, undefined), "/api/v1/alerts/backlog", JUDGE],
    ["hooks", (request: Request) => hooks(request, undefined), "/api/v1/alert-hooks", ADMINISTER],
    ["people on call", (request: Request) => responders(request, undefined), "/api/v1/on-call/responders", ADMINISTER],
  ] as const)(
    "answers %s to whose role may, and nothing of it to others",
    async (_what, handler, address, expected) => {
      const answers = await everybody(handler, address);
      expect(statuses(answers)).toEqual(expected);
      for (const { status, text } of answers) if (status === 403) expect(text).not.toMatch(/zq|Blip/);
      expect((await handler(new Request(`http://localhost${address}`))).status).toBe(401);
    },
  );

  it("names services and environments to those who read infrastructure, also in what matches a filter", async () => {
    for (const [role, reads] of [
      ["engineer", true],
      ["admin", true],
      ["manager", false],
    ] as const) {
      for (const [handler, address] of [
        [list, "/api/v1/alerts/episodes"],
        [(request: Request) => rules(request, undefined), "/api/v1/alerts/rules"],
        [open, `/api/v1/alerts/episodes/${known}`],
      ] as const) {
        const { text } = await ask(role, handler, address);
        expect([role, address, /zqservice|zqenv|zqhost/.test(text)]).toEqual([role, address, reads]);
        expect(text).toContain("Blip");
      }
      const { total } = JSON.parse((await ask(role, list, `/api/v1/alerts/episodes?service=${SERVICE}`)).text) as {
        total: number;
      };
      expect([role, total]).toEqual([role, reads ? 1 : 0]);
    }
    const waits = await ask("manager", (request) => backlog(request, undefined), "/api/v1/alerts/backlog");
    expect(waits.text).toContain("Blip");
    expect(waits.text).not.toMatch(/zq/);
  });

  it("opens an alert to whoever reads alerts, and tells others not whether there is one", async () => {
    const here = await everybody(open, `/api/v1/alerts/episodes/${known}`);
    const absent = await everybody(open, `/api/v1/alerts/episodes/${"0".repeat(32)}`);
    expect(statuses(here)).toEqual(READ_ALERTS);
    expect(statuses(absent)).toEqual(READ_ALERTS.map((status) => (status === 200 ? 404 : status)));
    const plain = (text: string) => text.replace(/"requestId":"[^"]*"/, "");
    expect(plain(here[0]?.text ?? "")).toBe(plain(absent[0]?.text ?? ""));
  });

  it("says who kept an alert quiet to those who read staff and notes, and names no alert that is hidden", async () => {
    const quiet = await addEpisode(tables, { name: "Quiet", silenced: true });
    const other = await addEpisode(tables, { name: "Zqcluster", service: SERVICE });
    const quietedBy = ["alertmanager/main/s1", "mute:nights", `inhibit:${other.slice(0, 16)}`];
    await tables.fire.update({ where: { id: quiet }, data: { quietedBy } });
    const [startsAt, endsAt] = [new Date(Date.now() - 7_200_000), new Date()];
    const told = { createdBy: "Zqada", comment: "zqplanned for zq@hidden.example", matchers: [], lastSeenAt: endsAt };
    await tables.silence.create({
      data: { id: "alertmanager/main/s1", source: "alertmanager/main", startsAt, endsAt, ...told },
    });
    for (const [role, note] of [
      ["engineer", /^zqplanned for (?!zq@)/],
      ["manager", /^zqplanned for zq@hidden\.example$/],
      ["admin", /^zqplanned for zq@hidden\.example$/],
    ] as const) {
      const { quietedBy: shown } = EpisodeDetail.parse(
        JSON.parse((await ask(role, open, `/api/v1/alerts/episodes/${quiet}`)).text),
      );
      expect([role, shown]).toMatchObject([
        role,
        [
          { what: "silence", by: "Zqada", note: expect.stringMatching(note), from: startsAt.toISOString() },
          { what: "mute", name: "nights", by: "" },
          { what: "inhibition", name: "Zqcluster", note: "" },
        ],
      ]);
    }
    for (const role of ["support", "vendor"] as const) {
      expect((await ask(role, open, `/api/v1/alerts/episodes/${quiet}`)).text).not.toMatch(/zq|nights/i);
    }
  });

  it("takes verdicts of those who may judge, all or none", async () => {
    const handler: Ask = (request) => judge(request, undefined);
    const address = "/api/v1/alerts/verdicts";
    const half = await everybody(handler, address, post({ episodes: [known, "0".repeat(32)], verdict: "noise" }));
    expect(statuses(half)).toEqual(JUDGE.map((status) => (status === 200 ? 404 : status)));
    expect(await opened.verdicts.history([known])).toEqual([]);
    const whole = await everybody(handler, address, post({ episodes: [known], verdict: "noise", note: "zqnote-9" }));
    expect(statuses(whole)).toEqual(JUDGE);
    const by = (await opened.verdicts.history([known])).map((one) => one.by);
    expect(new Set(by)).toEqual(new Set([people.engineer.user.id, people.manager.user.id]));
  });

  it("lets admins alone make, change, rotate and remove hooks, and shows a secret once", async () => {
    const draft = (name: string) => post({ kind: "alertmanager", name, auth: "bearer" });
    const made: Answer[] = [];
    const make: Ask = (request) => makeHook(request, undefined);
    for (const role of ROLES) made.push(await ask(role, make, "/api/v1/alert-hooks", draft(`of-${role}`)));
    expect(statuses(made)).toEqual([403, 403, 403, 201, 403]);
    const { hook, secret } = JSON.parse(made[3]?.text ?? "") as { hook: { id: string }; secret: string };
    expect(secret.length).toBeGreaterThanOrEqual(32);
    const { text } = await ask("admin", (request) => hooks(request, undefined), "/api/v1/alert-hooks");
    expect(text).toContain("of-admin");
    expect(text).not.toContain(secret);
    const params = () => withParams({ hookId: hook.id });
    const address = `/api/v1/alert-hooks/${hook.id}`;
    const change = { method: "PATCH", body: JSON.stringify({ route: "page", version: 1 }) };
    expect(statuses(await everybody((request) => changeHook(request, params()), address, change))).toEqual(ADMINISTER);
    const rotate = post({ version: 2, overlapHours: 1 });
    expect(statuses(await everybody((request) => rotateHook(request, params()), address, rotate))).toEqual(ADMINISTER);
    const gone = await everybody((request) => removeHook(request, params()), `${address}?version=3`, {
      method: "DELETE",
    });
    expect(statuses(gone)).toEqual([403, 403, 403, 204, 403]);
  });

  it("takes files of admins alone", async () => {
    const file = "id,person,at,alert,channel\np1,kim@example.com,2026-11-03T02:14:31Z,Blip,call";
    const init = { method: "POST", body: file, headers: { "content-type": "text/csv" } };
    const answers: number[] = [];
    for (const role of ROLES) {
      const headers = { ...init.headers, authorization: `Bearer ${people[role].token}` };
      const request = new Request("http://localhost/api/v1/on-call/import?what=pages", { ...init, headers });
      answers.push((await importFile(request, undefined)).status);
    }
    expect(answers).toEqual(ADMINISTER);
    expect(await tables.page.count()).toBe(1);
  });
});
