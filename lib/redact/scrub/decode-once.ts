/**
 * One round of undoing what hides a value from a detector: escapes, percent signs, entities, colours, invisible
 * characters, full-width forms. Every unit of the result knows the units of the input that it came from.
 */

export interface Decoded {
  readonly text: string;
  /** Per unit of `text`: where its source starts and ends in the input. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * What may begin an encoding. A text without any needs no copy. Left out: letters of European languages, dashes, quotes
 * and Chinese characters, which have one form only.
 */
export const ENCODED =
  /\\[^ ]|%[0-9a-fuA-F]|&[#A-Za-z]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u00b6\u00b8-\u00bf\u0132\u0133\u013f\u0140\u0149\u017f-\u2012\u2015-\u2017\u201f\u2023-\u4dff\ua000-\uffff]|\[[0-9;]{0,12}m/;

const NEXT = new RegExp(ENCODED.source, "g");
const ESCAPE =
  /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|([0-7]{3})|(["'/\\`nrtbfe]))/y;
const PERCENT = /%(?:u([0-9a-f]{4})|([0-9a-f]{2}))/iy;
const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([A-Za-z]{2,8}););?/iy;
const COLOUR =
  /(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]|\u001b\][^\u0007\u001b]{0,512}(?:\u0007|\u001b\\)|\u001b[@-Z\\-_]|\[[0-9;]{0,12}m/y;
const INVISIBLE =
  /[\p{Cf}\p{Cc}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/u;
const KEPT_CONTROLS = new Set(["\t", "\n", "\r"]);

const SHORT: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: " ", f: " ", e: "\u001b" };
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  commat: "@",
  period: ".",
  colon: ":",
  sol: "/",
  equals: "=",
  plus: "+",
  percnt: "%",
  num: "#",
  lowbar: "_",
  hyphen: "-",
  dash: "-",
  shy: "",
  zwj: "",
  zwnj: "",
  newline: "\n",
  tab: "\t",
};

/** Undefined when nothing changes. Linear. */
export function decodeOnce(text: string): Decoded | undefined {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  let changed = false;
  const put = (part: string, start: number, end: number, each: boolean) => {
    parts.push(part);
    for (let i = 0; i < part.length; i++) {
      starts.push(each ? start + i : start);
      ends.push(each ? start + i + 1 : end);
    }
  };
  while (at < text.length) {
    NEXT.lastIndex = at;
    const next = NEXT.exec(text)?.index ?? text.length;
    put(text.slice(at, next), at, next, true);
    if (next === text.length) break;
    const size = (text.codePointAt(next) ?? 0) > 0xffff ? 2 : 1;
    const decoded = decodeAt(text, next, size);
    if (decoded) changed = true;
    const end = next + (decoded?.length ?? size);
    put(decoded?.text ?? text.slice(next, end), next, end, decoded === undefined);
    at = end;
  }
  return changed ? { text: parts.join(""), starts, ends } : undefined;
}

type Piece = { readonly text: string; readonly length: number } | undefined;

function decodeAt(text: string, at: number, size: number): Piece {
  const char = text.slice(at, at + size);
  switch (char) {
    case "\\":
      return escaped(text, at);
    case "%":
      return percent(text, at);
    case "&":
      return entity(text, at);
    case "[":
    case "\u001b":
    case "\u009b":
      return colour(text, at) ?? (char === "[" ? undefined : { text: "", length: 1 });
    default:
      return character(char);
  }
}

function character(char: string): Piece {
  if (KEPT_CONTROLS.has(char)) return undefined;
  if (INVISIBLE.test(char)) return { text: "", length: char.length };
  const plain = char === "。" ? "." : char.normalize("NFKC");
  return plain === char ? undefined : { text: plain, length: char.length };
}

function escaped(text: string, at: number): Piece {
  const found = matchAt(ESCAPE, text, at);
  if (!found) return undefined;
  const [whole, braced, four, two, eight, octal, short] = found;
  const hex = braced ?? four ?? two ?? eight;
  const plain =
    hex !== undefined ? ofCode(parseInt(hex, 16)) : octal !== undefined ? ofCode(parseInt(octal, 8)) : shortOf(short);
  return plain === undefined ? undefined : { text: plain, length: whole.length };
}

function shortOf(char = ""): string {
  return Object.hasOwn(SHORT, char) ? (SHORT[char] ?? char) : char;
}

/** UTF-8 behind percent signs, up to four bytes; a broken sequence stays as it is. */
function percent(text: string, at: number): Piece {
  const first = matchAt(PERCENT, text, at);
  if (!first) return undefined;
  if (first[1] !== undefined) return { text: ofCode(parseInt(first[1], 16)) ?? "", length: 6 };
  const lead = parseInt(first[2] ?? "", 16);
  const bytes = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  try {
    return { text: decodeURIComponent(text.slice(at, at + bytes * 3)), length: bytes * 3 };
  } catch {
    return undefined;
  }
}

function entity(text: string, at: number): Piece {
  const found = matchAt(ENTITY, text, at);
  if (!found) return undefined;
  const [whole, hex, decimal, name] = found;
  const plain =
    hex !== undefined
      ? ofCode(parseInt(hex, 16))
      : decimal !== undefined
        ? ofCode(Number(decimal))
        : NAMED[(name ?? "").toLowerCase()];
  return plain === undefined ? undefined : { text: plain, length: whole.length };
}

function colour(text: string, at: number): Piece {
  const found = matchAt(COLOUR, text, at);
  return found ? { text: "", length: found[0].length } : undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function ofCode(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
