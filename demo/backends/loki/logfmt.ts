/** What `| logfmt` makes of a line: `key=value key="quoted value"`, lenient as in Loki without `--strict`. */
import { type FlatFields, labelName } from "./flatten-json";

const PAIR = /([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?|(\S)/gsu;

/** Keys without a value are left out (as without `--keep-empty`); of two equal keys the first wins. */
export function parseLogfmt(line: string): FlatFields {
  const fields: Record<string, string> = {};
  let broken = false;
  for (const [, key, quoted, plain, stray] of line.matchAll(PAIR)) {
    if (stray !== undefined) broken = true;
    const value = quoted === undefined ? plain : unquote(quoted);
    if (key === undefined || value === undefined || value === "") continue;
    fields[labelName(key)] ??= value;
  }
  return { fields, broken };
}

function unquote(text: string): string {
  return text.replace(/\\(["\\nrt])/gu, (_, char: string) => ({ n: "\n", r: "\r", t: "\t" })[char] ?? char);
}
