import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeOnce } from "./decode-once";
import { textLayers } from "./text-layers";

const plainest = (text: string) => textLayers(text).at(-1)?.text;

describe("textLayers", () => {
  it.each([
    ["a%40b", "a@b"],
    ["a%2540b", "a@b"],
    ["b%C3%BCcher %F0%9F%98%80", "bücher 😀"],
    ["100%25", "100%"],
    ["5 %E2%82%AC", "5 €"],
    ["a%u0040b", "a@b"],
    ["a\\u0040b \\u{40} \\x40 \\100 \\U00000040", "a@b @ @ @ @"],
    ["a&#64;b &#x40; &#64 &commat; &amp;#64;", "a@b @ @ @ @"],
    ["\u001b[1;31mred\u001b[0m \u009b0mx \u001b]0;title\u0007y [31mz", "red x y z"],
    ["\\u001b[31mred \\x1b[0mx \\e[1my", "red x y"],
    ["a\u200bb\u00adc\u202ed\ufefff\u0000g", "abcdfg"],
    ["ａｄａ＠ｓｈｏｐ．ｅｘａｍｐｌｅ", "ada@shop.example"],
    ["shop。example", "shop.example"],
    ['{\\"a\\":\\"b\\\\\\"c\\"}', '{"a":"b"c"}'],
    ["a\\nb\\tc", "a\nb\tc"],
  ])("reads %j as %j", (text, expected) => {
    expect(plainest(text)).toBe(expected);
  });

  it.each(["plain", "50 % of it & more", "%C3 %zz %", "&nosuch; &# &", "C:\\ x", "ärger – “ok” · 漢字 …\n\tx"])(
    "leaves %j",
    (text) => {
      expect(plainest(text)?.replace("...", "…")).toBe(text);
    },
  );

  it("leads back to the original, however many rounds it took", () => {
    const text = "x %2526%2523x40; y";
    const layers = textLayers(text);
    const last = layers.at(-1);
    const at = last?.text.indexOf("@") ?? -1;
    expect(at).toBe(2);
    const { start, end } = last?.original({ start: at, end: at + 1 }) ?? { start: 0, end: 0 };
    expect(text.slice(start, end)).toBe("%2526%2523x40;");
  });

  it("refuses what is encoded more often than anybody reads", () => {
    expect(() => textLayers(`%${"25".repeat(9)}41`)).toThrow("too often");
  });

  it("maps every unit to a part of the input, in order", () => {
    const piece = fc.constantFrom(
      "a",
      "%40",
      "%25",
      "&#64;",
      "\\u0041",
      "\u200b",
      "＠",
      "\u001b[1m",
      "😀",
      "\\",
      "&",
      "%",
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        const decoded = decodeOnce(text);
        if (!decoded) return;
        expect(decoded.starts).toHaveLength(decoded.text.length);
        decoded.starts.forEach((start, i) => {
          expect(start).toBeLessThan(decoded.ends[i] ?? -1);
          expect(start).toBeGreaterThanOrEqual(decoded.starts[i - 1] ?? 0);
        });
        expect(decoded.ends.at(-1) ?? 0).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
