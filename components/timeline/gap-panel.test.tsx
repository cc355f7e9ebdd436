import { afterEach, expect, it, vi } from "vitest";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { openRegions } from "@/lib/client/preferences";
import { GapPanel } from "./gap-panel";

afterEach(() => {
  cleanup();
  openRegions.gaps.set(false);
});
const gaps = [
  { source: "sentry", reason: "not-configured", detail: "No Sentry is connected.", retryable: false },
  { source: "alertmanager", reason: "timeout", detail: "The alerts did not answer.", retryable: true, attempts: 2 },
] as const;
const panel = (onRetry = vi.fn()) =>
  render(
    <GapPanel
      gaps={gaps}
      ended={{ kind: "complete" }}
      unreadable={0}
      zone="utc"
      onRetry={onRetry}
      onContinue={vi.fn()}
    />,
  );

it("names the worst gap and counts the others while it is closed", () => {
  panel();
  expect(screen.getByRole("button", { expanded: false }).textContent).toContain("+1 more");
  expect(screen.getByText(/The alerts did not answer/)).toBeDefined();
  expect(screen.queryByText("No Sentry is connected.")).toBeNull();
});
it("shows every gap when it is opened, and asks again on request", () => {
  const onRetry = vi.fn();
  panel(onRetry);
  fireEvent.click(screen.getByRole("button", { expanded: false }));
  expect(screen.getByText("No Sentry is connected.")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Ask again" }));
  expect(onRetry).toHaveBeenCalledOnce();
});
it("says that rows may be missing when the connection ended early", () => {
  render(
    <GapPanel gaps={[]} ended={{ kind: "cut-off" }} unreadable={0} zone="utc" onRetry={vi.fn()} onContinue={vi.fn()} />,
  );
  expect(screen.getByText(/Rows may be missing/)).toBeDefined();
});

it("fetches the rest of what was cut off, and says how much is here", () => {
  openRegions.gaps.set(true);
  const onContinue = vi.fn();
  const cut = {
    source: "loki",
    sourceId: "loki/product",
    reason: "truncated",
    detail: "The row limit was reached.",
    retryable: false,
    shown: 5000,
    continuation: "abcdefghijklmnop",
  } as const;
  render(
    <GapPanel
      gaps={[...gaps, cut]}
      ended={{ kind: "complete" }}
      unreadable={0}
      zone="utc"
      onRetry={vi.fn()}
      onContinue={onContinue}
    />,
  );
  expect(screen.getByText("5,000 of unknown shown")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: /Fetch the rest/ }));
  expect(onContinue).toHaveBeenCalledExactlyOnceWith("abcdefghijklmnop");
});
it("keeps what may be missing apart from what takes nothing away", () => {
  openRegions.gaps.set(true);
  panel();
  expect(screen.getByRole("region", { name: "May be missing" }).textContent).toContain("did not answer");
  expect(screen.getByRole("region", { name: "Good to know" }).textContent).toContain("No Sentry");
});
