import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { KeyRule } from "@/lib/domain/key-rule";
import { tryKeyRule } from "./try-key-rule";

const draft = KeyRule.parse({
  name: "shop order",
  kind: "order",
  attributes: ["order.id"],
  words: ["order"],
  text: ["label (ORD-[0-9]+) printed"],
  value: "[0-9]{5}",
  dropPrefixes: ["#", "ORD-"],
  padTo: [6],
});
const lineOf = (text: string, rules = [draft]) => {
  const [line] = tryKeyRule(text, rules, draft.name).lines;
  if (!line) throw new Error("no line was tried");
  return line;
};

describe("a key rule on a pasted line", () => {
  it.each([
    ["2026-11-23 order ORD-048192 saved", "text"],
    ["label ORD-048192 printed", "text"],
    ['{"msg":"saved","order":{"id":"ORD-048192"}}', "order.id"],
    ['level=info order_id="ORD-048192"', "order_id"],
    ["2026-11-23T10:14:03.1Z stdout F order ORD-048192 saved", "text"],
  ])("finds in %s the value, where it stands and its one form", (text, at) => {
    const [find] = lineOf(text).finds;
    expect(find).toMatchObject({ rule: "shop order", kind: "order", draft: true, at, value: "48192" });
    expect(text.slice(find?.start ?? 0, find?.end ?? 0)).toBe("ORD-048192");
  });

  it("tells one place once", () => {
    expect(lineOf("order_id=48192").finds).toHaveLength(1);
  });

  it("says why it took nothing where it looked", () => {
    const { finds, misses } = lineOf("order ORD-48 saved");
    expect(finds).toEqual([]);
    expect(misses).toMatchObject([{ raw: "ORD-48", value: "48", reason: expect.stringContaining("does not match") }]);
  });

  it("shows what the other rules find, marked as theirs", () => {
    const { finds } = lineOf("account acct_2077 order 48192", [...builtInKeyRules(), draft]);
    expect(finds).toContainEqual(expect.objectContaining({ rule: "account id", draft: false, value: "acct_2077" }));
    expect(finds).toContainEqual(expect.objectContaining({ rule: "shop order", draft: true, value: "48192" }));
  });

  it("gives no place for a value that does not stand there as it was read", () => {
    const [find] = lineOf(String.raw`{"log":"order\u0020#48192 saved\n","stream":"stdout"}`).finds;
    expect(find).toMatchObject({ value: "48192", start: null, end: null });
  });
});

describe("pasted lines", () => {
  it("are numbered from 1, empty ones left out", () => {
    const trial = tryKeyRule("order 48192\n\r\n\norder 48193\r", [draft], draft.name);
    expect(trial.lines.map(({ line }) => line)).toEqual([1, 4]);
    expect(trial).toMatchObject({ linesGiven: 4, linesTried: 4 });
  });

  it("that take too long are not silently left out", () => {
    let clock = 0;
    const trial = tryKeyRule("order 1\norder 2\norder 3\norder 4", [draft], draft.name, () => (clock += 900));
    expect(trial).toMatchObject({ linesGiven: 4, linesTried: 2 });
  });

  it("longer than what is read say so", () => {
    expect(lineOf(`order 48192 ${"x".repeat(20_000)}`).note).toContain("first 16384 characters");
  });
});
