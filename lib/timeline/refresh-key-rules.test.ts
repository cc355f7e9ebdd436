import { describe, expect, it } from "vitest";
import { Configuration } from "@/lib/domain/configuration";
import { KeyRule } from "@/lib/domain/key-rule";
import type { StoredKeyRule } from "@/lib/domain/stored-key-rule";
import { mergeKeyRules } from "@/lib/config/merge-rules";
import { refreshKeyRules } from "./refresh-key-rules";
import { createInstallation } from "./timeline-deps";

const parcel = KeyRule.parse({ name: "parcel", kind: "parcel", attributes: ["parcel.id"] });
const stored = (rule: KeyRule | undefined, name = rule?.name ?? "?"): StoredKeyRule => ({
  ...{ id: name, name, rule, version: 1, updatedAt: new Date(0), by: "Ada" },
});

function aDatabase(mark: string, rules: readonly StoredKeyRule[]) {
  const reads: string[] = [];
  const note = async <T>(name: string, answer: T): Promise<T> => {
    reads.push(name);
    return answer;
  };
  return { reads, open: async () => ({ mark: () => note("mark", mark), list: () => note("list", { mark, rules }) }) };
}

function inForce(mark = "") {
  const used: (readonly KeyRule[])[] = [];
  return { used, mark, use: (rules: readonly KeyRule[]) => void used.push(rules) };
}

describe("the rules of a process", () => {
  it("become those that are stored", async () => {
    const rules = inForce();
    await refreshKeyRules(rules, aDatabase("a:1", [stored(parcel)]).open);
    expect(rules.used).toEqual([[parcel]]);
    expect(rules.mark).toBe("a:1");
  });

  it("cost one small read when nothing changed", async () => {
    const rules = inForce("a:1");
    const { reads, open } = aDatabase("a:1", [stored(parcel)]);
    await refreshKeyRules(rules, open);
    expect(reads).toEqual(["mark"]);
    expect(rules.used).toEqual([]);
  });

  it("stay the last known ones when the database does not answer", async () => {
    const rules = inForce("a:1");
    await refreshKeyRules(rules, () => Promise.reject(new Error("down")));
    expect(rules).toMatchObject({ mark: "a:1", used: [] });
  });

  it("leave out what cannot be used, and keep the rest", async () => {
    const rules = inForce();
    const bad = { ...parcel, name: "bad", text: ["(?=x)(y)"] };
    await refreshKeyRules(rules, aDatabase("a:1", [stored(bad), stored(undefined), stored(parcel)]).open);
    expect(rules.used).toEqual([[parcel]]);
  });
});

describe("an installation whose rules change", () => {
  const keys = { pseudonymKey: Buffer.alloc(32), idKey: Buffer.alloc(32) };
  const fromFile = KeyRule.parse({ name: "from file", kind: "order", attributes: ["bestellnummer"] });
  const settings = () => ({
    ...Configuration.parse({ sources: [{ kind: "loki", url: "http://127.0.0.1:9" }] }),
    keys: mergeKeyRules([fromFile]),
    fileKeys: [fromFile],
  });
  const named = (installation: ReturnType<typeof createInstallation>) =>
    installation.deps.reading.keys.all.map(({ rule }) => rule.name);

  it("reads and redacts by the new ones, and keeps its sources", () => {
    const installation = createInstallation(settings(), keys);
    const before = installation.deps;
    installation.use([parcel]);
    expect(installation.deps.sources).toBe(before.sources);
    expect(named(installation)).toContain("parcel");
    expect(installation.deps.redaction.fields.classOf("parcel.id")).toBe("business-id");
    expect(before.redaction.fields.classOf("parcel.id")).toBe("unknown");
  });

  it("forgets a rule that was removed, and never one of the file", () => {
    const installation = createInstallation(settings(), keys);
    installation.use([parcel, { ...parcel, name: "from file" }]);
    expect(installation.deps.reading.keys.forAttribute("bestellnummer")[0]?.rule.kind).toBe("order");
    installation.use([]);
    expect(named(installation)).not.toContain("parcel");
  });
});
