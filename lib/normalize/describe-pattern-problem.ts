/** Why a pattern is no RE2 pattern, in words for the person who wrote it. Pure; undefined when the pattern is fine. */
import { RE2JS, RE2JSSyntaxException } from "re2js";

/** What people bring from other engines, tried in this order at the place where RE2 stopped. */
const UNKNOWN_TO_RE2: readonly (readonly [start: RegExp, reason: string])[] = [
  [/^\(\?[=!]/, "RE2 has no lookahead; match what follows as part of the pattern and put the id in a group"],
  [/^\(\?<[=!]/, "RE2 has no lookbehind; match what stands before and put the id in a group"],
  [/^\\[1-9]/, "RE2 has no back-references such as \\1"],
  [/^(?:\\k[<{']|\(\?P=)/, "RE2 has no back-references to named groups"],
  [/^\(\?>/, "RE2 has no atomic groups; it never backtracks, so leave out `?>`"],
  [/^\(\?#/, "RE2 has no comments inside patterns"],
  [/^\(\?\(/, "RE2 has no conditions inside patterns"],
  [/^\(\?[&R0-9]/, "RE2 has no recursion"],
];

const REASONS: Readonly<Record<string, string>> = {
  "missing closing )": "a group is opened with `(` and not closed",
  "unexpected )": "`)` closes a group that was not opened; write `\\)` for the character",
  "missing closing ]": "a set is opened with `[` and not closed",
  "missing argument to repetition operator": "there is nothing to repeat here",
  "invalid nested repetition operator": "a repetition is repeated; put the first one into a group",
  "invalid repeat count": "RE2 repeats at most 1000 times in all, and the smaller number comes first",
  "invalid escape sequence": "this escape is not known to RE2",
  "trailing backslash at end of expression": "the pattern ends with a lone backslash",
  "invalid character class range": "this range or class of characters is not known to RE2",
  "invalid named capture": "the name of the group is not valid; write `(?P<name>…)`",
  "duplicate capture group name": "two groups have the same name",
  "invalid or unsupported Perl syntax": "this kind of group is not known to RE2",
};

/** `RE2 has no lookahead; … (at character 7)`. */
export function describePatternProblem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) return "this is not a valid RE2 pattern";
    const at = placeOf(error, pattern);
    const rest = at === undefined ? "" : pattern.slice(at);
    const reason = UNKNOWN_TO_RE2.find(([start]) => start.test(rest))?.[1] ?? reasonOf(error);
    return at === undefined ? reason : `${reason} (at character ${String(at + 1)})`;
  }
}

function reasonOf(error: RE2JSSyntaxException): string {
  return REASONS[error.getDescription()] ?? "this is not a valid RE2 pattern";
}

/** The engine tells which part it stumbled over, not where it stands: only a part that stands there once has a place. */
function placeOf(error: RE2JSSyntaxException, pattern: string): number | undefined {
  const part: unknown = error.getPattern();
  if (typeof part !== "string" || part === "") return undefined;
  // An open group is reported with the whole pattern: that says nothing about the place.
  if (part === pattern && pattern.length > 4 && !/^\(\?/.test(part)) return undefined;
  const at = pattern.indexOf(part);
  return at >= 0 && pattern.indexOf(part, at + 1) < 0 ? at : undefined;
}
