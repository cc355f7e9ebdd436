import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventView } from "@/lib/contract/event-view";
import { prepareTrace } from "./prepare-trace";
import { aLine, anException, aSpan, TRACE } from "./testing/a-span";
import { TraceView } from "./trace-view";

const HOSTILE = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
const ROWS = [
  aSpan({ id: 0, from: 0, to: 100, service: "web" }),
  aSpan({ id: 1, parent: 0, from: 10, to: 60, service: "orders", failed: true }),
  aSpan({ id: 2, parent: 1, from: 20, to: 50, service: "orders" }),
  aSpan({ id: 3, parent: 0, from: 70, to: 90, service: "mail" }),
  aLine("saved", 30, 1),
  anException("broken", 31, 1),
];

beforeEach(() => {
  // The virtual list asks how much room there is; a page without layout has none.
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, get: () => 600 });
});
afterEach(() => {
  cleanup();
  Reflect.deleteProperty(HTMLElement.prototype, "clientHeight");
});

function show(rows: readonly EventView[], over: { compact?: boolean; selectedId?: string; leftOut?: number } = {}) {
  const trace = prepareTrace(rows, TRACE, "corrected");
  if (!trace) throw new Error("no trace");
  const onOpen = vi.fn();
  const { container } = render(
    <TraceView
      trace={trace}
      loss={{ leftOut: over.leftOut ?? 0, partial: [] }}
      streaming={false}
      zone="utc"
      clock="corrected"
      compact={over.compact ?? false}
      selectedId={over.selectedId ?? ""}
      onOpen={onOpen}
    />,
  );
  return { onOpen, container, tree: screen.getByRole("tree") };
}
const lines = () =>
  screen.getAllByRole("treeitem").map((item) => /(step \d|line \w+|exception \w+)/.exec(item.textContent)?.[0]);
const press = (tree: HTMLElement, ...keys: string[]) => {
  for (const key of keys) fireEvent.keyDown(tree, { key });
};
const current = () => screen.getAllByRole("treeitem").find((item) => item.getAttribute("aria-selected") === "true");

