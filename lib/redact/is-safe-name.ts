/** Names of attributes are text too: a map keyed by address or number would print it as a name. */
import { scrubText } from "./scrub-text";

const MAX_LENGTH = 200;
/** Printable, no quotes and brackets of markup: what programs call their fields. */
const PLAIN = /^[\p{L}\p{N} _.@/:#[\]()+$*-]+$/u;
/** `@timestamp` names a field, `jane@x` names somebody. */
const ADDRESS = /[\p{L}\p{N}_.%+-]@/u;
const FOUR_NUMBERS = /(?:^|\.)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:\.|$)/;
/** Written in full groups, or with a number beside the colons: `a::b` is a name in code. */
const COLONS = /:[0-9a-f]{0,4}:[0-9a-f]{0,4}:|\d::|::\d/i;
const LONG_NUMBER = /\d{11,19}/;

/** True when the name may be shown: it holds nothing that looks personal or secret. */
export function isSafeName(path: string): boolean {
  if (path.length === 0 || path.length > MAX_LENGTH || !PLAIN.test(path)) return false;
  if (ADDRESS.test(path) || FOUR_NUMBERS.test(path) || COLONS.test(path) || LONG_NUMBER.test(path)) return false;
  return scrubText(path, NO_STAND_INS) === path;
}

const NO_STAND_INS = { pseudonym: () => "•" };
