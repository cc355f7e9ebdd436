import { expect, it } from "vitest";
import { prepareTrialLine } from "./prepare-trial-line";

const place = (start: number | null, end: number | null, draft: boolean) => ({
  ...{ rule: "r", kind: "order", draft, raw: "", value: "", at: "text", start, end },
});
const miss = (start: number, end: number) => ({ ...place(start, end, true), reason: "no" });
const marks = (line: string, finds: ReturnType<typeof place>[], misses: ReturnType<typeof miss>[] = []) =>
  prepareTrialLine(line, {
    line: 1,
    finds: finds.map((one) => one),
    misses: misses.map(({ kind: _, ...one }) => one),
    note: null,
  });

it("cuts a line at its marks and loses nothing of it", () => {
  const parts = marks("order 48192 for acct_1", [place(6, 11, true), place(16, 22, false)]);
  expect(parts.map(({ text, mark }) => [text, mark])).toEqual([
    ["order ", null],
    ["48192", "draft"],
    [" for ", null],
    ["acct_1", "other"],
  ]);
});

it("shows the rule under trial where two rules mark the same place", () => {
  expect(marks("48192", [place(0, 5, false), place(0, 5, true)])).toEqual([{ text: "48192", mark: "draft" }]);
});

it("marks the places where the rule took nothing", () => {
  expect(marks("ORD-4", [], [miss(0, 5)])).toEqual([{ text: "ORD-4", mark: "miss" }]);
});

it("leaves out places that the line does not have", () => {
  expect(marks("short", [place(2, 90, true), place(null, null, true)])).toEqual([{ text: "short", mark: null }]);
});
