import { describe, expect, it } from "vitest";
import { createRandom } from "../story/random";
import { fireRules } from "./month-fires";
import type { Mechanism } from "./month-rules";
import { plantNoise } from "./plant-noise";

const DAY_MS = 86_400_000;
const fromMs = Date.UTC(2026, 8, 1);
const causes = plantNoise(createRandom("plant"), fromMs, fromMs + 30 * DAY_MS, 1);
const fires = fireRules(createRandom("rules"), causes, []);
const firesOf = (why: Mechanism) => fires.filter(({ cause }) => cause.why === why);

describe("planted noise", () => {
  it("is found in the fires as often as it was planted", () => {
    const counts = Object.fromEntries(
      (["blip", "stale", "batch", "duplicate-rule", "cascade", "wrong-severity", "orphan-host"] as const).map((why) => [
        why,
        firesOf(why).length,
      ]),
    );
    expect(counts).toEqual({
      blip: 70 + 45 + 30 + 22 + 14 + 9,
      stale: 2,
      // Sundays and Wednesdays; Mondays, Tuesdays and Thursdays; Saturdays.
      batch: 4 + 5 + (4 + 5 + 4) + 4,
      "duplicate-rule": 3 * 10,
      cascade: 4 * 10,
      "wrong-severity": 3 * 16,
      "orphan-host": 18,
    });
  });

  it("keeps blips short and stale alerts long", () => {
    const minutes = (why: Mechanism) => firesOf(why).map(({ startMs, endMs }) => (endMs - startMs) / 60_000);
    expect(Math.max(...minutes("blip"))).toBeLessThan(5);
    expect(Math.min(...minutes("stale"))).toBeGreaterThan(24 * 60);
  });

  it("has blips that a rule's wait hides", () => {
    const conditions = causes.filter(({ why }) => why === "blip").length;
    expect(conditions).toBeGreaterThan(firesOf("blip").length);
  });
});
