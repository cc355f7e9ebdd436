import { describe, expect, it } from "vitest";
import { compileCanonicalNames } from "@/lib/normalize/canonical-names";
import { foldFires } from "./fold-fires";
import { groupEpisodes } from "./group-episodes";
import { aSighting } from "./testing/a-sighting";

const rules = { names: compileCanonicalNames([], []), replicaLabels: [] };
const GAP_MINUTES = 5;

/** `[start, end]` in minutes. */
function episodesOf(...spans: readonly (readonly [number, number])[]) {
  const sightings = spans.map(([start, end]) => aSighting({ status: "resolved", start, end }));
  return groupEpisodes(foldFires(sightings, rules), GAP_MINUTES).map(({ episode }) => episode);
}

describe("groupEpisodes", () => {
  it("continues an episode after a gap of exactly five minutes, and not after a longer one", () => {
    expect(episodesOf([0, 2], [7, 9], [14.01, 15]).map(({ fires }) => fires)).toEqual([2, 1]);
  });

  it("is known by its first fire and ends as its last one", () => {
    const sightings = [aSighting({ status: "resolved", start: 0, end: 2 }), aSighting({ status: "firing", start: 4 })];
    const fires = foldFires(sightings, rules);
    const [grouped] = groupEpisodes(fires, GAP_MINUTES);
    expect(grouped?.episode).toMatchObject({ id: fires[0]?.id, endsAt: null, endReason: "open", fires: 2 });
    expect(grouped?.fires).toEqual(fires.map(({ id }) => id));
  });

  it("calls flapping what starts after six changes within an hour", () => {
    expect(episodesOf([0, 1], [10, 11], [20, 21], [30, 31]).map(({ flapping }) => flapping)).toEqual([0, 0, 0, 1]);
    // Five changes only, because the first start is an hour old by then.
    expect(episodesOf([0, 30], [40, 50], [60, 70]).map(({ flapping }) => flapping)).toEqual([0, 0, 0]);
  });

  it("stays flapping at three changes an hour once it was, and stops after half an hour of two", () => {
    const burst = [
      [0, 1],
      [10, 11],
      [20, 21],
    ] as const;
    // The window holds three changes when the fourth fire starts.
    expect(episodesOf(...burst, [75, 76]).at(-1)?.flapping).toBe(1);
    // From minute 80 the window holds two, from 81 one: half an hour later the span is over.
    expect(episodesOf(...burst, [112, 113]).at(-1)?.flapping).toBe(0);
  });
});
