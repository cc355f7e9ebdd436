import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { RevealView } from "@/lib/contract/reveal";
import { RevealMarks } from "./reveal-marks";

afterEach(cleanup);

const view = (part: Partial<RevealView> = {}): RevealView => ({
  ...{
    id: "r1",
    by: "Erin Engineer",
    mine: false,
    role: "engineer",
    fieldClass: "personal",
    reason: "A customer asks.",
  },
  ...{ ticket: "T-1", minutes: 30, state: "over", needsSecond: false, approvedBy: null, endedAt: null },
  ...{ askedAt: "2026-03-01T10:00:00.000Z", startsAt: "2026-03-01T10:00:00.000Z" },
  ...{ expiresAt: "2026-03-01T10:30:00.000Z", reviewedAt: null, overdue: false, ...part },
});

function show(...reveals: RevealView[]): void {
  render(<RevealMarks reveals={reveals} zone="utc" />);
  const region = screen.queryByRole("button", { name: /Reveal record/ });
  if (region?.getAttribute("aria-expanded") === "false") fireEvent.click(region);
}

it("tells everybody who opened what, when and for how long", () => {
  show(view());
  expect(screen.getByText("Erin Engineer opened personal data of this incident for 30 minutes.")).toBeDefined();
  expect(screen.getByText("2026-03-01 10:00:00 UTC")).toBeDefined();
  expect(screen.getByText("“A customer asks.”")).toBeDefined();
});

it("tells how long it really was", () => {
  show(view({ endedAt: "2026-03-01T10:00:40.000Z" }));
  expect(screen.getByText(/for 1 minute\./)).toBeDefined();
});

it("names nobody and no reason to a role that does not read them", () => {
  show(view({ by: "a person", reason: "", ticket: "", approvedBy: "a person" }));
  expect(screen.getByText("A person opened personal data of this incident for 30 minutes.")).toBeDefined();
  expect(screen.queryByText(/“/)).toBeNull();
});

it("is not there when nothing was opened", () => {
  show();
  expect(screen.queryByRole("region")).toBeNull();
});
