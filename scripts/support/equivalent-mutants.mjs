// Faults that change nothing anybody can see, each looked at by a person: file, the line as it stands, what was done,
// and why nobody sees it. A line that has left the code makes the run fail.

const CACHE = "a memory of what was worked out: without it the same is worked out again";

export const EQUIVALENT = [
  one("redaction-context.ts", "tables.set(mark, known);", "call dropped", CACHE),
  one("redaction-context.ts", "byService.set(service, known);", "call dropped", CACHE),
  one("redaction-context.ts", "known.set(factId, id);", "call dropped", CACHE),
  one("redact-row.ts", "queryViews.set(query, view);", "call dropped", CACHE),
  one("verify-view.ts", "remembered.set(table, allowed);", "call dropped", CACHE),
  one("pseudonym.ts", "remembered.set(input, known);", "call dropped", CACHE),
  ...["call dropped", "condition turned round", ">= becomes <"].map((what) =>
    one("pseudonym.ts", "if (remembered.size >= MAX_REMEMBERED) remembered.clear();", what, CACHE),
  ),
  ...["call dropped", "condition turned round", "< becomes >="].map((what) =>
    one("field-catalog.ts", "if (remembered.size < 20_000) remembered.set(path, known);", what, CACHE),
  ),
  ...["call dropped", "condition turned round", "< becomes >="].map((what) =>
    one("redact-attributes.ts", "if (safeNames.size < MAX_NAMES) safeNames.set(path, safe);", what, CACHE),
  ),
  one(
    "redact-attribute.ts",
    "return assertNever(treatment);",
    "returns undefined",
    "the compiler proves that nothing gets there",
  ),
];

function one(file, source, what, reason) {
  return { file: `lib/redact/${file}`, source, what, reason };
}
