/**
 * Whether a line really carries a value. Loki's line filter is a substring search, so `48192` also finds `148192`,
 * `481920` and the batch `48192-B`: rows of somebody else. Pure, linear in the line.
 */
import { lineForms, traceIdForms } from "./query";
import { stripAnsi } from "./strip-ansi";

const WORD = /[\p{L}\p{N}_]/u;
const HEX = /[0-9a-f]/i;
/** Letters and digits that end an escape (`\n`, `%23`) and are no part of a word. */
const ESCAPE = /(?:\\[nrtbf]|%[0-9a-f]{2})$/i;

/** True when one of the forms stands on its own: not inside a longer word, number or dashed id. */
export function lineCarriesValue(line: string, spellings: readonly string[]): boolean {
  const plain = stripAnsi(line);
  return spellings.flatMap(lineForms).some((form) => occursAlone(plain, form, joinsValue));
}

/** True when the line holds the trace id, alone or in a `traceparent`. Zeros in front do not matter. */
export function lineCarriesTrace(line: string, traceId: string): boolean {
  const plain = stripAnsi(line);
  return traceIdForms(traceId).some((form) => occursAlone(plain, form, (character) => HEX.test(character)));
}

/** Whether the neighbour belongs to the same word; `beyond` is the neighbour's other side. */
type Joins = (neighbour: string, beyond: string) => boolean;

function occursAlone(line: string, form: string, joins: Joins): boolean {
  for (let at = line.indexOf(form); at >= 0; at = line.indexOf(form, at + 1)) {
    const end = at + form.length;
    const before = ESCAPE.test(line.slice(Math.max(0, at - 3), at)) ? "" : line.charAt(at - 1);
    if (!joins(before, line.charAt(at - 2)) && !joins(line.charAt(end), line.charAt(end + 1))) return true;
  }
  return false;
}

/** A dash or dot joins only when more of the word follows it: `48192-B`, `1.48192`, but not `order 48192.` */
function joinsValue(neighbour: string, beyond: string): boolean {
  if (WORD.test(neighbour)) return true;
  if (neighbour === "-") return WORD.test(beyond);
  return neighbour === "." && /\d/.test(beyond);
}
