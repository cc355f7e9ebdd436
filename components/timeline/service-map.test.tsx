import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openRegions } from "@/lib/client/preferences";
import { TimelineStore } from "@/lib/client/timeline-store";
import { ServiceMap } from "./service-map";

beforeEach(() => {
  openRegions.map.set(true);
});
afterEach(() => {
  cleanup();
  openRegions.map.set(false);
});

const aService = (name: string) => ({ name, audience: "product", rows: 4, errors: 1 }) as const;

function show(over: Partial<ReturnType<TimelineStore["getSnapshot"]>>, chosen = "") {
  const onChoose = vi.fn();
  const snapshot = {
    ...new TimelineStore(() => undefined).getSnapshot(),
    services: [aService("app"), aService("status-api")],
    calls: [{ from: "app", to: "status-api", calls: 12, errors: 3, slowestNs: "1200000000" }],
    ...over,
  };
  render(<ServiceMap snapshot={snapshot} chosen={chosen} onChoose={onChoose} />);
  return onChoose;
}

describe("ServiceMap", () => {
  it("leaves the rows of a service that is pressed, and all when it is pressed again", () => {
    const onChoose = show({}, "app");
    fireEvent.click(screen.getByRole("button", { name: /^status-api/, pressed: false }));
    fireEvent.click(screen.getByRole("button", { name: /^app/, pressed: true }));
    expect(onChoose.mock.calls).toEqual([["status-api"], [""]]);
  });
  it("tells the same in a table", () => {
    show({});
    fireEvent.click(screen.getByRole("button", { name: "Show table" }));
    expect(screen.getByRole("row", { name: "app → status-api 12 3 1.2 s" })).toBeDefined();
  });
  it("is a table when a drawing could not be read", () => {
    show({ services: Array.from({ length: 31 }, (_, at) => aService(`s${String(at)}`)), calls: [] });
    expect(screen.getByRole("region", { name: "Service map as a table" })).toBeDefined();
  });
  it("says that calls may be missing when traces are not complete", () => {
    show({ gaps: [{ source: "tempo", reason: "timeout", detail: "", retryable: true }] });
    expect(screen.getByText(/calls may be missing/)).toBeDefined();
  });
});