describe("TraceView", () => {
  it("is a tree whose lines say level, place and what is below them", () => {
    show(ROWS);
    const orders = screen.getAllByRole("treeitem")[1];
    expect(orders?.getAttribute("aria-level")).toBe("2");
    expect(orders?.getAttribute("aria-posinset")).toBe("1");
    expect(orders?.getAttribute("aria-setsize")).toBe("2");
    expect(orders?.getAttribute("aria-expanded")).toBe("true");
  });

  it("folds and unfolds with the arrows, and goes to parent and first child", () => {
    const { tree } = show(ROWS);
    press(tree, "ArrowDown", "ArrowDown", "ArrowLeft");
    expect(lines()).toEqual(["step 0", "step 1", "step 3"]);
    press(tree, "ArrowLeft");
    expect(current()?.textContent).toContain("step 0");
    press(tree, "ArrowRight", "ArrowRight", "ArrowRight");
    expect(lines()).toEqual(["step 0", "step 1", "step 2", "step 3"]);
    expect(current()?.textContent).toContain("step 2");
  });

  it("goes to the first and the last line", () => {
    const { tree } = show(ROWS);
    press(tree, "End");
    expect(current()?.textContent).toContain("step 3");
    press(tree, "Home");
    expect(current()?.textContent).toContain("step 0");
  });

  it("folds everything and says what failed inside, then unfolds everything", () => {
    const { tree } = show(ROWS);
    press(tree, "p");
    expect(lines()).toEqual(["step 0"]);
    expect(screen.getByText("failed inside", { exact: false }).parentElement?.textContent).toContain("✕ 1");
    press(tree, "o");
    expect(lines()).toHaveLength(4);
  });

  it("keeps keys that it uses from the page behind it", () => {
    const { tree } = show(ROWS);
    expect(fireEvent.keyDown(tree, { key: "ArrowDown" })).toBe(false);
    expect(fireEvent.keyDown(tree, { key: "?" })).toBe(true);
  });

  it("opens the row under the cursor", () => {
    const { tree, onOpen } = show(ROWS);
    press(tree, "Home", "Enter");
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(ROWS[0]?.id);
  });

  it("shows the logs and errors of a span beneath it, and opens them", () => {
    const { tree, onOpen } = show(ROWS);
    press(tree, "ArrowDown", "ArrowDown", "l");
    expect(lines()).toEqual(["step 0", "step 1", "line saved", "exception broken", "step 2", "step 3"]);
    press(tree, "ArrowDown", "Enter");
    expect(onOpen).toHaveBeenCalledExactlyOnceWith("saved");
  });

  it("marks a failed span with a cross and a word, not by its colour alone", () => {
    show(ROWS);
    const failed = screen.getAllByRole("treeitem")[1];
    if (!failed) throw new Error("no line");
    expect(within(failed).getByText("error")).toBeDefined();
    expect(failed.textContent).toContain("✕");
  });

  it("puts spans without their parent under a line that says so, and counts them", () => {
    show([aSpan({ id: 0, from: 0, to: 10 }), aSpan({ id: 1, parent: 77, from: 2, to: 5 })]);
    expect(screen.getByText(/^Parent span 000000000000004e is not in the evidence/)).toBeDefined();
    expect(screen.getByText(/^1 parent span is not in the evidence/)).toBeDefined();
    expect(screen.getAllByRole("treeitem")[2]?.getAttribute("aria-level")).toBe("2");
  });

  it("does not call a count whole while something of the trace is missing", () => {
    show([aSpan({ id: 1, parent: 77, from: 2, to: 5 })]);
    expect(screen.getByText("1 of at least 1 spans")).toBeDefined();
  });

  it("says how much of others is left out of a shared run", () => {
    show(ROWS, { leftOut: 1167 });
    expect(screen.getByText(/1,167 records of theirs are left out/)).toBeDefined();
  });

  it("finds spans, says which of how many, and unfolds what hides them", () => {
    const { tree } = show(ROWS);
    press(tree, "p");
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "orders" } });
    press(tree, "n");
    expect(screen.getByText("1 of 2")).toBeDefined();
    press(tree, "n");
    expect(current()?.textContent).toContain("step 2");
    press(tree, "N");
    expect(current()?.textContent).toContain("step 1");
  });

  it("does not take typing for commands", () => {
    show(ROWS);
    fireEvent.keyDown(screen.getByRole("searchbox"), { key: "p" });
    expect(lines()).toHaveLength(4);
  });

  it("zooms onto the span under the cursor and back", () => {
    const { tree } = show(ROWS);
    press(tree, "End", "z");
    expect(screen.getByRole("img").getAttribute("aria-label")).toContain("shown from 69 µs to 91 µs");
    press(tree, "0");
    expect(screen.getByRole("img").getAttribute("aria-label")).not.toContain("shown from");
  });

  it("leaves one layer at a time: the zoom before the trace", () => {
    const { tree } = show(ROWS);
    press(tree, "End", "z");
    expect(fireEvent.keyDown(tree, { key: "Escape" })).toBe(false);
    expect(fireEvent.keyDown(tree, { key: "Escape" })).toBe(true);
  });

  it("stands on the row that the page shows, also when it is a line inside a span", () => {
    show(ROWS, { selectedId: "saved", compact: true });
    expect(current()?.textContent).toContain("step 1");
  });

  it("underlines the critical path only", () => {
    show(ROWS);
    const marked = screen.getAllByRole("treeitem").map((item) => item.querySelectorAll("[data-critical]").length > 0);
    expect(marked).toEqual([true, true, true, true]);
    cleanup();
    show([...ROWS, aSpan({ id: 9, parent: 0, from: 15, to: 30 })]);
    const beside = screen.getAllByRole("treeitem").find((item) => item.textContent.includes("step 9"));
    expect(beside?.querySelector("[data-critical]")).toBeNull();
  });

  it("shows who called whom, with failures in words, and goes to a service's first span", () => {
    show(ROWS);
    fireEvent.click(screen.getByRole("button", { name: "Service path" }));
    const rows = screen.getAllByRole("row").map((row) => row.textContent);
    expect(rows).toHaveLength(4);
    expect(rows[2]).toContain("orders");
    expect(rows[2]).toContain("✕ 1");
    fireEvent.click(screen.getByRole("button", { name: "mail" }));
    expect(current()?.textContent).toContain("step 3");
  });

  it("keeps hostile text text, in spans, services and records", () => {
    const { container, tree } = show([
      aSpan({ id: 0, from: 0, to: 10, service: HOSTILE, over: { title: HOSTILE } }),
      aLine("bad", 1, 0, { title: HOSTILE }),
    ]);
    press(tree, "Home", "l");
    fireEvent.click(screen.getByRole("button", { name: "Service path" }));
    expect(container.querySelector("img, script")).toBeNull();
    expect(container.textContent).toContain(HOSTILE);
  });

  it("draws only what is in sight of ten thousand spans", () => {
    const rows = Array.from({ length: 10_000 }, (_, id) =>
      aSpan({ id, from: id, to: id + 5, ...(id === 0 ? {} : { parent: 0 }) }),
    );
    show(rows);
    expect(screen.getAllByRole("treeitem").length).toBeLessThan(60);
    expect(screen.getByText("10,000 of 10,000 spans")).toBeDefined();
  });
});
