import { expect, it } from "vitest";
import { safeNextPath } from "./safe-next-path";

it("keeps a path of this site with its query", () => {
  expect(safeNextPath("/timeline?key=order%3A48192&from=now-1h")).toBe("/timeline?key=order%3A48192&from=now-1h");
});
it.each([
  undefined,
  "",
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/\t/evil",
  "/sign-in",
])("never leaves the site or loops for %s", (text) => {
  expect(safeNextPath(text)).toBe("/");
});
