import { afterEach, describe, expect, it, vi } from "vitest";
import { anEventView } from "./testing/an-event-view";
import { TimelineStore } from "./timeline-store";
import { streamTimeline, timelineUrl } from "./timeline-stream";

const question = { keys: ["order:48192"], from: "now-1h", to: null };
const stats = { shown: 2, parts: 0, withheld: 0, records: 2, leftOut: 0, foreign: 0, complete: true, elapsedMs: 5 };
const completeness = { state: "complete", answered: 1, connected: 1, losses: 0, notes: 0, sentence: "All answered." };
const end = { type: "end", stats, completeness };

/** Feeds the text in the given pieces, so that lines break across chunks. */
async function streamed(pieces: string[], status = 200): Promise<TimelineStore> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status })));
  const store = new TimelineStore((flush) => {
    flush();
  });
  await streamTimeline(question, store, new AbortController().signal);
  return store;
}
const line = (frame: unknown): string => `${JSON.stringify(frame)}\n`;
const rows = (...ids: string[]): unknown => ({
  type: "rows",
  rows: ids.map((id) => anEventView({ id, orderKey: id })),
  removed: [],
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("streamTimeline", () => {
  it("sorts rows by order key whatever the frames and chunks they come in", async () => {
    const text = line(rows("c", "a")) + line(rows("b")) + line(end);
    const store = await streamed([text.slice(0, 37), text.slice(37, 900), text.slice(900)]);
    expect(store.getSnapshot().rows.map((row) => row.id)).toEqual(["a", "b", "c"]);
    expect(store.getSnapshot().ended).toEqual({ kind: "complete" });
  });
  it("says that the stream was cut off when it stops without an end", async () => {
    expect((await streamed([line(rows("a"))])).getSnapshot().ended).toEqual({ kind: "cut-off" });
  });
  it("replaces rows that are sent again and drops rows that became part of another", async () => {
    const again = { type: "rows", rows: [anEventView({ id: "a", orderKey: "z", title: "newer" })], removed: ["b"] };
    const store = await streamed([line(rows("a", "b", "c")), line(again)]);
    expect(store.getSnapshot().rows.map((row) => row.title)).toEqual(["row c", "newer"]);
  });
  it("counts what it cannot read and keeps the rest", async () => {
    const mixed = { type: "rows", rows: [anEventView({ id: "a" }), { id: 7 }], removed: [] };
    const store = await streamed([line(mixed), "<html>\n", line({ type: "unheard-of" }), line(end)]);
    expect(store.getSnapshot()).toMatchObject({ unreadable: 3, ended: { kind: "complete" } });
    expect(store.getSnapshot().rows).toHaveLength(1);
  });
  it("tells a signed-out reader from a failure", async () => {
    expect((await streamed(["{}"], 401)).getSnapshot().ended).toEqual({ kind: "signed-out" });
  });
  it("shows our own words of a bad request and nothing of any other body", async () => {
    const problem = {
      type: "x",
      title: "x",
      status: 400,
      code: "bad-request",
      field: "from",
      detail: "d",
      requestId: "r",
    };
    expect((await streamed([JSON.stringify(problem)], 400)).getSnapshot().ended).toMatchObject({ field: "from" });
    expect((await streamed(["<h1>secret</h1>"], 502)).getSnapshot().ended).toEqual({
      kind: "failed",
      code: "http-502",
    });
  });
  it("asks for every key and only for the ends that are given", () => {
    expect(timelineUrl({ keys: ["order:1", "trace:ab"], from: "now-1h", to: null })).toBe(
      "/api/v1/timeline?key=order%3A1&key=trace%3Aab&from=now-1h",
    );
  });
});

describe("TimelineStore", () => {
  it("tells listeners once for many frames of one animation frame", () => {
    let flush: (() => void) | undefined;
    const store = new TimelineStore((run) => (flush = run));
    const listener = vi.fn();
    store.subscribe(listener);
    for (let at = 0; at < 50; at++) {
      store.apply({ type: "rows", rows: [anEventView({ id: String(at) })], removed: [] });
    }
    expect(store.getSnapshot().rows).toHaveLength(0);
    flush?.();
    expect(store.getSnapshot().rows).toHaveLength(50);
    expect(listener).toHaveBeenCalledTimes(1);
  });
  it("keeps a row that was removed and sent again before the flush", () => {
    let flush: (() => void) | undefined;
    const store = new TimelineStore((run) => (flush = run));
    store.apply({ type: "rows", rows: [], removed: ["a"] });
    store.apply({ type: "rows", rows: [anEventView({ id: "a" })], removed: [] });
    flush?.();
    expect(store.getSnapshot().rows).toHaveLength(1);
  });
});
