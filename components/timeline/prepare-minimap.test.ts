import { describe, expect, it } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import { prepareMinimap } from "./prepare-minimap";

const START_MS = 1795428840000;
const at = (ms: number): string => `${String(START_MS + ms)}000000`;

describe("prepareMinimap", () => {
  it("counts every record once, in its own slice of time", () => {
    const rows = [
      anEventView({ id: "a", happenedAtNs: at(0), count: 2 }),
      anEventView({ id: "a2", happenedAtNs: at(1), partOf: "a", part: "repeat" }),
      anEventView({ id: "b", happenedAtNs: at(9_999), outcome: "error" }),
    ];
    const { bars, highest } = prepareMinimap(rows, START_MS, START_MS + 10_000, 2, "corrected");
    expect(bars).toEqual([
      { error: 0, warning: 0, other: 2 },
      { error: 1, warning: 0, other: 0 },
    ]);
    expect(highest).toBe(2);
  });
  it("shows an alert that began before the window for as long as it lasted in it", () => {
    const alert = anEventView({ id: "x", kind: "alert", happenedAtNs: at(-5_000), durationNs: "10000000000" });
    const map = prepareMinimap([alert], START_MS, START_MS + 10_000, 2, "corrected");
    expect(map.alerts).toEqual([{ from: 0, to: 0.5 }]);
    expect(map.bars.every((bar) => bar.other === 0)).toBe(true);
  });
  it("survives a window of no length", () => {
    expect(prepareMinimap([], START_MS, START_MS, 4, "corrected").highest).toBe(1);
  });
});
