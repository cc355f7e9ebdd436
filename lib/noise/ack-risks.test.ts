import { describe, expect, it } from "vitest";
import { cumulativeIncidence, type Risk } from "./ack-risks";
import { measureMonth } from "./measure-month";
import { aFire, aMonth, aPage, MINUTE, MONDAY, SETTINGS } from "./testing/a-month";

describe("cumulativeIncidence", () => {
  const risks: Risk[] = [
    { time: 4, ended: "acked" },
    { time: 2, ended: "open" },
    { time: 1, ended: "acked" },
    { time: 3, ended: "resolved" },
  ];

  it("is what Aalen and Johansen's sums make by hand", () => {
    expect(cumulativeIncidence(risks, 0)).toEqual({ acked: 0, resolved: 0 });
    expect(cumulativeIncidence(risks, 3)).toEqual({ acked: 0.25, resolved: 0.375 });
    expect(cumulativeIncidence(risks, 4)).toEqual({ acked: 0.625, resolved: 0.375 });
  });
});

describe("acknowledgments of a month", () => {
  const paged = (count: number, apartMs: number) =>
    Array.from({ length: count }, (_, i) =>
      aPage(`p${i}`, MONDAY, { episodeId: `f${i}`, ackedAt: new Date(MONDAY + MINUTE + i * apartMs), ackedBy: "ana" }),
    );
  const ackOf = (count: number, apartMs: number) => {
    const fires = Array.from({ length: count }, (_, i) => aFire(`f${i}`, MONDAY));
    return measureMonth(aMonth({ fires, pages: paged(count, apartMs) }), SETTINGS).report;
  };

  it("counts five in ten seconds by one person as reactions without a time, and as no act", () => {
    expect(ackOf(5, 2000).ack).toMatchObject({ n: 5, acked: 5, bulk: 5, medianSeconds: null });
    expect(ackOf(5, 2000).totals.orphans).toBe(5);
    expect(ackOf(5, 3000).ack).toMatchObject({ n: 5, acked: 5, bulk: 0, medianSeconds: 66 });
    expect(ackOf(5, 3000).totals.orphans).toBe(0);
  });
});
