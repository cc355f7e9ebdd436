import { expect, it } from "vitest";
import { shiftCoverage } from "./shift-coverage";

const at = (hour: number): Date => new Date(hour * 3_600_000);
const shift = (schedule: string, from: number, to: number) => ({
  ...{ responderId: "r1", schedule, startsAt: at(from), endsAt: at(to) },
});

it("counts overlapping shifts once and names when nobody was on call", () => {
  const shifts = [shift("primary", -5, 4), shift("primary", 2, 6), shift("primary", 8, 20)];
  expect(shiftCoverage(shifts, at(0), at(10))).toEqual([
    { schedule: "primary", share: 0.8, gaps: [{ from: at(6).toISOString(), to: at(8).toISOString() }] },
  ]);
});

it("keeps schedules apart, by name, and knows a schedule that has not begun", () => {
  const found = shiftCoverage([shift("second", 0, 10), shift("first", 12, 14)], at(0), at(10));
  expect(found.map(({ schedule, share }) => [schedule, share])).toEqual([
    ["first", 0],
    ["second", 1],
  ]);
});
