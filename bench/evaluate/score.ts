/** Answers against planted truth. Pure counting; the targets are those of the issue. */
import type { PlantedAnswer } from "./planted-answer";
import type { PlantedIncident } from "./planted-incident";

export interface Scored {
  readonly incident: PlantedIncident;
  readonly answer: PlantedAnswer;
}

export interface Verdict {
  readonly missing: readonly string[];
  readonly foreign: readonly string[];
  readonly stray: readonly string[];
  readonly top1: boolean;
  readonly top3: boolean;
  readonly inconclusive: boolean;
  readonly firstSymptom: boolean;
}

export interface Score {
  readonly incidents: number;
  readonly recall: number;
  readonly precision: number;
  readonly foreignRows: number;
  /** Over the incidents whose evidence suffices. NaN when there are none. */
  readonly top1: number;
  readonly top3: number;
  /** Over the incidents whose evidence is too short. NaN when there are none. */
  readonly inconclusive: number;
  /** A service was named although the evidence is too short. */
  readonly wronglyConclusive: number;
  /** A service was named with confidence, and it is another one than the broken one. */
  readonly wrongService: number;
  readonly firstSymptom: number;
}

export type Measure = keyof Score;

/** `atLeast`, or `atMost` for counts. */
export const TARGETS: Readonly<Partial<Record<Measure, { readonly atLeast: number } | { readonly atMost: number }>>> = {
  recall: { atLeast: 0.99 },
  foreignRows: { atMost: 0 },
  top1: { atLeast: 0.8 },
  top3: { atLeast: 0.95 },
  inconclusive: { atLeast: 0.9 },
};

/** Measures whose target is missed, in the order of `TARGETS`. */
export function missedTargets(score: Score): Measure[] {
  return MEASURES.filter((measure) => {
    const target = TARGETS[measure];
    if (target === undefined) return false;
    // NaN compares as false: what could not be measured did not meet its target.
    return !("atLeast" in target ? score[measure] >= target.atLeast : score[measure] <= target.atMost);
  });
}

export const MEASURES: readonly Measure[] = [
  "incidents",
  "recall",
  "precision",
  "foreignRows",
  "top1",
  "top3",
  "inconclusive",
  "wronglyConclusive",
  "wrongService",
  "firstSymptom",
];

/** What is right and wrong in one answer. */
export function judge({ incident, answer }: Scored): Verdict {
  const { truth } = incident;
  const joined = answer.shown.filter(({ context }) => !context).map(({ id }) => id);
  const shown = new Set(answer.shown.map(({ id }) => id));
  const of = (word: string) => joined.filter((id) => truth.belongs.get(id) === word);
  const members = [...truth.belongs].filter(([, word]) => word === "member").map(([id]) => id);
  const right = (candidate: { service: string | null; record: string }) =>
    truth.breakPoint !== undefined &&
    truth.breakPoint.services.has(candidate.service ?? "") &&
    truth.breakPoint.records.has(candidate.record);
  const candidates = answer.breakPoint?.candidates ?? [];
  const level = answer.breakPoint?.level;
  const named = level === "likely" || level === "observed";
  return {
    missing: members.filter((id) => !shown.has(id)),
    // A context row is somebody's deploy or alert; a foreign one would be somebody's data whatever it is called.
    foreign: [...shown].filter((id) => truth.belongs.get(id) === "foreign"),
    stray: of("stray"),
    top1: named && candidates.slice(0, 1).some(right),
    top3: candidates.slice(0, 3).some(right),
    // Saying nothing is not the same as saying that the evidence is short.
    inconclusive: level === "inconclusive",
    firstSymptom: truth.firstSymptom.has(answer.firstSymptom ?? ""),
  };
}

export function score(all: readonly Scored[]): Score {
  const judged = all.map((one) => ({ ...one, verdict: judge(one) }));
  const conclusive = judged.filter(({ incident }) => incident.truth.breakPoint !== undefined);
  const short = judged.filter(({ incident }) => incident.truth.breakPoint === undefined);
  const named = ({ answer }: Scored) => {
    const level = answer.breakPoint?.level;
    return level === "likely" || level === "observed";
  };
  let [members, found, rows, rightRows] = [0, 0, 0, 0];
  for (const { incident, answer, verdict } of judged) {
    const own = [...incident.truth.belongs.values()].filter((word) => word === "member").length;
    const joined = answer.shown.filter(({ context }) => !context);
    members += own;
    found += own - verdict.missing.length;
    rows += joined.length;
    rightRows += joined.filter(({ id }) => ["member", "shared"].includes(incident.truth.belongs.get(id) ?? "")).length;
  }
  return {
    incidents: all.length,
    recall: share(found, members),
    precision: share(rightRows, rows),
    foreignRows: sum(judged.map(({ verdict }) => verdict.foreign.length)),
    top1: share(conclusive.filter(({ verdict }) => verdict.top1).length, conclusive.length),
    top3: share(conclusive.filter(({ verdict }) => verdict.top3).length, conclusive.length),
    inconclusive: share(short.filter(({ verdict }) => verdict.inconclusive).length, short.length),
    wronglyConclusive: short.filter(named).length,
    wrongService: conclusive.filter(
      (one) =>
        named(one) &&
        !(one.incident.truth.breakPoint?.services.has(one.answer.breakPoint?.candidates[0]?.service ?? "") ?? false),
    ).length,
    firstSymptom: share(judged.filter(({ verdict }) => verdict.firstSymptom).length, judged.length),
  };
}

function share(part: number, whole: number): number {
  return part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
