import { afterEach, describe, expect, it, vi } from "vitest";
import { followStream, type FollowTools } from "./follow-stream";
import { aQueryView } from "./testing/a-query-view";
import { anEventView } from "./testing/an-event-view";
import { TimelineStore } from "./timeline-store";

const question = { keys: ["order:48192"], from: "now-1h", to: "now" };
const stats = { shown: 1, parts: 0, withheld: 0, records: 1, leftOut: 0, foreign: 0, complete: true, elapsedMs: 5 };
const completeness = { state: "complete", answered: 1, connected: 1, losses: 0, notes: 0, sentence: "All." };
const FROM = new Date(Date.now() - 3_600_000).toISOString();
const start = {
  type: "start",
  query: aQueryView({ from: FROM, to: FROM }),
};
const row = { type: "rows", rows: [anEventView({ id: "a", orderKey: "a" })], removed: [] };
const settled = { type: "settled", stats, completeness, upTo: FROM };
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Answers with the frames and then cuts off, or stays open until the reader leaves when `open` is set. */
function answer(frames: unknown[], { open = false, signal }: { open?: boolean; signal?: AbortSignal | null } = {}) {
  return new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const frame of frames) controller.enqueue(new TextEncoder().encode(`${JSON.stringify(frame)}\n`));
        if (!open) controller.close();
        signal?.addEventListener("abort", () => {
          controller.error(new Error("aborted"));
        });
      },
    }),
  );
}

/** Runs until `connections` streams were opened. `tools` default: visible, waits end at once but for the watchdog. */
async function follow(
  connections: number,
  frames: (n: number) => unknown[],
  over: Partial<FollowTools> = {},
  open = -1,
) {
  const leaving = new AbortController();
  const store = new TimelineStore((flush) => {
    flush();
  });
  const urls: string[] = [];
  const waits: number[] = [];
  vi.stubGlobal("fetch", (url: string, { signal }: RequestInit) => {
    urls.push(url);
    if (urls.length > connections) leaving.abort();
    return Promise.resolve(answer(frames(urls.length - 1), { open: urls.length - 1 === open, signal: signal ?? null }));
  });
  const untilAbort = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => {
        resolve();
      });
      if (signal.aborted) resolve();
    });
  await followStream(question, store, leaving.signal, {
    wait: (ms, signal) => {
      if (ms >= 40_000) return untilAbort(signal);
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => 1,
    isHidden: () => false,
    visibilityChange: untilAbort,
    ...over,
  });
  return { store, urls: urls.slice(0, connections), waits };
}

describe("followStream", () => {
  it("asks anew after a cut-off, from the same start, without an end", async () => {
    const { urls } = await follow(2, () => [start, row, settled]);
    expect(urls[0]).toBe("/api/v1/timeline?key=order%3A48192&from=now-1h&live=1");
    expect(urls[1]).toBe(`/api/v1/timeline?key=order%3A48192&from=${encodeURIComponent(FROM)}&live=1`);
  });

  it("waits longer after each failure, half a minute at most, and starts over once it settled", async () => {
    const { waits } = await follow(9, (n) => (n === 7 ? [start, settled] : []));
    expect(waits.slice(0, 8)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 1_000]);
  });

  it("shows rows once however often it connects", async () => {
    const { store } = await follow(3, () => [start, row, settled]);
    expect(store.getSnapshot().rows).toHaveLength(1);
  });

  it("gives up when the server refuses the question", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}", { status: 401 })));
    const store = new TimelineStore((flush) => {
      flush();
    });
    const never = (): Promise<void> => new Promise(() => undefined);
    const tools = { wait: never, random: () => 1, isHidden: () => false, visibilityChange: never };
    await followStream(question, store, new AbortController().signal, tools);
    expect(store.getSnapshot()).toMatchObject({ live: "off", ended: { kind: "signed-out" } });
  });

  it("takes a silent connection for dead", async () => {
    const wait = (): Promise<void> => Promise.resolve();
    const { urls } = await follow(2, () => [start, settled], { wait }, 0);
    expect(urls).toHaveLength(2);
  });

  it("rests while the tab is hidden for long, and asks anew when somebody looks", async () => {
    let hidden = true;
    const states: string[] = [];
    const seen = new TimelineStore(() => undefined);
    vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) => {
      if (!hidden) leaving.abort();
      return Promise.resolve(answer([start, settled], { open: true, signal: signal ?? null }));
    });
    const leaving = new AbortController();
    vi.spyOn(seen, "pause").mockImplementation(() => states.push("paused"));
    await followStream(question, seen, leaving.signal, {
      // Only the five minutes pass: the watchdog hears enough.
      wait: (ms, signal) =>
        ms > 60_000
          ? Promise.resolve()
          : new Promise((resolve) => {
              signal.addEventListener("abort", () => {
                resolve();
              });
            }),
      random: () => 1,
      isHidden: () => hidden,
      visibilityChange: (signal) =>
        new Promise((resolve) => {
          if (states.length > 0) {
            hidden = false;
            resolve();
          }
          signal.addEventListener("abort", () => {
            resolve();
          });
        }),
    });
    expect(states).toEqual(["paused"]);
    expect(hidden).toBe(false);
  });
});
