import { expect, it } from "vitest";
import { ruleLine } from "@/lib/contract/testing/sample-report";
import { basisText, isVolunteered } from "./report-words";

const worthPaging = { value: 0.2, low: 0.1, high: 0.4, n: 12, why: "" };
const by = (asked: number, volunteered: number, of: number) =>
  ruleLine("Slow", { worthPaging, basis: { asked, volunteered, of, effective: 12 } });

it("says whose verdicts a share rests on, and that volunteered ones are likely biased", () => {
  expect(basisText(by(0, 12, 30))).toBe("12 of 30 judged: volunteered verdicts, likely biased");
  expect(basisText(by(4, 8, 30))).toBe("12 of 30 judged, 4 drawn at random");
  expect(basisText(by(0, 12, 12))).toBe("all 12 judged");
  expect([by(0, 12, 30), by(4, 8, 30), by(0, 12, 12)].map(isVolunteered)).toEqual([true, false, false]);
});

it("says nothing of a share that is not shown, nor of one that was signed before it was known", () => {
  const hidden = { value: null, low: null, high: null, n: 2, why: "too few verdicts (1 of 2)" };
  expect(basisText({ ...by(0, 2, 30), worthPaging: hidden })).toBe("");
  expect(basisText(ruleLine("Slow", { worthPaging, basis: null }))).toBe("");
});
