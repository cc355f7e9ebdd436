import { describe, expect, it } from "vitest";
import { timeBasis, toggledOpen, withOpened } from "./use-listing";

describe("the list of opened rows", () => {
  it("opens and closes one row, beside all and without", () => {
    expect(toggledOpen([], "a")).toEqual(["a"]);
    expect(toggledOpen(["a", "b"], "a")).toEqual(["b"]);
    expect(toggledOpen(["all"], "a")).toEqual(["all", "a"]);
  });
  it("opens a row for sure, whatever was opened before", () => {
    expect(withOpened([], "a")).toEqual(["a"]);
    expect(withOpened(["a"], "a")).toEqual(["a"]);
    expect(withOpened(["all"], "a")).toEqual(["all"]);
    expect(withOpened(["all", "a"], "a")).toEqual(["all"]);
  });
});

it("goes by the corrected clock unless another time is asked for", () => {
  expect(timeBasis({ raw: false, sort: null })).toBe("corrected");
  expect(timeBasis({ raw: true, sort: null })).toBe("raw");
  expect(timeBasis({ raw: false, sort: "arrival" })).toBe("arrival");
});
