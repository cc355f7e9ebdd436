import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyRule } from "@/lib/domain/key-rule";
import { normaliseValue, valueSpellings } from "./attribute-spellings";
import { compileKeyRules, normaliseKeyValue } from "./compile-key-rules";

const rule = (part: object = {}) => KeyRule.parse({ name: "order id", kind: "order", ...part });
const configured = rule({ dropPrefixes: ["#", "ORD-"], padTo: [6, 8] });

describe("a value under its rule", () => {
  it.each(["48192", "#48192", "ORD-048192", "ord-48192", "00048192", " #048192 "])("has one form for %j", (text) => {
    expect(normaliseValue(configured, text)).toBe("48192");
  });

  it.each(["48192", "#48192", "ORD-048192", "048192", "ord-48192"])(
    "stays as it is where nothing is configured: %s",
    (text) => {
      expect(normaliseValue(rule(), text)).toBe(text);
    },
  );

  it("keeps zeros of a width that is not configured, and the last zero", () => {
    expect(normaliseValue(configured, "0048192")).toBe("0048192");
    expect(normaliseValue(configured, "000000")).toBe("0");
    expect(normaliseValue(configured, "00AB12")).toBe("00AB12");
  });

  it("loses its case only where configured", () => {
    expect(normaliseValue(rule({ fold: "lower" }), "AB-1")).toBe("ab-1");
    expect(normaliseValue(rule({ fold: "upper" }), "ab-1")).toBe("AB-1");
    expect(normaliseValue(rule(), "aB-1")).toBe("aB-1");
  });
});

describe("the spellings that a search asks for", () => {
  it("are all that the rule allows, the plain value first", () => {
    expect(valueSpellings(configured, "48192").slice(0, 3)).toEqual(["48192", "048192", "00048192"]);
    expect(valueSpellings(configured, "48192")).toEqual(
      expect.arrayContaining(["#48192", "ORD-48192", "ord-48192", "ORD-048192", "#00048192"]),
    );
  });

  it("are the value alone where nothing is configured", () => {
    expect(valueSpellings(rule(), "48192")).toEqual(["48192"]);
  });

  it("are both cases where case does not matter", () => {
    expect(valueSpellings(rule({ fold: "upper" }), "AB-1")).toEqual(["AB-1", "ab-1"]);
  });

  it("never fill up a number that keeps a zero: that would spell another id", () => {
    expect(valueSpellings(configured, "048192")).not.toContain("00048192");
  });

  it("all mean the value they were made from", () => {
    const rules = fc.record({
      dropPrefixes: fc.subarray(["#", "ORD-", "No.", "é-"]),
      padTo: fc.uniqueArray(fc.integer({ min: 2, max: 12 }), { maxLength: 4 }),
      fold: fc.constantFrom("none", "lower", "upper"),
    });
    const values = fc.oneof(
      fc.nat().map(String),
      fc.stringMatching(/^[0-9]{1,12}$/),
      fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9-]{0,10}$/),
    );
    fc.assert(
      fc.property(rules, values, (part, raw) => {
        const one = rule(part);
        const value = normaliseValue(one, raw);
        // A value that itself begins with a prefix is not in its one form yet, and no key has it.
        fc.pre(normaliseValue(one, value) === value);
        for (const spelling of valueSpellings(one, value)) expect(normaliseValue(one, spelling)).toBe(value);
      }),
    );
  });
});

it("an asked value takes the form of the rule that knows its spelling, wherever the rule stands", () => {
  const plain = rule({ name: "plain" });
  for (const list of [
    [plain, configured],
    [configured, plain],
  ]) {
    expect(normaliseKeyValue(compileKeyRules(list).all, "ORD-048192")).toBe("48192");
  }
});
