import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useRef } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NewRowsPill } from "./new-rows-pill";

const ROW_PX = 28;
const BOX_PX = 280;
const ARRIVAL = { atMs: 1, late: false };
const ids = (count: number) => Array.from({ length: count }, (_, at) => `row-${String(at)}`);
let scrollTop = 0;

beforeEach(() => {
  scrollTop = 0;
  vi.stubGlobal("requestAnimationFrame", (run: FrameRequestCallback) => {
    run(0);
    return 0;
  });
  // A page without layout: rows stand under each other, the box shows ten of them.
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    const at = Number(this.getAttribute("aria-posinset")) - 1;
    return at < 0 ? new DOMRect(0, 0, 100, BOX_PX) : new DOMRect(0, at * ROW_PX - scrollTop, 100, ROW_PX);
  });
  vi.spyOn(HTMLElement.prototype, "scrollTop", "get").mockImplementation(() => scrollTop);
  vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockImplementation(function (this: HTMLElement) {
    return this.querySelectorAll('[role="option"]').length * ROW_PX;
  });
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(BOX_PX);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(function (this: HTMLElement) {
    return this.querySelectorAll('[role="option"]').length * ROW_PX;
  });
  HTMLElement.prototype.scrollTo = function (this: HTMLElement, options?: ScrollToOptions | number) {
    if (typeof options !== "object") return;
    scrollTop = Math.max(0, Math.min(this.scrollHeight - BOX_PX, options.top ?? 0));
    this.dispatchEvent(new Event("scroll"));
  };
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function Page({ rows, arrived }: { rows: readonly string[]; arrived: readonly string[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <div ref={scroller} data-testid="scroller">
      <div role="listbox">
        {rows.map((id, at) => (
          <div key={id} role="option" aria-selected={false} aria-posinset={at + 1}>
            {id}
          </div>
        ))}
      </div>
      <NewRowsPill
        rows={rows.map((id) => ({ id }))}
        arrivals={new Map(arrived.map((id) => [id, ARRIVAL]))}
        scroller={scroller}
      />
    </div>
  );
}
function scrollTo(top: number): void {
  scrollTop = top;
  fireEvent.scroll(screen.getByTestId("scroller"));
}
const pills = () => screen.queryAllByRole("button").map((button) => button.textContent);

describe("NewRowsPill", () => {
  it("counts new rows below the reader, who is not moved", () => {
    const { rerender } = render(<Page rows={ids(40)} arrived={[]} />);
    rerender(<Page rows={[...ids(40), "new-a", "new-b"]} arrived={["new-a", "new-b"]} />);
    expect(pills()).toEqual(["2 new ↓below"]);
    expect(scrollTop).toBe(0);
  });

  it("counts a late row above the reader apart", () => {
    const { rerender } = render(<Page rows={ids(40)} arrived={[]} />);
    scrollTo(20 * ROW_PX);
    rerender(<Page rows={["late", ...ids(40)]} arrived={["late"]} />);
    expect(pills()).toEqual(["1 new ↑above"]);
  });

  it("is silent about new rows in sight and about rows that the filter hides", () => {
    const { rerender } = render(<Page rows={ids(3)} arrived={[]} />);
    rerender(<Page rows={[...ids(3), "here"]} arrived={["here", "filtered away"]} />);
    expect(pills()).toEqual([]);
  });

  it("goes to the new row when it is pressed, and is gone when the row was seen", () => {
    const { rerender } = render(<Page rows={ids(40)} arrived={[]} />);
    rerender(<Page rows={[...ids(40), "new"]} arrived={["new"]} />);
    fireEvent.click(screen.getByRole("button"));
    expect(scrollTop).toBe(41 * ROW_PX - BOX_PX);
    expect(pills()).toEqual([]);
    scrollTo(0);
    expect(pills()).toEqual([]);
  });

  it("keeps a reader who scrolled to the end at the end", () => {
    const { rerender } = render(<Page rows={ids(40)} arrived={[]} />);
    scrollTo(30 * ROW_PX);
    rerender(<Page rows={[...ids(40), "new"]} arrived={["new"]} />);
    expect(scrollTop).toBe(31 * ROW_PX);
    expect(pills()).toEqual([]);
  });
});
