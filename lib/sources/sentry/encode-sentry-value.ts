/**
 * Quotes one untrusted value for Sentry's event search, or says that it cannot be written there.
 *
 * Rules read from getsentry/sentry `src/sentry/api/event_search.py`: inside quotes only `\"` is an escape (`\\` is not),
 * `*` after an even number of backslashes is a wildcard even inside quotes, `key:""` means "tag is not set", and
 * U+F00D starts an operator. Whatever those rules cannot carry exactly is refused: a near miss would widen the query.
 */

/** Sentry keeps no tag value longer than this (docs.sentry.io, "enriching events", tags). */
const MAX_VALUE_LENGTH = 200;
// The ranges are what Sentry drops or treats as structure: C0, DEL, C1 and its own operator mark.
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\uf00d]/u;
const ODD_BACKSLASHES_BEFORE_STAR = /(?<!\\)(?:\\\\)*\\\*/;

/** The quoted literal, or undefined when the value cannot be searched exactly. Pure; never throws. */
export function encodeSentryValue(value: string): string | undefined {
  if (value.trim() === "" || value.length > MAX_VALUE_LENGTH) return undefined;
  if (FORBIDDEN.test(value) || !value.isWellFormed()) return undefined;
  // The closing quote would be read as escaped, and the value would swallow the next filter.
  if (value.endsWith("\\")) return undefined;
  if (ODD_BACKSLASHES_BEFORE_STAR.test(value)) return undefined;
  return `"${value.replaceAll("*", "\\*").replaceAll('"', '\\"')}"`;
}
