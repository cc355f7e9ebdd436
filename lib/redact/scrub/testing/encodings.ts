/** Thirteen ways in which a value travels through logs. */

/** One invisible part after every third character, so that no pattern sees a whole value. */
const sprinkle = (text: string, part: string) => text.replace(/.{3}(?=.)/gsu, (three) => three + part);
const units = (text: string, write: (unit: number) => string) =>
  Array.from({ length: text.length }, (_, i) => write(text.charCodeAt(i))).join("");
const hex = (number: number, width: number) => number.toString(16).padStart(width, "0");
const bytes = (text: string) => [...Buffer.from(text)].map((byte) => `%${hex(byte, 2).toUpperCase()}`).join("");
const mixed = (text: string) => [...text].map((char, i) => (i % 2 ? char.toUpperCase() : char.toLowerCase())).join("");

export const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  percent: bytes,
  "percent twice": (text) => bytes(text).replaceAll("%", "%25"),
  base64: (text) => Buffer.from(`for ${text} only`).toString("base64"),
  hex: (text) => Buffer.from(`for ${text} only`).toString("hex"),
  "\\u escapes": (text) => units(text, (unit) => `\\u${hex(unit, 4)}`),
  "HTML decimal": (text) => units(text, (unit) => `&#${unit};`),
  "HTML hex": (text) => units(text, (unit) => `&#x${hex(unit, 2)};`),
  "full width": (text) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  "zero width": (text) => sprinkle(text, "\u200b"),
  "soft hyphen": (text) => sprinkle(text, "\u00ad"),
  ANSI: (text) => sprinkle(text, "\u001b[1;31m"),
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify({ note: `for ${text} only` })),
  "mixed case": mixed,
};
