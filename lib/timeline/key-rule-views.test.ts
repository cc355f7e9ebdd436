import { describe, expect, it } from "vitest";
import { KeyRule } from "@/lib/domain/key-rule";
import type { StoredKeyRule } from "@/lib/domain/stored-key-rule";
import { keyRuleViews } from "./key-rule-views";

const rule = (name: string) => KeyRule.parse({ name, kind: "order", attributes: ["order.id"] });
const stored = (name: string, content: KeyRule | undefined = rule(name)): StoredKeyRule => ({
  ...{ id: `id of ${name}`, name, rule: content, version: 2, updatedAt: new Date(0), by: "Ada" },
});
const states = (views: ReturnType<typeof keyRuleViews>, name: string) =>
  views.rules.filter((one) => one.rule.name === name).map((one) => [one.provenance, one.inForce, one.replacedBy]);

describe("the list of key rules", () => {
  it("says that a rule of the page replaced a built-in one", () => {
    expect(states(keyRuleViews([], [stored("order id")]), "order id")).toEqual([
      ["built-in", false, "page"],
      ["page", true, null],
    ]);
  });

  it("gives the file the last word", () => {
    expect(states(keyRuleViews([rule("order id")], [stored("order id")]), "order id")).toEqual([
      ["built-in", false, "file"],
      ["page", false, "file"],
      ["file", true, null],
    ]);
  });

  it("names what is stored and cannot be used", () => {
    const bad = { ...rule("bad"), text: ["(?=x)(y)"] };
    const { rules, unreadable } = keyRuleViews([], [stored("bad", bad), { ...stored("odd"), rule: undefined }]);
    expect(unreadable.map(({ name }) => name)).toEqual(["bad", "odd"]);
    expect(rules.every((one) => one.provenance === "built-in")).toBe(true);
  });
});
