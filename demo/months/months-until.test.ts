import { describe, expect, it } from "vitest";
import { monthsUntil } from "./months-until";

const nowMs = Date.UTC(2026, 10, 18, 12);
const told = monthsUntil("test", nowMs);

describe("months until an instant", () => {
  it("are two whole ones and the one that runs", () => {
    expect(told.months).toEqual(["2026-09", "2026-10", "2026-11"]);
    const counts = told.months.map(
      (month) => told.pages.filter(({ atMs }) => new Date(atMs).toISOString().startsWith(month)).length,
    );
    expect(Math.min(...counts)).toBeGreaterThan(300);
  });

  it("hold nothing that was not known then", () => {
    const instants = [
      ...told.deliveries.map(({ atMs }) => atMs),
      ...told.pages.flatMap(({ atMs, ackedAtMs, resolvedAtMs }) => [atMs, ackedAtMs ?? 0, resolvedAtMs ?? 0]),
      ...told.verdicts.map(({ atMs }) => atMs),
      ...told.impacts.map(({ endMs }) => endMs),
    ];
    expect(instants.filter((at) => at > nowMs)).toEqual([]);
    expect(told.deliveries.some(({ body }) => body.includes("2026-12"))).toBe(false);
    expect(told.later.every(({ atMs }) => atMs > nowMs)).toBe(true);
  });

  it("say the same of the past later", () => {
    const later = monthsUntil("test", nowMs + 3_600_000);
    const bodies = new Set(later.deliveries.map(({ body }) => body));
    expect(told.deliveries.filter(({ body }) => !bodies.has(body))).toEqual([]);
  });

  it("tell of each shift once", () => {
    expect(new Set(told.shifts.map(({ id }) => id)).size).toBe(told.shifts.length);
  });
});
