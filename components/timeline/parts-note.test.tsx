import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import { PartsNote, isPartsNote } from "./parts-note";

afterEach(cleanup);

it("is told from the rest of the row by where the press was", () => {
  render(
    <p>
      elsewhere
      <PartsNote row={anEventView({ id: "a", count: 3 })} zone="utc" parts={2} opened={0} repeats={1} />
    </p>,
  );
  expect(isPartsNote(screen.getByText(/3 records/))).toBe(true);
  expect(isPartsNote(screen.getByText("elsewhere"))).toBe(false);
});
it("says to a screen reader whether the records are shown", () => {
  const row = anEventView({ id: "a", count: 3, seenIn: ["loki", "tempo"] });
  const { rerender } = render(<PartsNote row={row} zone="utc" parts={2} opened={0} repeats={1} />);
  expect(screen.getByText(", closed")).toBeDefined();
  rerender(<PartsNote row={row} zone="utc" parts={2} opened={2} repeats={1} />);
  expect(screen.getByText(", opened")).toBeDefined();
});
