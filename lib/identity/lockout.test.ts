import { expect, it } from "vitest";
import { isLocked, lockedUntilAfter } from "./lockout";

const NOW = new Date("2026-11-24T10:00:00Z");

it.each([
  [1, null],
  [4, null],
  [5, 15],
  [6, 30],
  [8, 120],
  [12, 24 * 60],
  [5000, 24 * 60],
])("after %i failures in a row the account pauses for %j minutes", (failures, minutes) => {
  const until = lockedUntilAfter(failures, NOW);
  expect(until && (until.getTime() - NOW.getTime()) / 60_000).toBe(minutes);
});

it("a lock ends at its time", () => {
  expect(isLocked({ lockedUntil: null }, NOW)).toBe(false);
  expect(isLocked({ lockedUntil: new Date(NOW.getTime() + 1) }, NOW)).toBe(true);
  expect(isLocked({ lockedUntil: NOW }, NOW)).toBe(false);
});
