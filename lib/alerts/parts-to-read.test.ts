import { expect, it } from "vitest";
import { partsToRead } from "./parts-to-read";

const parts = (...counts: readonly number[]) =>
  partsToRead(
    counts.map((sightings) => ({ sightings })),
    10,
  ).map((part) => part.map(({ sightings }) => sightings));

it("reads together what has room together, and everything once", () => {
  expect(parts(4, 6, 1, 9, 2)).toEqual([[4, 6], [1, 9], [2]]);
});

it("reads alone what has no room with others", () => {
  expect(parts(1, 30, 1)).toEqual([[1], [30], [1]]);
});

it("reads nothing of nothing", () => {
  expect(parts()).toEqual([]);
});
