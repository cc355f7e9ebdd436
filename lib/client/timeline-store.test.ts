import { describe, expect, it } from "vitest";
import type { TimelineFrame } from "@/lib/contract/timeline-answer";
import { anEventView } from "./testing/an-event-view";
import { TimelineStore } from "./timeline-store";

const stats = { shown: 2, parts: 0, withheld: 0, records: 2, leftOut: 0, foreign: 0, complete: true, elapsedMs: 5 };
const completeness = { state: "complete", answered: 1, connected: 1, losses: 0, notes: 0, sentence: "All." } as const;
const settled: TimelineFrame = { type: "settled", stats, completeness, upTo: "2026-11-23T10:20:00.000000000Z" };
const end: TimelineFrame = { type: "end", stats, completeness };
const rows = (...ids: string[]): TimelineFrame => ({
  type: "rows",
  rows: ids.map((id) => anEventView({ id, orderKey: id })),
  removed: [],
});

function aLiveStore(...frames: TimelineFrame[]): TimelineStore {
  const store = new TimelineStore(
    (flush) => {
      flush();
    },
    () => 7_000,
  );
  store.connect(true);
  for (const frame of frames) store.apply(frame);
  return store;
}
const ids = (store: TimelineStore) => store.getSnapshot().rows.map((row) => row.id);

describe("a live TimelineStore", () => {
  it("counts rows of the first answer as known and later ones as arrived", () => {
    const store = aLiveStore(rows("b", "d"), settled, rows("e"));
    expect([...store.getSnapshot().arrivals]).toEqual([["e", { atMs: 7_000, late: false }]]);
  });

  it("marks a row as late when it sorts before the newest one, and puts it in its place", () => {
    const store = aLiveStore(rows("b", "d"), settled, rows("c"));
    expect(store.getSnapshot().arrivals.get("c")).toEqual({ atMs: 7_000, late: true });
    expect(ids(store)).toEqual(["b", "c", "d"]);
  });

  it("does not call rows of one frame late to each other", () => {
    const store = aLiveStore(rows("b"), settled, rows("z", "y"));
    expect([...store.getSnapshot().arrivals.values()].map(({ late }) => late)).toEqual([false, false]);
  });

  it("does not call a row new because it changed", () => {
    expect(aLiveStore(rows("b", "d"), settled, rows("b")).getSnapshot().arrivals.size).toBe(0);
  });

  it("forgets the arrival of a row that became part of another", () => {
    const store = aLiveStore(rows("b"), settled, rows("c"), { type: "rows", rows: [], removed: ["c"] });
    expect(store.getSnapshot().arrivals.size).toBe(0);
  });

  it("is answered as soon as it settles, and tells up to when", () => {
    expect(aLiveStore(rows("b"), settled).getSnapshot()).toMatchObject({
      ended: { kind: "complete" },
      live: "following",
      upTo: settled.type === "settled" && settled.upTo,
      settledAtMs: 7_000,
    });
  });

  it("keeps its rows while it is cut off, and is not over", () => {
    const store = aLiveStore(rows("b"), settled);
    store.end({ kind: "cut-off" });
    expect(store.getSnapshot()).toMatchObject({ live: "reconnecting", ended: { kind: "complete" } });
    expect(ids(store)).toEqual(["b"]);
  });

  it("doubles nothing, loses nothing and drops what is no more when a new stream settles", () => {
    const store = aLiveStore(rows("a", "b", "c"), settled);
    store.end({ kind: "cut-off" });
    store.connect(true);
    store.apply(rows("a", "c", "d"));
    expect(ids(store)).toEqual(["a", "b", "c", "d"]);
    store.apply(settled);
    expect(ids(store)).toEqual(["a", "c", "d"]);
    expect([...store.getSnapshot().arrivals.keys()]).toEqual(["d"]);
  });

  it("drops nothing when the new stream is cut off before it settles", () => {
    const store = aLiveStore(rows("a", "b"), settled);
    store.end({ kind: "cut-off" });
    store.connect(true);
    store.apply(rows("a"));
    store.end({ kind: "cut-off" });
    expect(ids(store)).toEqual(["a", "b"]);
  });

  it("is over when the reader is signed out", () => {
    const store = aLiveStore(rows("a"), settled);
    store.end({ kind: "cut-off" });
    store.connect(true);
    store.end({ kind: "signed-out" });
    expect(store.getSnapshot()).toMatchObject({ live: "off", ended: { kind: "signed-out" } });
  });

  it("goes on from a finished answer when following is switched on later", () => {
    const store = new TimelineStore(
      (flush) => {
        flush();
      },
      () => 1,
    );
    store.connect(false);
    for (const frame of [rows("a"), end]) store.apply(frame);
    store.connect(true);
    for (const frame of [rows("a", "b"), settled]) store.apply(frame);
    expect(ids(store)).toEqual(["a", "b"]);
    expect([...store.getSnapshot().arrivals.keys()]).toEqual(["b"]);
  });
});
