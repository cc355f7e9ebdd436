import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AlertFilterRow } from "./alert-filter-row";
import { TYPING_MS, useAlertFilters } from "./use-alert-filters";

let addresses: string[];
beforeEach(() => {
  addresses = [];
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Tells what would be asked for. */
function Row() {
  const filters = useAlertFilters();
  return (
    <>
      <AlertFilterRow {...filters} />
      <output>{filters.filter.service}</output>
    </>
  );
}

function show(address = ""): HTMLInputElement {
  render(
    <NuqsTestingAdapter
      searchParams={address}
      hasMemory
      onUrlUpdate={({ queryString }) => {
        addresses.push(queryString);
      }}
    >
      <Row />
    </NuqsTestingAdapter>,
  );
  return screen.getByRole("searchbox", { name: "Service" });
}

it("keeps the focus while somebody types, and sets the address and the question once, after a pause", async () => {
  const field = show();
  field.focus();
  for (const value of ["c", "ch", "che"]) {
    fireEvent.change(field, { target: { value } });
    await act(() => vi.advanceTimersByTimeAsync(TYPING_MS / 2));
    expect(field.value).toBe(value);
  }
  expect(addresses).toEqual([]);
  expect(screen.getByRole("status").textContent).toBe("");
  await act(() => vi.advanceTimersByTimeAsync(TYPING_MS * 2));
  expect(addresses).toEqual(["?service=che"]);
  expect(screen.getByRole("status").textContent).toBe("che");
  expect(document.activeElement).toBe(field);
});

it("shows what the address says, and asks for it at once", () => {
  expect(show("?service=shop").value).toBe("shop");
  expect(screen.getByRole("status").textContent).toBe("shop");
});
