/** Pasted, stored and asked spellings of one id meet: what a rule joins, every search asks for. */
import { describe, expect, it } from "vitest";
import { KeyRule } from "@/lib/domain/key-rule";
import { anEvent } from "@/lib/domain/testing/an-event";
import { valueSpellings } from "@/lib/normalize/attribute-spellings";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { extractKeys, sightingOfBareValue } from "@/lib/normalize/extract-keys";
import { lineCarriesValue } from "./loki/line-carries";
import { buildKeyQueries } from "./loki/query";
import { keyTerms } from "./sentry/query";
import { buildKeyQueries as buildTempoQueries } from "./tempo/query";

const BASE = { name: "order id", kind: "order", attributes: ["order.id"], words: ["order"] };
const plain = KeyRule.parse(BASE);
const configured = KeyRule.parse({ ...BASE, value: "[0-9]{5}", dropPrefixes: ["#", "ORD-"], padTo: [6] });
const anyCase = KeyRule.parse({ ...BASE, fold: "upper" });
const STORED = ["48192", "#48192", "ORD-048192", "ord-48192", "048192"];

const foundIn = (rule: KeyRule, text: string, attributes = {}) =>
  extractKeys(anEvent({ title: text, attributes }), compileKeyRules([rule])).map(({ key }) => key.value);
const lokiFinds = (rule: KeyRule, line: string) => {
  const literals = buildKeyQueries("{}", [rule], [], "48192")
    .filter(({ form }) => form === "line")
    .map(({ logql }) => logql.slice(logql.indexOf('"') + 1, -1));
  return literals.some((text) => line.includes(text)) && lineCarriesValue(line, valueSpellings(rule, "48192"));
};

describe.each(STORED)("an order stored as %s", (stored) => {
  it("is 48192 in text and attributes under a rule that says so", () => {
    expect(foundIn(configured, "saved", { order_id: stored })).toEqual(["48192"]);
    expect(foundIn(configured, `order ${stored} saved`)).toEqual(["48192"]);
  });

  it("is asked for when 48192 is asked", () => {
    const literal = JSON.stringify(stored);
    expect(lokiFinds(configured, `order ${stored} saved`)).toBe(true);
    expect(buildKeyQueries("{}", [configured], [], "48192")[0]?.logql).toContain(`order_id=${literal}`);
    expect(buildTempoQueries([configured], "48192").parts.join()).toContain(`span."order.id" = ${literal}`);
    expect(keyTerms({ kind: "order", value: "48192" }, [configured])).toContainEqual({
      column: "tags[order.id]",
      value: stored,
    });
  });
});

describe.each(STORED.slice(2))("where nothing is configured, an order stored as %s", (stored) => {
  it("is another id than 48192, found and asked", () => {
    expect(foundIn(plain, "saved", { order_id: stored })).toEqual([stored]);
    expect(lokiFinds(plain, `order ${stored} saved`)).toBe(false);
    expect(buildTempoQueries([plain], "48192").parts.join()).not.toContain(JSON.stringify(stored));
  });
});

it("both cases are asked for where case does not matter, and only there", () => {
  const lines = buildKeyQueries("{}", [anyCase], [], "AB-12345").map(({ logql }) => logql);
  expect(lines).toContain('{} |= "AB-12345"');
  expect(lines).toContain('{} |= "ab-12345"');
  expect(buildKeyQueries("{}", [plain], [], "AB-12345").map(({ logql }) => logql)).not.toContain('{} |= "ab-12345"');
});

it("a bare value is believed in every spelling of its rule", () => {
  const event = anEvent({ title: "refund for ab-12345 failed" });
  const key = { kind: "order", value: "AB-12345" };
  expect(sightingOfBareValue(event, key, compileKeyRules([anyCase]).all)?.key).toEqual(key);
  expect(sightingOfBareValue(event, key, compileKeyRules([plain]).all)).toBeUndefined();
});
