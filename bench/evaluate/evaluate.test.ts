/** Holds the product to the targets of the planted-truth suite: docs/evaluation.md. */
import { beforeAll, describe, expect, it } from "vitest";
import { askPlanted } from "./ask-planted";
import { DEFAULT_SEED, plantIncidents } from "./plant-incidents";
import { failures } from "./report";
import { missedTargets, score, type Scored } from "./score";

describe("the product on planted incidents", () => {
  const all: Scored[] = [];
  beforeAll(async () => {
    for (const incident of plantIncidents(DEFAULT_SEED)) all.push({ incident, answer: await askPlanted(incident) });
  }, 60_000);

  it("meets every target", () => {
    const missed = missedTargets(score(all));
    expect(missed, failures(all).join("\n")).toEqual([]);
  });
});
