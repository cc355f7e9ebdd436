import { describe, expect, it } from "vitest";
import { MECHANISMS } from "./month-rules";
import { simulateMonth } from "./simulate-month";

const october = simulateMonth({ seed: "test", month: "2026-10" });

describe("a simulated month", () => {
  it("is the same whenever it is asked for, and another with another seed", () => {
    expect(simulateMonth({ seed: "test", month: "2026-10" })).toEqual(october);
    expect(simulateMonth({ seed: "other", month: "2026-10" }).deliveries[0]).not.toEqual(october.deliveries[0]);
  });

  it("holds every mechanism of noise", () => {
    const seen = new Set(october.truth.fires.map(({ cause }) => cause.why));
    expect(MECHANISMS.filter((mechanism) => !seen.has(mechanism))).toEqual([]);
  });

  it("tells only of alerts that fired, and resolves none that it did not tell", () => {
    const known = new Set<string>();
    for (const { firing, resolved } of october.truth.told) {
      for (const fire of firing) known.add(`${fire.fingerprint}/${String(fire.startMs)}`);
      expect(resolved.every((fire) => known.has(`${fire.fingerprint}/${String(fire.startMs)}`))).toBe(true);
    }
  });

  it("pages whoever is on call", () => {
    for (const { person, atMs, step } of october.pages) {
      const covering = october.shifts.filter(
        ({ fromMs, toMs, line }) => line === step && fromMs <= atMs && toMs > atMs,
      );
      expect(covering.map((shift) => shift.person.handle)).toContain(person.handle);
    }
  });

  it("acknowledges nothing before its page or after its end", () => {
    const acked = october.pages.filter(({ ackedAtMs }) => ackedAtMs !== null);
    expect(acked.length).toBeGreaterThan(100);
    expect(
      acked.filter(
        ({ ackedAtMs, atMs, resolvedAtMs }) => (ackedAtMs ?? 0) < atMs || (ackedAtMs ?? 0) > resolvedAtMs + 4_000,
      ),
    ).toEqual([]);
  });

  it("leaves what no rule watches to customers", () => {
    const missed = new Set(october.truth.incidents.filter((one) => one.missed).map(({ id }) => id));
    expect(missed.size).toBe(4);
    expect(october.impacts.filter(({ id }) => missed.has(id)).map(({ firstDetector }) => firstDetector)).not.toContain(
      "page",
    );
  });

  it("hands over at nine o'clock on Monday, before and after the clocks change", () => {
    const handovers = [
      ...new Set(october.shifts.filter(({ line }) => line === 2).map(({ fromMs }) => new Date(fromMs).toISOString())),
    ];
    expect(handovers).toContain("2026-10-19T07:00:00.000Z");
    expect(handovers).toContain("2026-10-26T08:00:00.000Z");
  });
});
