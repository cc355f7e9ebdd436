import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import type { ListItem } from "./prepare-list";
import type { SetTimelineUrlState, TimelineUrlState } from "./url-state";
import { useTimelineKeys } from "./use-timeline-keys";

afterEach(cleanup);

const STATE: TimelineUrlState = {
  q: "",
  actors: [],
  sources: [],
  service: "",
  errors: false,
  raw: false,
  sort: null,
  zoom: null,
  row: "",
  detail: false,
  open: [],
  trace: "",
  view: null,
};
const anItem = (id: string, over: Partial<ListItem> = {}): ListItem => ({
  row: anEventView({ id }),
  isPart: false,
  parts: 0,
  opened: 0,
  repeats: 1,
  ...over,
});
const closed = anItem("head", { parts: 2 });
const opened = anItem("head", { parts: 2, opened: 2 });
const part = anItem("part", { row: anEventView({ id: "part", partOf: "head" }), isPart: true });

function press(key: string, items: readonly ListItem[], row: string) {
  const setState = vi.fn<SetTimelineUrlState>();
  const onToggle = vi.fn();
  function Page() {
    useTimelineKeys({ items, state: { ...STATE, row }, setState, onToggle, traceOpen: false });
    return null;
  }
  render(<Page />);
  fireEvent.keyDown(window, { key });
  return { toggled: onToggle.mock.calls.flat(), state: setState.mock.calls.map(([change]) => change) };
}

describe("the keys of a row that stands for more", () => {
  it.each(["x", "ArrowRight"])("show the records behind it: %s", (key) => {
    expect(press(key, [closed], "head")).toEqual({ toggled: ["head"], state: [] });
  });
  it.each(["x", "ArrowLeft"])("hide them again: %s", (key) => {
    expect(press(key, [opened, part], "head")).toEqual({ toggled: ["head"], state: [] });
  });
  it("go in with right when it is opened, and out with left", () => {
    expect(press("ArrowRight", [opened, part], "head")).toEqual({ toggled: [], state: [{ row: "part" }] });
    cleanup();
    expect(press("ArrowLeft", [opened, part], "part")).toEqual({ toggled: [], state: [{ row: "head" }] });
  });
  it("do nothing on a row that stands for itself", () => {
    expect(press("x", [anItem("alone")], "alone")).toEqual({ toggled: [], state: [] });
  });
});
