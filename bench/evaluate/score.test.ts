/** Controls: answers known to be perfect, useless or naive must score so, or the suite measures nothing. */
import { describe, expect, it } from "vitest";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { DEFAULT_SEED, plantIncidents } from "./plant-incidents";
import type { BreakPointAnswer, PlantedAnswer } from "./planted-answer";
import type { PlantedIncident } from "./planted-incident";
import { missedTargets, score } from "./score";

const PLANTED = plantIncidents(DEFAULT_SEED);

function scoreOf(answer: (incident: PlantedIncident) => PlantedAnswer) {
  return score(PLANTED.map((incident) => ({ incident, answer: answer(incident) })));
}

function rows(incident: PlantedIncident, belongs: readonly string[]): TimelineEvent[] {
  return incident.records.filter(({ id }) => belongs.includes(incident.truth.belongs.get(id) ?? ""));
}

function naming(event: TimelineEvent | undefined, service: string | null): BreakPointAnswer {
  const candidates = event ? [{ service, record: event.id, evidence: 1 }] : [];
  return { level: event ? "likely" : "inconclusive", candidates, rejected: [] };
}

function perfect(incident: PlantedIncident): PlantedAnswer {
  const { breakPoint } = incident.truth;
  const broken = incident.records.find(({ id }) => breakPoint?.records.has(id));
  return {
    shown: rows(incident, ["member", "context"]),
    firstSymptom: [...incident.truth.firstSymptom][0],
    breakPoint: naming(broken, [...(breakPoint?.services ?? [])][0] ?? null),
  };
}

const NOTHING: PlantedAnswer = { shown: [], firstSymptom: undefined, breakPoint: undefined };

describe("score", () => {
  it("finds no fault in the truth itself", () => {
    expect(missedTargets(scoreOf(perfect))).toEqual([]);
  });

  it("counts foreign rows when everything is shown", () => {
    const everything = scoreOf((incident) => ({ ...perfect(incident), shown: incident.records }));
    expect(everything).toMatchObject({ recall: 1 });
    expect(everything.foreignRows).toBeGreaterThan(PLANTED.length);
    expect(everything.precision).toBeLessThan(0.5);
  });

  it("gives no recall and no break to an answer that shows nothing", () => {
    const nothing = scoreOf(() => NOTHING);
    expect(nothing).toMatchObject({ recall: 0, top1: 0, top3: 0, inconclusive: 0 });
    expect(missedTargets(nothing)).toEqual(["recall", "top1", "top3", "inconclusive"]);
  });

  it.each<[string, (events: readonly TimelineEvent[]) => TimelineEvent | undefined]>([
    ["first", (errors) => errors[0]],
    ["last", (errors) => errors.at(-1)],
    ["innermost", (errors) => errors.filter((event) => event.span).at(-1)],
  ])("puts an answer that always names the %s error below the targets", (_, choose) => {
    const naive = scoreOf((incident) => {
      const errors = rows(incident, ["member"])
        .filter((event) => event.outcome === "error")
        .sort((a, b) => (a.happenedAtNs < b.happenedAtNs ? -1 : 1));
      const named = choose(errors);
      return { ...perfect(incident), breakPoint: naming(named, named?.rawService ?? null) };
    });
    expect(naive.top1).toBeLessThan(0.8);
    expect(naive.inconclusive).toBeLessThan(0.9);
  });

  it("does not take an answer that is always inconclusive for a careful one", () => {
    const coward = scoreOf((incident) => ({ ...perfect(incident), breakPoint: naming(undefined, null) }));
    expect(coward).toMatchObject({ inconclusive: 1, top1: 0 });
  });
});
