import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeSentryValue } from "./encode-sentry-value";

/**
 * A reading of the quoted-value rule of getsentry/sentry `event_search.py`, kept apart from the encoder: `"` … `"` where
 * only `\"` is special, then wildcards by counting backslashes before each star.
 */
function readQuoted(query: string): { value: string; isWildcard: boolean; rest: string } | undefined {
  const match = /^"((?:\\"|[^"])*)"/.exec(query);
  if (match === null) return undefined;
  const unquoted = (match[1] ?? "").replaceAll('\\"', '"');
  let isWildcard = false;
  const value = unquoted.replace(/(\\*)\*/g, (whole, slashes: string) => {
    if (slashes.length % 2 === 0) isWildcard = true;
    return slashes.length % 2 === 1 ? `${slashes.slice(1)}*` : whole;
  });
  return { value, isWildcard, rest: query.slice(match[0].length) };
}

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(fc.constantFrom('"', "\\", "*", "(", ")", "[", "]", " OR ", ":", "a", ">", "!", "level:error", "\uf00d"), {
      maxLength: 12,
    })
    .map((parts) => parts.join("")),
);

describe("encodeSentryValue", () => {
  it("either refuses a value or writes a literal that reads back as exactly that value and ends where it should", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const literal = encodeSentryValue(value);
        if (literal === undefined) return;
        expect(readQuoted(`${literal} level:error`)).toEqual({ value, isWildcard: false, rest: " level:error" });
      }),
      { numRuns: 5000 },
    );
  });

  it.each(["", "  ", "a\\", "a\nb", "a\tb", "\u007f", "\uf00dContains\uf00d", "\\*", "x".repeat(201), "\ud800"])(
    "refuses %j, which Sentry would read as something else",
    (value) => expect(encodeSentryValue(value)).toBeUndefined(),
  );

  it.each([
    ["A-1001", '"A-1001"'],
    ["a*b", '"a\\*b"'],
    ['say "hi"', '"say \\"hi\\""'],
    ["a OR level:error", '"a OR level:error"'],
  ])("writes %j as %s", (value, literal) => expect(encodeSentryValue(value)).toBe(literal));
});
