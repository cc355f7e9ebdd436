import { describe, expect, it } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import { filterRows, type RowFilter } from "./filter-rows";

const ALL: RowFilter = {
  text: "",
  actors: [],
  sources: [],
  service: "",
  errorsOnly: false,
  zoom: null,
  basis: "corrected",
};
const log = anEventView({ id: "log", title: "Saved order", seenIn: ["loki", "sentry"] });
const span = anEventView({
  id: "span",
  title: "PUT /orders",
  outcome: "error",
  actor: { kind: "customer" },
  seenIn: ["tempo"],
  happenedAtNs: "1795428850000000000",
  durationNs: "5000000000",
});
const ids = (filter: Partial<RowFilter>): string[] =>
  filterRows([log, span], { ...ALL, ...filter }).map((row) => row.id);

describe("filterRows", () => {
  it("gives the very same list when nothing is filtered, so that nothing is drawn again", () => {
    const rows = [log, span];
    expect(filterRows(rows, ALL)).toBe(rows);
  });
  it("wants every word, in any case and in any place", () => {
    expect(ids({ text: "SAVED order:48192" })).toEqual(["log"]);
    expect(ids({ text: "saved nothing" })).toEqual([]);
  });
  it("keeps rows by actor, by failure, and by any source that saw them", () => {
    expect(ids({ actors: ["customer"] })).toEqual(["span"]);
    expect(ids({ errorsOnly: true })).toEqual(["span"]);
    expect(ids({ sources: ["sentry"] })).toEqual(["log"]);
  });
  it("keeps the rows of one service", () => {
    const other = anEventView({ id: "other", service: "status-api" });
    expect(filterRows([log, other], { ...ALL, service: "status-api" })).toEqual([other]);
  });
  it("zooms by the time that is shown", () => {
    const clock = {
      state: "corrected",
      correctedAt: "2026-11-23T10:14:13.012000000Z",
      correctedAtNs: "1795428853012000000",
      offsetNs: "10000000000",
      pairs: 3,
    } as const;
    const late = anEventView({ id: "late", clock });
    const zoom = { fromMs: 1795428853000, toMs: 1795428854000 };
    expect(filterRows([late], { ...ALL, zoom })).toEqual([late]);
    expect(filterRows([late], { ...ALL, zoom, basis: "raw" })).toEqual([]);
  });
  it("keeps a row that lasts while any part of it is in the zoom", () => {
    expect(ids({ zoom: { fromMs: 1795428853000, toMs: 1795428854000 } })).toEqual(["span"]);
    expect(ids({ zoom: { fromMs: 1795428860000, toMs: 1795428861000 } })).toEqual([]);
  });
});
