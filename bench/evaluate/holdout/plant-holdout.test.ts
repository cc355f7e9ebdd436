/** That the hold-out is whole and runs. No word on how well the answers are: a threshold would be a reason to tune. */
import { beforeAll, describe, expect, it } from "vitest";
import { askPlanted } from "../ask-planted";
import { DEFAULT_SEED } from "../plant-incidents";
import { HOLDOUT_SHAPES } from "../planted-incident";
import type { Scored } from "../score";
import { HOLDOUT_TITLE, holdoutReport } from "./holdout-report";
import { plantHoldout } from "./plant-holdout";

const PLANTED = plantHoldout(DEFAULT_SEED);

describe("plantHoldout", () => {
  it("tells each shape four times, once with too little evidence", () => {
    for (const shape of HOLDOUT_SHAPES) {
      const told = PLANTED.filter((incident) => incident.shape === shape);
      expect(told).toHaveLength(4);
      expect(told.filter(({ truth }) => truth.breakPoint === undefined)).toHaveLength(1);
    }
  });

  it("gives every record its own id and a word on whose it is", () => {
    for (const { records, truth } of PLANTED) {
      expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
      expect(records.every(({ id }) => truth.belongs.has(id))).toBe(true);
    }
  });

  it("breaks every incident at records that belong to it", () => {
    for (const { truth } of PLANTED.filter(({ truth }) => truth.breakPoint)) {
      const words = [...(truth.breakPoint?.records ?? [])].map((id) => truth.belongs.get(id));
      expect(new Set(words)).toEqual(new Set(["member"]));
    }
  });

  it("says of a staff action only where one was planted", () => {
    const withAction = PLANTED.filter(({ truth }) => truth.staffAction !== undefined);
    expect(new Set(withAction.map(({ shape }) => shape))).toEqual(new Set(["country-flag"]));
  });
});

describe("the hold-out", () => {
  const all: Scored[] = [];
  beforeAll(async () => {
    for (const incident of PLANTED) all.push({ incident, answer: await askPlanted(incident) });
  }, 60_000);

  it("is answered whole and printed as a table of its own", () => {
    expect(all).toHaveLength(16);
    const report = holdoutReport(all);
    expect(report).toContain(HOLDOUT_TITLE);
    expect(report).not.toContain("target");
    for (const shape of HOLDOUT_SHAPES) expect(report).toMatch(new RegExp(`^${shape} +4 `, "m"));
  });
});
