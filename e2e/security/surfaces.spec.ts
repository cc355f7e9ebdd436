/** Nothing is served that nobody thought about. */
import { readdirSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { SURFACES } from "./surfaces";

const FILES = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(page\.tsx|route\.tsx?)$/.test(file))
  .sort();

test("every page and route is listed, with an id of somebody else for each that takes one", () => {
  expect(SURFACES.map(({ file }) => file).sort()).toEqual(FILES);
  const withIds = SURFACES.filter(({ file }) => file.includes("["));
  expect(withIds.length).toBeGreaterThan(2);
  for (const { file, foreign } of withIds) expect([file, (foreign ?? []).length > 0]).toEqual([file, true]);
});
