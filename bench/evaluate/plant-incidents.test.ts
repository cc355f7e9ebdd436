import { describe, expect, it } from "vitest";
import { DEFAULT_SEED, plantIncidents } from "./plant-incidents";
import { SHAPES } from "./planted-incident";

const PLANTED = plantIncidents(DEFAULT_SEED);
const each = PLANTED.map((incident) => [incident.name, incident] as const);

describe("plantIncidents", () => {
  it("tells at least forty incidents of all shapes, twelve or more with too little evidence", () => {
    expect(PLANTED.length).toBeGreaterThanOrEqual(40);
    expect(new Set(PLANTED.map(({ shape }) => shape))).toEqual(new Set(SHAPES));
    expect(PLANTED.filter(({ truth }) => truth.breakPoint === undefined).length).toBeGreaterThanOrEqual(12);
  });

  it("plants the same records and truth for the same seed", () => {
    const again = plantIncidents(DEFAULT_SEED);
    const digest = (all: typeof again) =>
      all.map(({ records, truth }) => JSON.stringify([records, [...truth.belongs], [...truth.firstSymptom]]));
    // As text: a structural comparison of a hundred thousand records takes longer than the suite itself.
    expect(digest(again).join("\n") === digest(PLANTED).join("\n")).toBe(true);
  });

  it("plants other records for another seed", () => {
    const ids = new Set(PLANTED.map(({ asked }) => asked.value));
    const others = plantIncidents(DEFAULT_SEED + 1).filter(({ asked }) => !ids.has(asked.value));
    expect(others.length).toBeGreaterThan(PLANTED.length / 2);
  });

  it.each(each)("gives every record of %s its own id and a word on whose it is", (_, { records, truth }) => {
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(records.every(({ id }) => truth.belongs.has(id))).toBe(true);
  });

  it.each(each)("surrounds %s with other people's records", (_, { truth }) => {
    const foreign = [...truth.belongs.values()].filter((word) => word === "foreign");
    expect(foreign.length).toBeGreaterThan(40);
  });

  it.each(each)("lets a person reach %s from what is asked", (_, { asked, records, truth }) => {
    const members = records.filter(({ id }) => truth.belongs.get(id) === "member");
    const naming = members.filter(({ text, attributes, span }) =>
      [text ?? "", span?.traceId ?? "", ...Object.values(attributes).map(String)].some((one) =>
        one.includes(asked.value),
      ),
    );
    expect(naming.length).toBeGreaterThan(0);
  });

  it.each(each.filter(([, { truth }]) => truth.breakPoint))("breaks %s at records that belong to it", (_, incident) => {
    const { belongs, breakPoint } = incident.truth;
    expect([...(breakPoint?.records ?? [])].map((id) => belongs.get(id))).not.toContain("foreign");
    expect(breakPoint?.records.size).toBeGreaterThan(0);
  });
});
