import { describe, expect, it } from "vitest";
import type { FindingView } from "@/lib/contract/timeline-answer";
import { buildStory } from "./build-story";

const NOTHING = { findings: [], keys: [], services: [], gaps: [], stats: undefined };
const key = { kind: "order", value: "48192", asked: true, followed: true, rows: 3, degree: 0 };

const aFinding = (over: Partial<FindingView>): FindingView => ({
  kind: "first-symptom",
  level: "likely",
  sentence: "The page failed.",
  events: ["e1"],
  candidates: [],
  rejected: [],
  reach: [],
  ...over,
});

describe("buildStory", () => {
  it("invents nothing for an empty answer", () => {
    expect(buildStory(NOTHING)).toEqual({ happened: [], affected: [], notKnown: [] });
  });
  it("never lists a key that was met and not followed as affected", () => {
    const met = { ...key, value: "48207", asked: false, followed: false };
    const { affected } = buildStory({ ...NOTHING, keys: [key, met] });
    expect(affected.map((line) => line.text)).toEqual(["order 48192 (3 rows)"]);
  });
  it("repeats a finding in its own words with its certainty and the row to open", () => {
    expect(buildStory({ ...NOTHING, findings: [aFinding({})] }).happened).toEqual([
      { text: "The page failed.", level: "likely", eventId: "e1" },
    ]);
  });
  it("says in plain words what a finding is about, and never that one thing caused another", () => {
    const staff = aFinding({ kind: "staff-impact", sentence: "A support agent changed the address.", events: ["e2"] });
    const { happened } = buildStory({ ...NOTHING, findings: [aFinding({}), staff] });
    expect(happened[1]?.text).toBe("Before it: A support agent changed the address.");
    expect(happened.some(({ text }) => text.includes("caused"))).toBe(false);
  });
  it("says how far it reaches under what is affected, with how sure that is", () => {
    const reach = aFinding({ kind: "blast-radius", level: "inconclusive", sentence: "Touched at least 3 orders." });
    const { happened, affected } = buildStory({ ...NOTHING, findings: [reach] });
    expect(happened).toEqual([]);
    expect(affected[0]).toEqual({ text: "Touched at least 3 orders.", level: "inconclusive", eventId: "e1" });
  });
  it("says what is withheld and says each gap once", () => {
    const gap = { reason: "timeout", detail: "The alerts did not answer.", retryable: true } as const;
    const stats = {
      shown: 1,
      parts: 0,
      withheld: 2,
      records: 1,
      leftOut: 0,
      foreign: 0,
      complete: false,
      elapsedMs: 1,
    };
    expect(buildStory({ ...NOTHING, gaps: [gap, gap], stats }).notKnown).toHaveLength(2);
  });
});
