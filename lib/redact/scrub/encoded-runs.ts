/** Runs of base64 and hexadecimal digits whose decoded text might hold something. */
import type { Span } from "./span";

/** What is longer cannot be looked into within bounds, so it counts as found. */
const MAX_DECODED = 4096;
const RUNS = /[A-Za-z0-9+/_-]{16,}/g;
const HEX = /(?:[0-9a-f]{2}){8,}/gi;
const READABLE = /[\t\n\r\x20-\x7e\u00a0-\ufffc]{8,}/g;

export interface EncodedRun extends Span {
  /** Readable parts of what the run may stand for; undefined when it is too long to look. */
  readonly readings: readonly string[] | undefined;
}

/** Only runs that stand for readable text, or are too long to tell. Linear. */
export function encodedRuns(text: string): EncodedRun[] {
  const found: EncodedRun[] = [];
  for (const { 0: run, index } of text.matchAll(RUNS)) {
    const readings = run.length > (MAX_DECODED / 3) * 4 ? tooLong(run) : readingsOf(run);
    if (readings === undefined || readings.length > 0) found.push({ start: index, end: index + run.length, readings });
  }
  return found;
}

/** A line of dashes is long too, and nothing is hidden in it. */
function tooLong(run: string): [] | undefined {
  return new Set(run.slice(0, MAX_DECODED)).size <= 4 ? [] : undefined;
}

function readingsOf(run: string): string[] {
  const inHex = (run.match(HEX) ?? [])
    .filter(isMostlyReadable)
    .flatMap((digits) => readable(Buffer.from(digits, "hex")));
  // Readable text has letters of both cases in base64.
  if (!/[a-z]/.test(run) || !/[A-Z]/.test(run)) return inHex;
  // A path in front shifts the groups of four, so every shift is tried when there may be one.
  const shifts = /[/_+-]/.test(run) ? [0, 1, 2, 3] : [0];
  return [...inHex, ...shifts.flatMap((shift) => readable(Buffer.from(run.slice(shift), "base64")))];
}

/** A commit or a trace id has a few readable bytes by chance, never only such. Letters of other scripts count too. */
function isMostlyReadable(hex: string): boolean {
  let readableBytes = 0;
  for (let i = 0; i < hex.length; i += 2) {
    const first = hex.charCodeAt(i);
    // 2 to 7 begin ASCII, c begins letters of European languages in UTF-8.
    if ((first >= 50 && first <= 55) || (first | 32) === 99) readableBytes++;
  }
  return readableBytes * 10 >= (hex.length / 2) * 7;
}

/** Zero bytes go first: UTF-16 reads like ASCII without them. */
function readable(bytes: Buffer): string[] {
  return bytes.toString("utf8").replaceAll("\u0000", "").match(READABLE) ?? [];
}
