import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TimelineAnswer } from "@/lib/contract/timeline-answer";
import type { Role } from "@/lib/domain/role";
import { aPerson, requestOf } from "@/lib/identity/testing/a-person";
import { closeStore, store } from "@/lib/store/open-store";
import { POST } from "./route";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-export-"));

beforeAll(() => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

async function ask(role: Role, wish: object): Promise<{ response: Response; actor: string }> {
  const person = await aPerson(role);
  const body = { keys: ["order:48192", "account:acct_7731"], ...wish };
  const request = requestOf(person, "/api/v1/timeline/export", body);
  return { response: await POST(request, {}), actor: person.user.id };
}

describe("a timeline as a file", () => {
  it.each([
    ["markdown", "md", "text/markdown; charset=utf-8", "# Timeline of order 48192"],
    ["csv", "csv", "text/csv; charset=utf-8", "record,id,time,"],
    ["json", "json", "application/json", '{\n  "exportedAt": '],
  ])(
    "is saved as %s, named by the day alone, never cached, never guessed at",
    async (format, extension, type, start) => {
      const { response } = await ask("engineer", { format });
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-type": type,
        "content-disposition": expect.stringMatching(
          new RegExp(`^attachment; filename="timeline-\\d{4}-\\d\\d-\\d\\d\\.${extension}"$`),
        ),
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
      });
      const text = await response.text();
      expect(text.startsWith(start)).toBe(true);
      expect(text).toContain("acct");
    },
  );

  it("holds no more than the role that it is made for may read", async () => {
    const { response } = await ask("engineer", { format: "json", audience: "manager" });
    const { exportedAt: _at, policy: _policy, audience, ...answer } = JSON.parse(await response.text());
    const { query } = TimelineAnswer.parse(answer);
    expect(audience).toBe("manager");
    expect(query.keys).toEqual(["order:48192", expect.stringMatching(/^account:account·/)]);
    expect(query.hidden).toContain("text");
    const own = await (await ask("engineer", { format: "json" })).response.text();
    expect(own).toContain("acct_7731");
  });

  it("begins with a byte order mark where that was asked for", async () => {
    const { response } = await ask("engineer", { format: "csv", bom: true });
    expect([...new Uint8Array(await response.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it("is on record with its format, role, counts and whose data it holds, and without any of it", async () => {
    const { actor } = await ask("engineer", { format: "csv", audience: "support" });
    const entry = (await (await store()).audit.latest(5)).find(({ action }) => action === "timeline.export");
    expect(entry).toMatchObject({ actor, role: "engineer", incident: expect.stringMatching(/^[\w-]{16}$/) });
    expect(entry?.detail).toEqual({ format: "csv", audience: "support", rows: 0, parts: 0, gaps: expect.any(Number) });
    expect(entry?.subjects).toEqual(["order:48192", expect.stringMatching(/^account:account·/)]);
  });

  it("is refused to roles that may not export, for roles that nobody has, and for what is no format", async () => {
    expect((await ask("admin", { format: "csv" })).response.status).toBe(403);
    expect((await ask("vendor", { format: "csv" })).response.status).toBe(403);
    expect((await ask("engineer", { format: "csv", audience: "nobody" })).response.status).toBe(400);
    expect((await ask("engineer", { format: "pdf" })).response.status).toBe(400);
    const link = await ask("engineer", { format: "csv", shared: "x" });
    expect(link.response.status).toBe(400);
  });
});
