import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rulerTicks } from "./ruler-ticks";

const labels = (fromUs: number, toUs: number, most: number) =>
  rulerTicks({ fromUs, toUs }, most).map((tick) => tick.label);

describe("rulerTicks", () => {
  it("stands on round moments from the start of the trace", () => {
    expect(labels(0, 41_000, 5)).toEqual(["0", "10 ms", "20 ms", "30 ms", "40 ms"]);
  });

  it("names moments as exactly as a zoomed window needs", () => {
    expect(labels(12_000, 12_600, 4)).toEqual(["12.0 ms", "12.2 ms", "12.4 ms", "12.6 ms"]);
  });

  it("counts long traces in minutes and hours", () => {
    expect(labels(0, 240_000_000, 5)).toEqual(["0", "1:00", "2:00", "3:00", "4:00"]);
    expect(labels(0, 7_200_000_000, 3)).toEqual(["0", "1:00:00", "2:00:00"]);
    expect(labels(90_000_000, 91_000_000, 3)).toEqual(["1:30.0", "1:30.5", "1:31.0"]);
  });

  it("has one tick for a trace without length", () => {
    expect(rulerTicks({ fromUs: 0, toUs: 0 }, 5)).toHaveLength(1);
  });

  it("never draws more ticks than fit, none outside the window, no two with one name", () => {
    const window = fc.record({
      from: fc.integer({ min: 0, max: 10 ** 9 }),
      width: fc.integer({ min: 1, max: 10 ** 10 }),
    });
    fc.assert(
      fc.property(window, fc.integer({ min: 2, max: 10 }), ({ from, width }, most) => {
        const ticks = rulerTicks({ fromUs: from, toUs: from + width }, most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks.every((tick) => tick.atUs >= from - 1e-6 && tick.atUs <= from + width)).toBe(true);
        expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length);
      }),
    );
  });
});
