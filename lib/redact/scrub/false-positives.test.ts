import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { createPseudonymizer } from "../pseudonym";
import { scrubText } from "../scrub-text";
import { protectKeyIds } from "./protected-ids";
import { HARMLESS, seeded } from "./testing/harmless-ids";

const SAMPLES = 20_000;
const pseudonyms = createPseudonymizer(Buffer.alloc(32, 7));
const protect = protectKeyIds(compileKeyRules(builtInKeyRules()));

/** Share of samples that may change. What is not named here: none. */
const CEILING: Readonly<Record<string, number>> = {
  // One in ten passes the check digit by chance, one in three of those has the prefix of an issuer.
  "random 16-digit number": 0.035,
  "decimal 64-bit trace id": 0.015,
  // Sixteen digits without a letter: one span id in two thousand may be a card number.
  "16-hex span id": 0.0002,
  // Its bytes read as something now and then.
  "random base64, 32 characters": 0.0002,
};

describe.each(Object.entries(HARMLESS))("%s", (name, make) => {
  it("stays readable in a sentence", () => {
    const random = seeded(48192);
    let changed = 0;
    for (let i = 0; i < SAMPLES; i++) {
      const text = `saved ${make(random)} in 12 ms`;
      if (scrubText(text, pseudonyms) !== text) changed++;
    }
    expect(changed / SAMPLES).toBeLessThanOrEqual(CEILING[name] ?? 0);
  });
});

describe("ids that key rules name", () => {
  it.each(["random 16-digit number", "decimal 64-bit trace id"])("never changes: %s", (name) => {
    const random = seeded(48193);
    for (let i = 0; i < SAMPLES; i++) {
      const text = `saved order #${HARMLESS[name]?.(random)} in 12 ms`;
      expect(scrubText(text, pseudonyms, { protect })).toBe(text);
    }
  });
});
