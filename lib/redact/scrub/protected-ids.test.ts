import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { KeyRule } from "@/lib/domain/key-rule";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { scrubText } from "../scrub-text";
import { blot, protectKeyIds, protectPatterns, protectShapes } from "./protected-ids";

const CARD = "4111111111111111";
const standIns = { pseudonym: (type: string) => `${type}·X` };
const keys = compileKeyRules(builtInKeyRules());
const protect = protectKeyIds(keys);
const parts = (text: string, spans: readonly { start: number; end: number }[]) =>
  spans.map(({ start, end }) => text.slice(start, end));

describe("protected ids", () => {
  it("knows shapes that are nothing but ids", () => {
    const text =
      "da1e7d99-0a1b-4c2d-8e3f-000000000001 00f067aa0ba902b7 1234567890123456 2026-11-23T10:14:03.5Z 2026-11-23";
    expect(parts(text, protectShapes(text))).toEqual([
      "da1e7d99-0a1b-4c2d-8e3f-000000000001",
      "00f067aa0ba902b7",
      "2026-11-23T10:14:03.5Z",
      "2026-11-23",
    ]);
  });

  it("keeps business ids that key rules name, and their numbers in URLs", () => {
    for (const text of [`order #${CARD} saved`, `order_id=${CARD}`, `/x?orderId=${CARD}&page=1`]) {
      expect(scrubText(text, standIns, { protect })).toBe(text);
      expect(scrubText(text, standIns)).not.toContain(CARD);
    }
  });

  it("does not keep ids of accounts, for a card may be named so", () => {
    expect(scrubText(`account ${CARD}`, standIns, { protect })).toBe("account [secret]");
  });

  it("keeps what one of several rules of a name takes for its id", () => {
    const narrow = KeyRule.parse({ name: "short order", kind: "order", words: ["order"], value: "[0-9]{4}" });
    const several = protectKeyIds(compileKeyRules([narrow, ...builtInKeyRules()]));
    expect(scrubText(`order ${CARD}`, standIns, { protect: several })).toBe(`order ${CARD}`);
  });

  it("follows the policy on what a kind of key is", () => {
    const closed = protectKeyIds(keys, () => "personal");
    expect(scrubText(`order ${CARD}`, standIns, { protect: closed })).toBe("order [secret]");
  });

  it.each([
    ["order ada@shop.example", "order email·X"],
    ["ticket 203.0.113.7", "ticket ip·X"],
    ["order GB82WEST12345698765432", "order [secret]"],
    ["order 1 password=48192", "order 1 password=[secret]"],
  ])("never keeps what has another shape: %s", (text, expected) => {
    expect(scrubText(text, standIns, { protect })).toBe(expected);
  });

  it("keeps what the caller's patterns name, with or without their own flags", () => {
    const narrow = protectPatterns([/PO-\d{16}/i, /\bN\d{16}\b/g]);
    const text = `po-${CARD} N${CARD}`;
    expect(parts(text, narrow(text))).toEqual([`po-${CARD}`, `N${CARD}`]);
  });

  it("blots out without moving anything", () => {
    const blotted = blot("abcdef", [
      { start: 3, end: 5 },
      { start: 1, end: 4 },
      { start: 2, end: 3 },
    ]);
    expect(blotted).toBe("a\u0001\u0001\u0001\u0001f");
  });
});
