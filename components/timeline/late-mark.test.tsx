import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { ArrivalsContext } from "./arrivals-context";
import { LateMark } from "./late-mark";

afterEach(cleanup);
const arrivals = new Map([
  ["late", { atMs: Date.UTC(2026, 10, 23, 10, 20, 5), late: true }],
  ["new", { atMs: 1, late: false }],
]);
const mark = (id: string) =>
  render(
    <ArrivalsContext value={arrivals}>
      <LateMark id={id} zone="utc" />
    </ArrivalsContext>,
  );

it("says when a row arrived that came after later ones", () => {
  mark("late");
  expect(screen.getByText("late").title).toContain("10:20:05");
});
it.each(["new", "of the first answer"])("is absent from a row that is %s", (id) => {
  expect(mark(id).container.textContent).toBe("");
});
