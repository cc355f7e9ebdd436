/** Second looks at numbers: what a pattern alone takes for an address, a phone or a card, and what it is not. */
import { ibanLength, isCardNumber, isIban } from "./checksums";
import type { Span } from "./span";

const ALNUM = /[A-Za-z0-9]/;
const WORD = /[A-Za-z0-9_]/;

export function acceptCard(text: string, { start, end }: Span): Span[] {
  const before = text.charAt(start - 1);
  if (ALNUM.test(before) || (/[.-]/.test(before) && ALNUM.test(text.charAt(start - 2)))) return [];
  // A number that follows looks like a fifth group of the card.
  const ends = [end, start + text.slice(start, end).search(/[ .-][0-9]{1,3}$/)];
  return ends.filter((last) => last > start && isCardUpTo(text, start, last)).map((last) => ({ start, end: last }));
}

function isCardUpTo(text: string, start: number, end: number): boolean {
  const after = text.charAt(end);
  if (ALNUM.test(after) || (after === "-" && ALNUM.test(text.charAt(end + 1)))) return false;
  return isCardNumber(text.slice(start, end).replace(/\D/g, ""));
}

/** In: country and check digits. Reads as many letters and digits as the country has, with single separators. */
export function acceptIban(text: string, { start }: Span): Span[] {
  if (WORD.test(text.charAt(start - 1))) return [];
  const wanted = ibanLength(text.slice(start, start + 2)) ?? 0;
  let read = "";
  let at = start;
  for (; read.length < wanted && at < start + 2 * wanted; at++) {
    const char = text.charAt(at);
    if (ALNUM.test(char)) read += char;
    else if (!/[ -]/.test(char) || !ALNUM.test(text.charAt(at - 1))) return [];
  }
  return !ALNUM.test(text.charAt(at)) && isIban(read) ? [{ start, end: at }] : [];
}

/** Country codes of ITU-T E.164. */
const COUNTRY =
  /^(?:1|7|2[07]|21[1-368]|22|23|24|25[0-8]|26|29[0-179]|3[0-469]|35|37|38[0-35-79]|4[013-9]|42[013]|5[1-8]|50|59|6[0-6]|67|68|69[0-2]|8[1246]|80[08]|85[0-6]|87[08]|88[0-8]|9[0-58]|96[0-8]|97|99[2-68])/;

export function acceptInternationalPhone(text: string, { start, end }: Span): Span[] {
  if (/[\w+]/.test(text.charAt(start - 1)) || /\d/.test(text.charAt(end))) return [];
  const digits = text.slice(start, end).replace(/\D/g, "");
  return digits.length >= 9 && digits.length <= 15 && COUNTRY.test(digits) ? [{ start, end }] : [];
}

/** Words before a dotted number that make it a version. */
const VERSION_BEFORE = /(?:^|[^A-Za-z])(?:v|ver|version|build|release|revision)["']?[\s:=]{0,3}["']?$/i;
const PACKAGE_AFTER = /^(?:\.(?:jar|tgz|tar|whl|zip|deb|rpm|war|dll|so)\b|-[a-z])/i;

export function acceptIpv4(text: string, { start, end }: Span): Span[] {
  const before = text.charAt(start - 1);
  if (/[A-Za-z0-9.]/.test(before) || (before === "-" && PACKAGE_AFTER.test(text.slice(end, end + 6)))) return [];
  if (/\d/.test(text.charAt(end)) || /^\.\d/.test(text.slice(end, end + 2))) return [];
  if (VERSION_BEFORE.test(text.slice(Math.max(0, start - 16), start))) return [];
  const octets = text.slice(start, end).split(".").map(Number);
  if (octets.some((octet) => octet > 255)) return [];
  const first = octets[0] ?? 0;
  return first === 127 || octets.every((octet) => octet === 0) ? [] : [{ start, end }];
}

export function acceptIpv6(text: string, { start, end }: Span): Span[] {
  if (/[\w:.]/.test(text.charAt(start - 1)) || /[\w:]/.test(text.charAt(end))) return [];
  const found = text.slice(start, end);
  // `::` and `::1` are nobody's; `dead::beef` without a digit is a name in code.
  if (/^::1?$/.test(found) || !/\d/.test(found)) return [];
  return isIpv6(found) ? [{ start, end }] : [];
}

function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const tail = groups.at(-1) ?? "";
  const dotted = tail.includes(".");
  const plain = dotted ? groups.slice(0, -1) : groups;
  if (dotted && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(tail)) return false;
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = plain.length + (dotted ? 2 : 0);
  return halves.length === 2 ? count <= 7 : count === 8;
}
