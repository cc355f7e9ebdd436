/** One value in thirteen spellings that hide it from whoever looks for its plain form, and back again. */

export function spellings(value: string): readonly string[] {
  const base64 = Buffer.from(value).toString("base64");
  const units = [...value];
  return [
    value,
    encodeURIComponent(value),
    encodeURIComponent(encodeURIComponent(value)),
    base64,
    base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""),
    Buffer.from(value).toString("hex"),
    units.map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
    units.map((char) => `&#${String(char.charCodeAt(0))};`).join(""),
    units.map((char) => (/[!-~]/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char)).join(""),
    units.join("\u200b"),
    units.join("\u00ad"),
    units.map((char) => `\u001b[1m${char}\u001b[0m`).join(""),
    JSON.stringify(JSON.stringify(value)),
  ];
}

/** The bytes and what they would say to somebody who undoes the usual spellings. */
export function undone(text: string): string {
  const plain = text
    .normalize("NFKC")
    .replaceAll(/(?:\u001b|\\u001b)\[\d*m/g, "")
    .replaceAll(/[\u200b\u00ad]|\\u200b|\\u00ad/g, "")
    .replaceAll(/\\+u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replaceAll(/&#(\d{1,5});/g, (_, number: string) => String.fromCharCode(Number(number)))
    .replaceAll(/%25/g, "%")
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const base64 = [...text.matchAll(/[A-Za-z0-9+/_-]{20,}/g)].map(([found]) =>
    Buffer.from(found, "base64").toString("latin1"),
  );
  const hex = [...text.matchAll(/(?:[0-9a-f]{2}){12,}/gi)].map(([found]) =>
    Buffer.from(found, "hex").toString("latin1"),
  );
  return [text, plain, ...base64, ...hex].join("\n");
}
