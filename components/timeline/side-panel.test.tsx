import { afterEach, expect, it, vi } from "vitest";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { anEventView } from "@/lib/client/testing/an-event-view";
import { SidePanel } from "./side-panel";

afterEach(cleanup);

it("never makes a link of an address that is not a web address", () => {
  const row = anEventView({
    id: "a",
    links: [
      { label: "Hostile", url: "javascript:alert(1)" },
      { label: "Open in Grafana", url: "https://grafana.example/x" },
    ],
  });
  render(<SidePanel row={row} zone="utc" onOpen={vi.fn()} onClose={vi.fn()} />);
  expect(screen.getAllByRole("link").map((link) => link.textContent.trim())).toEqual(["Open in Grafana"]);
});
it("says what is hidden for the role, and closes", () => {
  const onClose = vi.fn();
  const row = anEventView({ id: "a", withheld: [{ class: "secret", count: 2 }] });
  render(<SidePanel row={row} zone="utc" onOpen={vi.fn()} onClose={onClose} />);
  expect(screen.getByText("2 hidden for your role")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Close row detail" }));
  expect(onClose).toHaveBeenCalledOnce();
});
