import { describe, expect, it } from "vitest";
import { KeyRule } from "@/lib/domain/key-rule";
import { checkKeyRule } from "./check-key-rule";

const rule = (part: object) => KeyRule.parse({ name: "order id", kind: "order", attributes: ["order.id"], ...part });

describe("a key rule", () => {
  it("with usable patterns has no problem", () => {
    expect(checkKeyRule(rule({ text: ["parcel (SH-[0-9]+)"], value: "SH-[0-9]{6,12}" }))).toEqual([]);
  });

  it.each([
    ["order (?=x)([0-9]+)", "no lookahead", "at character 7"],
    ["(?!x)([0-9]+)", "no lookahead", "at character 1"],
    ["(?<=order )([0-9]+)", "no lookbehind", "at character 1"],
    ["([0-9])x\\1", "no back-references", "at character 9"],
    ["(?P<n>a)(?P=n)", "", ""],
    ["a(?>b)(c)", "no atomic groups", "at character 2"],
    ["order ([0-9]+", "not closed", ""],
    ["order [0-9+", "not closed", ""],
    ["order 1)", "was not opened", ""],
    ["order (a{2000})", "at most 1000", "at character 9"],
    ["order (a++)", "is repeated", "at character 9"],
    ["order (\\q)", "escape is not known", "at character 8"],
    ["order (a)\\", "lone backslash", ""],
  ])("refuses the pattern %s and says why and where", (text, reason, place) => {
    const [found] = checkKeyRule(rule({ text: [text] }));
    expect(found?.field).toBe("text.0");
    expect(found?.detail).toContain(reason);
    expect(found?.detail).toContain(place);
  });

  it("says nothing about the place when the part stands there twice", () => {
    expect(checkKeyRule(rule({ text: ["(a)\\q\\q"] }))[0]?.detail).not.toContain("at character");
  });

  it("needs a group around the id in a text pattern", () => {
    expect(checkKeyRule(rule({ text: ["order [0-9]+"] }))[0]?.detail).toContain("the first group is the value");
  });

  it("refuses patterns that match nothing at all", () => {
    expect(checkKeyRule(rule({ text: ["([0-9]*)"], value: "[0-9]*" })).map((found) => found.field)).toEqual([
      "text.0",
      "value",
    ]);
  });

  it("must look somewhere", () => {
    expect(checkKeyRule(rule({ attributes: [] }))[0]?.field).toBe("attributes");
  });
});
