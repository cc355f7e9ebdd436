import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import type { EventView } from "@/lib/contract/event-view";
import { aLine, aSpan, TRACE } from "./testing/a-span";
import { TraceSection } from "./trace-section";

afterEach(cleanup);

function show(row: EventView, rows: readonly EventView[]) {
  const onFullScreen = vi.fn();
  const { container } = render(
    <TraceSection
      row={row}
      rows={rows}
      gaps={[]}
      streaming={false}
      zone="utc"
      clock="corrected"
      onOpen={vi.fn()}
      onFullScreen={onFullScreen}
    />,
  );
  return { container, onFullScreen };
}

it("shows nothing at all to a role that reads no trace ids", () => {
  const rows = [anEventView({ id: "a", kind: "span" }), anEventView({ id: "b" })];
  const [row] = rows;
  if (!row) throw new Error("no row");
  expect(show(row, rows).container.innerHTML).toBe("");
});

it("offers the trace of a log line in full", () => {
  const line = aLine("a", 3, 0);
  const { onFullScreen } = show(line, [aSpan({ id: 0, from: 0, to: 10 }), line]);
  fireEvent.click(screen.getByRole("button", { name: "Open trace full screen" }));
  expect(onFullScreen).toHaveBeenCalledExactlyOnceWith(TRACE);
});

it("says that a named trace is not in the evidence", () => {
  const line = aLine("a", 3, 0);
  show(line, [line]);
  expect(screen.getByText(/no span of it is in the evidence/)).toBeDefined();
});
