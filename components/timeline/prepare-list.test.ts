import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import type { EventView } from "@/lib/contract/event-view";
import type { RowFilter } from "./filter-rows";
import { prepareList, type ListWish } from "./prepare-list";

const NO_FILTER: RowFilter = {
  text: "",
  actors: [],
  sources: [],
  service: "",
  errorsOnly: false,
  zoom: null,
  basis: "corrected",
};
const PLAIN: ListWish = { filter: NO_FILTER, open: new Set(), openAll: false, selectedId: "", basis: "corrected" };
const head = anEventView({ id: "head", count: 3 });
const again = anEventView({ id: "again", partOf: "head", part: "repeat" });
const failed = anEventView({ id: "failed", partOf: "head", part: "repeat", outcome: "error" });
const alone = anEventView({ id: "alone" });
const ROWS = [head, again, alone, failed];

const ids = (wish: Partial<ListWish>, rows: readonly EventView[] = ROWS): string[] =>
  prepareList(rows, { ...PLAIN, ...wish }).items.map(({ row, isPart }) => (isPart ? `> ${row.id}` : row.id));

describe("prepareList", () => {
  it("shows one row per fact and says how many records are behind it", () => {
    const listing = prepareList(ROWS, PLAIN);
    expect(listing.items.map(({ row, parts, opened }) => [row.id, parts, opened])).toEqual([
      ["head", 2, 0],
      ["alone", 0, 0],
    ]);
    expect(listing.collapsed).toBe(2);
  });
  it("puts the further records beneath the opened row, and gives all of them back", () => {
    expect(ids({ open: new Set(["head"]) })).toEqual(["head", "> again", "> failed", "alone"]);
    expect(ids({ openAll: true })).toEqual(["head", "> again", "> failed", "alone"]);
  });
  it("closes single rows while all others are opened", () => {
    expect(ids({ openAll: true, open: new Set(["head"]) })).toEqual(["head", "alone"]);
  });
  it("shows a head whose part matches, with just that part beneath it", () => {
    expect(ids({ filter: { ...NO_FILTER, errorsOnly: true } })).toEqual(["head", "> failed"]);
  });
  it("leaves a row closed when it matches itself", () => {
    expect(ids({ filter: { ...NO_FILTER, text: "row" } })).toEqual(["head", "alone"]);
  });
  it("opens the row above a part that a link names", () => {
    expect(ids({ selectedId: "failed" })).toEqual(["head", "> again", "> failed", "alone"]);
  });
  it("shows a part by itself while the row that stands for it has not arrived", () => {
    expect(ids({}, [again, alone])).toEqual(["again", "alone"]);
  });
  it("keeps what a part stands beneath when its head is itself a part", () => {
    const deep = anEventView({ id: "deep", partOf: "again" });
    expect(ids({ openAll: true }, [...ROWS, deep])).toContain("deep");
  });
  it("sorts by what the sources wrote on request, and by arrival where it is known", () => {
    const clock = {
      state: "corrected",
      correctedAt: "2026-11-23T10:14:01.000000000Z",
      correctedAtNs: "1795428841000000000",
      offsetNs: "-2012000000",
      pairs: 14,
    } as const;
    const fast = anEventView({ id: "fast", happenedAtNs: "1795428843012000000", clock });
    const right = anEventView({ id: "right", happenedAtNs: "1795428842000000000" });
    const arrived = anEventView({
      id: "arrived",
      happenedAtNs: "1795428842500000000",
      observedAt: "2026-11-23T10:15:00.000000001Z",
    });
    const rows = [fast, right, arrived];
    expect(ids({}, rows)).toEqual(["fast", "right", "arrived"]);
    expect(ids({ basis: "raw" }, rows)).toEqual(["right", "arrived", "fast"]);
    expect(ids({ basis: "arrival" }, rows)).toEqual(["right", "fast", "arrived"]);
  });
  it("accounts for every record, whatever is opened and filtered", () => {
    const aRow = fc.record({
      partOf: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
      error: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(aRow, { maxLength: 20 }), fc.boolean(), fc.boolean(), (plans, openAll, errorsOnly) => {
        const rows = plans.map(({ partOf, error }, at) =>
          anEventView({
            id: `r${String(at)}`,
            outcome: error ? "error" : "ok",
            ...(partOf === undefined || partOf === at ? {} : { partOf: `r${String(partOf)}` }),
          }),
        );
        const { items, collapsed, hidden } = prepareList(rows, {
          ...PLAIN,
          openAll,
          filter: { ...NO_FILTER, errorsOnly },
        });
        expect(new Set(items.map(({ row }) => row.id)).size).toBe(items.length);
        expect(items.length + collapsed + hidden).toBe(rows.length);
        expect(errorsOnly || hidden === 0).toBe(true);
        expect(!openAll || collapsed === 0).toBe(true);
      }),
    );
  });
});
