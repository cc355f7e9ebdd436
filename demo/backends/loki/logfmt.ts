/** What `| logfmt` makes of a line: `key=value key="quoted value"`, lenient as in Loki without `--strict`. */
import { type FlatFields, labelName } from "./flatten-json";

const PAIR = /([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)|\S+/gsu;

/** Keys without a value are left out (as without `--keep-empty`); of two equal keys the last wins, and stray text is passed over (recorded with 3.4.6). */
export function parseLogfmt(line: string): FlatFields {
  const fields: Record<string, string> = {};
  for (const [, key, quoted, plain] of line.matchAll(PAIR)) {
    const value = quoted === undefined ? plain : unquote(quoted);
    if (key !== undefined && value !== undefined && value !== "") fields[labelName(key)] = value;
  }
  return { fields, broken: false };
}

function unquote(text: string): string {
  return text.replace(/\\(["\\nrt])/gu, (_, char: string) => ({ n: "\n", r: "\r", t: "\t" })[char] ?? char);
}
