import { describe, expect, it } from "vitest";
import { createPseudonymizer } from "../pseudonym";
import { scrubText } from "../scrub-text";
import { ENCODINGS } from "./testing/encodings";
import { VECTORS, type Vector } from "./testing/sensitive-vectors";
import { textLayers } from "./text-layers";

const pseudonyms = createPseudonymizer(Buffer.alloc(32, 7));

/** Least share that must be found. What is not named here: all. */
const AT_LEAST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // A JWT in another case is none: its header does not read as JSON any more, and no server takes it.
  JWT: { "mixed case": 0 },
  // `cArDpIn`: a short word inside another is only seen by its capital letter.
  "secret by name": { "mixed case": 14 / 15 },
};

function isFound({ core }: Vector, encoded: string, text: string): boolean {
  const output = scrubText(text, pseudonyms);
  if (output.includes(encoded)) return false;
  return !textLayers(output).some((layer) => layer.text.toLowerCase().includes(core.toLowerCase()));
}

describe.each(Object.entries(VECTORS))("%s", (name, vectors) => {
  it.each(Object.entries(ENCODINGS))("is found as %s", (encoding, encode) => {
    const missed = vectors.filter((vector) => {
      const encoded = encode(vector.text);
      return !isFound(vector, encoded, `saved for ${encoded} at last`);
    });
    const found = 1 - missed.length / vectors.length;
    const enough = found >= (AT_LEAST[name]?.[encoding] ?? 1);
    expect(enough ? [] : missed.map(({ text }) => text)).toEqual([]);
  });

  it("leaves the words around it", () => {
    for (const { text } of vectors) {
      const output = scrubText(`saved for ${text}`, pseudonyms);
      if (name !== "private key") expect(output).toMatch(/^saved for /);
    }
  });

  it("stays found when the scrubbed text is scrubbed again", () => {
    for (const { text } of vectors) {
      const once = scrubText(`saved for ${text} at last`, pseudonyms);
      expect(scrubText(once, pseudonyms)).toBe(once);
    }
  });
});
