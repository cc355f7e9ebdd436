import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeStore, store } from "@/lib/store/open-store";
import { keyReaderFor } from "./key-reader";
import { parseQuestion } from "./parse-question";
import { searchHints } from "./search-hints";
import { standInFor } from "./stand-ins";
import { as } from "./testing/an-installation";
import { freshTimelineDeps } from "./timeline-deps";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-stand-ins-"));
beforeAll(() => {
  Object.assign(process.env, { DATA_DIR: dataDir, LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeStore();
  rmSync(dataDir, { recursive: true, force: true });
});

const somebody = (role: string) => ({ ...as(role), userId: randomUUID() });

async function ask(role: string, key: string) {
  const deps = await freshTimelineDeps();
  const asked = parseQuestion(new URLSearchParams({ key }), deps, await keyReaderFor(somebody(role), deps));
  return (await asked).keys;
}

describe("asking by what a role reads", () => {
  it("finds the account behind a stand-in, for a role that reads only stand-ins too", async () => {
    const { key } = await standInFor(somebody("support"), "account:acct_zq2077");
    expect(key).toMatch(/^account:account·[0-9A-Z-]+$/);
    expect(await ask("manager", key)).toEqual([{ kind: "account", value: "acct_zq2077" }]);
    expect(await ask("support", key)).toEqual([{ kind: "account", value: "acct_zq2077" }]);
  });

  it("does not let a role test a guess of what it reads under a stand-in", async () => {
    await expect(ask("manager", "account:acct_zq2077")).rejects.toMatchObject({ field: "key" });
    await expect(standInFor(somebody("manager"), "account:acct_zq2077")).rejects.toMatchObject({ field: "key" });
    expect(await ask("engineer", "account:acct_zq2077")).toEqual([{ kind: "account", value: "acct_zq2077" }]);
  });

  it("answers a hidden kind exactly as one that does not exist", async () => {
    const refusal = async (key: string) => {
      const error: unknown = await ask("support", key).catch((cause: unknown) => cause);
      return JSON.stringify(error);
    };
    expect(await refusal(`trace:${"ab".repeat(16)}`)).toBe(await refusal("nonsense:abcdefgh"));
    expect(await refusal("request:req-1")).toBe(await refusal("nonsense:abcdefgh"));
    expect(await ask("engineer", `trace:${"ab".repeat(16)}`)).toHaveLength(1);
  });

  it("knows no stand-in that nobody was given", async () => {
    await expect(ask("manager", "account:account·AAAA-BBBB-CCCC-DDDD")).rejects.toMatchObject({ field: "key" });
  });

  it("opens nothing to a role that may not ask", async () => {
    await expect(standInFor(somebody("vendor"), "order:48192")).rejects.toMatchObject({ code: "forbidden" });
  });

  it("keeps what stands behind a stand-in sealed", async () => {
    const { key } = await standInFor(somebody("support"), "account:acct_zq3088");
    expect(await (await store()).standIns.resolve(key)).toEqual({ kind: "account", value: "acct_zq3088" });
    const swapped = new Map([["account:account·0000-0000-0000-0000", { kind: "account", value: "acct_zq1" }]]);
    await (await store()).standIns.remember(swapped);
    expect(await (await store()).standIns.resolve("account:account·0000-0000-0000-0001")).toBeUndefined();
  });

  it("suggests only kinds that the role asks by, and names accounts by stand-ins", async () => {
    const support = await searchHints(somebody("support"));
    expect(support.map(({ kind }) => kind)).not.toContain("trace");
    expect(support.find(({ kind }) => kind === "account")?.opaque).toBe(true);
    const manager = await searchHints(somebody("manager"));
    expect(manager.find(({ kind }) => kind === "account")?.valuePattern).toContain("account·");
  });
});
