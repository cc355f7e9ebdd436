import { afterEach, expect, it, vi } from "vitest";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { aQueryView } from "@/lib/client/testing/a-query-view";
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
  const query = aQueryView({ role: "support", policyVersion: "v12", hidden: ["infrastructure", "secret"] });
  render(<SidePanel row={anEventView({ id: "a" })} query={query} zone="utc" onOpen={vi.fn()} onClose={onClose} />);
  expect(screen.getByText(/^infrastructure, secrets: not granted to support, policy v12\./)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Close row detail" }));
  expect(onClose).toHaveBeenCalledOnce();
});
