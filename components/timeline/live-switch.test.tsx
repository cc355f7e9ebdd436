import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TimelineStore, type TimelineSnapshot } from "@/lib/client/timeline-store";
import { LiveSwitch } from "./live-switch";

const NOW = Date.UTC(2026, 10, 23, 10, 20, 0);
const EMPTY = new TimelineStore(() => undefined).getSnapshot();
beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function show(snapshot: Partial<TimelineSnapshot>, { live = true, to = null as string | null } = {}) {
  const onUrlUpdate = vi.fn();
  render(
    <NuqsTestingAdapter searchParams={live ? "?live=1" : ""} onUrlUpdate={onUrlUpdate} hasMemory>
      <LiveSwitch question={{ keys: ["order:1"], from: null, to }} snapshot={{ ...EMPTY, ...snapshot }} />
    </NuqsTestingAdapter>,
  );
  return { isOn: () => screen.getByRole("button").getAttribute("aria-pressed") };
}

describe("LiveSwitch", () => {
  it("says how old the picture is", () => {
    show({ live: "following", settledAtMs: NOW - 4_000 });
    expect(screen.getByText("as of 4 s ago")).toBeDefined();
  });

  it("says that the connection is being opened again, and keeps the age", () => {
    show({ live: "reconnecting", settledAtMs: NOW - 180_000 });
    expect(screen.getByText("Reconnecting…")).toBeDefined();
    expect(screen.getByText("as of 3 min ago")).toBeDefined();
  });

  it("is switched by the key L", () => {
    const { isOn } = show({}, { live: false });
    fireEvent.keyDown(window, { key: "L" });
    expect(isOn()).toBe("true");
  });

  it("stays off for a range that has ended, and says why when it is asked", () => {
    const { isOn } = show({}, { live: false, to: "2026-11-23T10:00:00Z" });
    expect(screen.queryByText(/Live is off/)).toBeNull();
    fireEvent.click(screen.getByRole("button"));
    expect(isOn()).toBe("false");
    expect(screen.getByText(/this range ended at 10:00:00/)).toBeDefined();
  });

  it("says why at once when a link asks for it", () => {
    show({}, { to: "2026-11-23T10:00:00Z" });
    expect(screen.getByText(/Live is off/)).toBeDefined();
  });
});
