/** As whoever holds the database would attack the trail: as its superuser, with the trigger out of the way. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findRunningEmbeddedPostgres } from "./embedded-postgres";
import { openStore, type Store } from "./open-store";
import { testDatabases } from "./testing/databases";

describe.each(testDatabases())("the audit trail on the $name database", (database) => {
  let fresh: Awaited<ReturnType<typeof database.create>>;
  let store: Store;
  let other: Store;
  beforeAll(async () => {
    fresh = await database.create();
    store = await openStore(fresh.settings);
    other = await openStore({ ...fresh.settings, throughRunningProcess: true });
  });
  afterAll(async () => {
    await other?.close();
    await store?.close();
    await fresh?.remove();
  });

  const append = (n: number, part: { at?: Store; subjects?: string[]; action?: string; actor?: string } = {}) =>
    (part.at ?? store).audit.append({
      ...{ actor: part.actor ?? "somebody", role: "support", action: part.action ?? "test.entry" },
      ...{ incident: `incident ${String(n)}`, subjects: part.subjects ?? [`order:${String(n)}`], detail: { n } },
    });

  describe("written by two processes at once", () => {
    it("has no gap, no number twice, and is in order", async () => {
      await Promise.all(Array.from({ length: 50 }, (_, n) => append(n, { at: n % 2 === 0 ? store : other })));
      const report = await store.audit.verify();
      expect(report).toMatchObject({ entries: 50, unchained: 0, head: { seq: 50n } });
      expect(report.fault).toBeUndefined();
      const written = await store.audit.latest(50);
      expect(new Set(written.map(({ detail }) => detail?.n)).size).toBe(50);
    });

    it("stays in order when they take turns", async () => {
      for (let n = 0; n < 10; n++) await append(n, { at: n % 2 === 0 ? store : other });
      expect(await other.audit.verify()).toMatchObject({ entries: 60, head: { seq: 60n } });
    });

    it("keeps the order in which one process appended", async () => {
      await Promise.all(Array.from({ length: 20 }, (_, n) => append(n)));
      const written = await store.audit.latest(20);
      expect(written.map(({ detail }) => detail?.n).reverse()).toEqual(Array.from({ length: 20 }, (_, n) => n));
    });
  });

  it("is in order with texts that no database can hold as they are", async () => {
    await store.audit.append({
      ...{ actor: "zero \0 char", role: "half \ud800 pair", action: "test.entry", requestId: "é e\u0301 𝄞" },
      ...{ subjects: ["", "quote \" and \\ and '"], detail: { big: 1e21, small: 1e-7, ключ: ["", "\u2028"] } },
    });
    expect((await store.audit.verify()).fault).toBeUndefined();
    expect((await store.audit.latest(1))[0]).toMatchObject({ detail: { big: 1e21, small: 1e-7 } });
  });

  describe("under attack", () => {
    let backup: string;
    beforeEach(async () => {
      backup = `backup_${randomUUID().replaceAll("-", "")}`;
      await attack(`CREATE TABLE ${backup} AS SELECT * FROM audit_entries`);
    });
    afterEach(async () => {
      await attack("DELETE FROM audit_entries", `INSERT INTO audit_entries SELECT * FROM ${backup}`);
      expect((await store.audit.verify()).fault).toBeUndefined();
    });

    it.each([
      ["an edited actor", "UPDATE audit_entries SET actor = 'nobody' WHERE seq = 7", "changed", 7n],
      ["an edited subject", "UPDATE audit_entries SET subjects = '{order:1}' WHERE seq = 7", "changed", 7n],
      [
        "a time moved by a millisecond",
        "UPDATE audit_entries SET at = at + interval '1 ms' WHERE seq = 9",
        "changed",
        9n,
      ],
      ["an edited detail", `UPDATE audit_entries SET detail = '{"n": [1, {"x": null}]}' WHERE seq = 9`, "changed", 9n],
      ["a hash of the attacker's own", "UPDATE audit_entries SET hash = repeat('0', 64) WHERE seq = 9", "link", 9n],
      ["a removed entry", "DELETE FROM audit_entries WHERE seq = 30", "missing", 30n],
      ["a removed beginning", "DELETE FROM audit_entries WHERE seq < 4", "missing", 1n],
      [
        "hashes taken away, as if from before the chain",
        "UPDATE audit_entries SET hash = '' WHERE seq < 6",
        "unchained",
        1n,
      ],
    ] as const)("%s is pinpointed", async (_name, statement, kind, seq) => {
      await attack(statement);
      expect((await store.audit.verify()).fault).toEqual({ kind, seq });
    });

    it("a removed entry is pinpointed although the numbers were closed", async () => {
      await attack(
        "DELETE FROM audit_entries WHERE seq = 11",
        "UPDATE audit_entries SET seq = -seq WHERE seq > 11",
        "UPDATE audit_entries SET seq = -seq - 1 WHERE seq < 0",
      );
      expect((await store.audit.verify()).fault).toMatchObject({ seq: 11n });
    });

    it("two entries that changed places are pinpointed", async () => {
      await attack(
        "UPDATE audit_entries SET seq = -5 WHERE seq = 5",
        "UPDATE audit_entries SET seq = 5 WHERE seq = 8",
        "UPDATE audit_entries SET seq = 8 WHERE seq = -5",
      );
      expect((await store.audit.verify()).fault).toMatchObject({ seq: 5n });
    });

    it("an anchor of the attacker's own is named", async () => {
      await attack(
        "DELETE FROM audit_entries WHERE seq <= 20",
        `INSERT INTO audit_anchors SELECT 20, hash, now(), repeat('0', 64) FROM ${backup} WHERE seq = 20`,
      );
      expect((await store.audit.verify()).fault).toEqual({ kind: "anchor", seq: 20n });
      await attack("DELETE FROM audit_anchors");
    });

    it("an end that was cut off is found by the head that was kept elsewhere", async () => {
      const kept = await store.audit.head();
      expect((await store.audit.verify({ kept })).fault).toBeUndefined();
      await attack("DELETE FROM audit_entries WHERE seq > 40");
      expect((await store.audit.verify()).fault).toBeUndefined();
      expect((await store.audit.verify({ kept })).fault).toEqual({ kind: "missing", seq: 41n });
    });

    it("an end that was cut off is noticed by the process that wrote it, and the trail says so", async () => {
      await append(1);
      const { seq } = await store.audit.head();
      await attack("DELETE FROM audit_entries WHERE seq > 40");
      await append(2);
      const [last, before] = await store.audit.latest(2);
      expect(last).toMatchObject({ detail: { n: 2 }, seq: 42n });
      expect(before).toMatchObject({
        action: "audit.entries-lost",
        detail: { after: 40, written: Number(seq) },
      });
    });

    it("a fault outside the newest entries does not show in a check of those alone", async () => {
      await attack("UPDATE audit_entries SET actor = 'nobody' WHERE seq = 7");
      const { head, start, fault, entries } = await store.audit.verify({ lastRows: 10 });
      expect([fault, entries, start.seq]).toEqual([undefined, 10, head.seq - 10n]);
    });
  });

  it("answers who was shown a subject, by person and role, the latest first", async () => {
    const subjects = [`account·${randomUUID()}`];
    const ada = await store.users.create({
      ...{
        email: `${randomUUID()}@example.test`,
        name: "Ada",
        role: "support",
        roles: ["support"],
        passwordHash: null,
      },
    });
    await append(1, { subjects, actor: ada?.id ?? "", action: "timeline.view" });
    await append(1, { subjects, actor: ada?.id ?? "", action: "timeline.shown" });
    await append(2, { subjects: [...subjects, "order:2"], actor: "other", action: "export.csv" });
    await append(3, { subjects, actor: "reader", action: "audit.read" });
    await append(4, { subjects: ["order:2"], actor: "unrelated" });
    const seen = await store.audit.whoSaw([...subjects, "no such"], 10);
    expect(seen.total).toBe(2);
    expect(await store.audit.whoSaw(subjects, 1)).toEqual({ people: seen.people.slice(0, 1), total: 2 });
    expect(seen.people.map(({ actor, times, incidents }) => [actor, times, incidents])).toEqual([
      ["other", 1, ["incident 2"]],
      [ada?.id, 2, ["incident 1"]],
    ]);
    expect(await store.audit.namesOf(["other", ada?.id ?? ""])).toEqual(new Map([[ada?.id, "Ada"]]));
    expect(await store.audit.whoSaw(subjects, 10, { to: new Date(0) })).toEqual({ people: [], total: 0 });
  });

  it("is searched by every filter, page by page", async () => {
    const actor = randomUUID();
    for (let n = 0; n < 5; n++) await append(n, { actor, action: n === 0 ? "token.issue" : "timeline.view" });
    const numbers = async (...question: Parameters<Store["audit"]["search"]>) =>
      (await store.audit.search(...question)).map(({ detail }) => detail?.n);
    expect(await numbers({ actor }, 10)).toEqual([4, 3, 2, 1, 0]);
    expect(await numbers({ actor, action: "timeline." }, 10)).toEqual([4, 3, 2, 1]);
    expect(await numbers({ actor, action: "token.issue" }, 10)).toEqual([0]);
    expect(await numbers({ actor, incident: "incident 3" }, 10)).toEqual([3]);
    expect(await numbers({ actor, subjects: ["order:1", "order:2"] }, 10)).toEqual([2, 1]);
    expect(await numbers({ actor, from: new Date(Date.now() + 60_000) }, 10)).toEqual([]);
    expect(await numbers({ actor, to: new Date(Date.now() + 60_000) }, 2)).toEqual([4, 3]);
    const [, second] = await store.audit.search({ actor }, 2);
    expect(await numbers({ actor }, 2, second?.seq)).toEqual([2, 1]);
  });

  describe("when its oldest entries are removed", () => {
    it("the rest stays verifiable, also from another process, and goes on", async () => {
      const { seq } = await store.audit.head();
      expect(await store.audit.prune(new Date(0))).toBeUndefined();
      expect(await store.audit.prune(new Date(Date.now() + 60_000))).toEqual({
        removed: Number(seq) - 1,
        through: seq - 1n,
      });
      expect(await other.audit.verify()).toMatchObject({ entries: 1, start: { seq: seq - 1n }, head: { seq } });
      await append(1);
      await append(2, { at: other });
      expect(await store.audit.verify()).toMatchObject({ entries: 3, head: { seq: seq + 2n } });
      expect((await store.audit.verify()).fault).toBeUndefined();
    });

    it("nothing but that way removes any", async () => {
      await expect(run("DELETE FROM audit_entries")).rejects.toThrow("append-only");
      await expect(run("TRUNCATE audit_entries")).rejects.toThrow("append-only");
    });

    it("an entry that goes missing after the anchor is named", async () => {
      const { start } = await store.audit.verify();
      await attack(`DELETE FROM audit_entries WHERE seq = ${String(start.seq + 1n)}`);
      expect((await store.audit.verify()).fault).toEqual({ kind: "missing", seq: start.seq + 1n });
    });
  });

  it("goes on from entries that were written before there was a chain", async () => {
    await attack(
      "DELETE FROM audit_entries",
      "DELETE FROM audit_anchors",
      `INSERT INTO audit_entries (seq, at, actor, role, action, detail, hash)
       SELECT n, now(), 'old', 'none', 'test.old', '{}', '' FROM generate_series(1, 3) AS n`,
    );
    const later = await openStore({ ...fresh.settings, throughRunningProcess: true });
    await append(1, { at: later });
    await later.close();
    expect(await store.audit.verify()).toMatchObject({ entries: 5, unchained: 3, head: { seq: 5n } });
    expect((await store.audit.verify()).fault).toBeUndefined();
    await attack("DELETE FROM audit_entries WHERE seq = 2");
    expect((await store.audit.verify()).fault).toEqual({ kind: "missing", seq: 2n });
  });

  const attack = (...statements: string[]) =>
    run("ALTER TABLE audit_entries DISABLE TRIGGER ALL", ...statements, "ALTER TABLE audit_entries ENABLE TRIGGER ALL");

  async function run(...statements: string[]): Promise<void> {
    const { databaseUrl, dataDir } = fresh.settings;
    const running = databaseUrl === undefined ? await findRunningEmbeddedPostgres(dataDir) : null;
    const client = new pg.Client(
      running ? { host: running.host, user: "postgres", database: "postgres" } : { connectionString: databaseUrl },
    );
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  }
});
