/** Simulated months through the measures of the review: is what was planted found, and does it call nothing useful noise? */
import { MECHANISMS } from "@/demo/months/month-rules";
import { HABITS, type JudgeHabits } from "@/demo/months/judge-alerts";
import { simulateMonth, type SimulatedMonth } from "@/demo/months/simulate-month";
import { NoiseSettings } from "@/lib/domain/noise-settings";
import type { AlertVerdict } from "@/lib/domain/on-call";
import { measureMonth } from "@/lib/noise/measure-month";
import { answerSample } from "./answer-sample";
import { monthInput } from "./month-input";
import { scoreWeak, type WeakScore } from "./score-weak";
import { scoreMonth, total, type MonthScore, type Share } from "./score-month";

const SETTINGS = NoiseSettings.parse({});
const SEEDS = 10;
const MANY_VERDICTS = 10;
/** One with and one without a change of clocks. */
const MONTHS = ["2026-09", "2026-10"] as const;
export const NOISE_AIMS = { recall: 0.95, wronglyRetired: 0, intervalsFrom: 0.85 } as const;
const FOUND = [...MECHANISMS, "undetected-impact"] as const;

export interface NoiseEvaluation {
  readonly months: number;
  readonly mechanisms: Readonly<Record<(typeof FOUND)[number], Share>>;
  /** Rules that were planted to fire together, as one group each. */
  readonly families: Share;
  /** By ten verdicts or more. */
  readonly wronglyRetired: readonly string[];
  /** By fewer: chance can do that, and the review's second person is there for it. */
  readonly retiredByFew: readonly string[];
  /** Where everybody is as likely to judge. */
  readonly intervals: Share;
  /** Where annoyed people judge rather: a figure, not an aim, because no interval knows of that. */
  readonly intervalsAnnoyed: Share;
  /** Rules of mixed worth where the annoyed judge far rather: by what they volunteer, and with the random sample judged too. */
  readonly sampled: Readonly<Record<"volunteered" | "unweighted" | "weighted", Share>>;
  /** Labels without a verdict that say what is true. */
  readonly weak: WeakScore;
  /** In words; empty when all aims are met. */
  readonly missed: readonly string[];
}

export function evaluateNoise(seed: number): NoiseEvaluation {
  const fair = scores(seed, { ...HABITS, annoyance: 1 });
  const annoyed = scores(seed, HABITS);
  const weak = {
    actionable: total(annoyed.map((one) => one.weak.actionable)),
    noise: total(annoyed.map((one) => one.weak.noise)),
  };
  const mechanisms = Object.fromEntries(
    FOUND.map((name) => [name, total(annoyed.map((one) => one.mechanisms[name]))]),
  ) as NoiseEvaluation["mechanisms"];
  const families = total(annoyed.map((one) => one.families));
  const judged = sampledScores(seed, { ...HABITS, annoyance: 3 });
  const mixedOf = (how: keyof typeof judged) => total(judged[how].map(({ mixed }) => mixed));
  const sampled = {
    volunteered: mixedOf("volunteered"),
    unweighted: mixedOf("unweighted"),
    weighted: mixedOf("weighted"),
  };
  const retired = [...fair, ...annoyed, ...judged.weighted].flatMap((one) => one.wronglyRetired);
  const wronglyRetired = retired.filter(({ verdicts }) => verdicts >= MANY_VERDICTS).map(({ name }) => name);
  const retiredByFew = retired.filter(({ verdicts }) => verdicts < MANY_VERDICTS).map(({ name }) => name);
  const intervals = total(fair.map((one) => one.intervals));
  const intervalsAnnoyed = total(annoyed.map((one) => one.intervals));
  const missed = [
    ...MECHANISMS.filter((name) => share(mechanisms[name]) < NOISE_AIMS.recall).map(
      (name) => `${name} is found too rarely`,
    ),
    ...(share(families) < NOISE_AIMS.recall ? ["rules planted to fire together are too rarely one group"] : []),
    ...wronglyRetired.map((name) => `${name} stands among the rules to retire`),
    ...(share(intervals) < NOISE_AIMS.intervalsFrom ? ["intervals of worth-paging hold the truth too rarely"] : []),
  ];
  return {
    months: fair.length,
    mechanisms,
    families,
    wronglyRetired,
    retiredByFew,
    intervals,
    intervalsAnnoyed,
    sampled,
    weak,
    missed,
  };
}

export function noiseTable(evaluation: NoiseEvaluation): string {
  const {
    mechanisms,
    families,
    sampled,
    weak,
    intervals,
    intervalsAnnoyed,
    wronglyRetired,
    retiredByFew,
    months,
    missed,
  } = evaluation;
  const line = (name: string, { found, of }: Share, aim: string) =>
    `${name.padEnd(34)} ${(share({ found, of }) * 100).toFixed(1).padStart(6)} %  ${`${String(found)} of ${String(of)}`.padEnd(16)} ${aim}`;
  return [
    ...MECHANISMS.map((name) => line(name, mechanisms[name], `aim ≥ ${String(NOISE_AIMS.recall * 100)} %`)),
    line("families of rules, one group each", families, `aim ≥ ${String(NOISE_AIMS.recall * 100)} %`),
    // By definition a page about the service or what it calls counts as detection, whatever it was for.
    line("undetected impacts, told as such", mechanisms["undetected-impact"], "no aim"),
    line("90 % intervals hold the truth", intervals, `aim ≥ ${String(NOISE_AIMS.intervalsFrom * 100)} %`),
    line("the same, annoyed people judge", intervalsAnnoyed, "no aim"),
    line("mixed rules, thrice as annoyed", sampled.volunteered, "no aim"),
    line("  with the random sample judged", sampled.unweighted, "no aim"),
    line("  and weighted", sampled.weighted, "no aim"),
    line("weak labels worth it, rightly", weak.actionable, "no aim"),
    line("weak labels noise, rightly", weak.noise, "no aim"),
    `${"useful rules called to retire".padEnd(34)} ${String(wronglyRetired.length).padStart(6)}    in ${String(3 * months)} months    aim 0`,
    `${"the same, by fewer than 10 verdicts".padEnd(34)} ${String(retiredByFew.length).padStart(5)}    ${retiredByFew.join(", ")}`,
    ...missed.map((one) => `Missed: ${one}.`),
    "",
  ].join("\n");
}

function scores(seed: number, habits: JudgeHabits): (MonthScore & { readonly weak: WeakScore })[] {
  return monthsOf(seed, habits).map((month) => {
    const seen = monthInput(month);
    const { report, rowsOf } = measureMonth(seen.input, SETTINGS);
    return { ...scoreMonth(month, seen, report, habits.wrong), weak: scoreWeak(seen, rowsOf) };
  });
}

/** Without the random sample, with its verdicts as if they had been volunteered, and with them as what was asked for. */
function sampledScores(seed: number, habits: JudgeHabits) {
  const scored = { volunteered: [] as MonthScore[], unweighted: [] as MonthScore[], weighted: [] as MonthScore[] };
  for (const month of monthsOf(seed, habits)) {
    const seen = monthInput(month);
    const { report, toJudge } = measureMonth(seen.input, SETTINGS);
    const asked = answerSample(month, seen, toJudge, habits.wrong);
    const score = (more: readonly AlertVerdict[]) => {
      const verdicts = [...seen.input.verdicts, ...more];
      return scoreMonth(month, seen, measureMonth({ ...seen.input, verdicts }, SETTINGS).report, habits.wrong);
    };
    scored.volunteered.push(scoreMonth(month, seen, report, habits.wrong));
    scored.unweighted.push(score(asked.map((one) => ({ ...one, via: "alerts" }))));
    scored.weighted.push(score(asked));
  }
  return scored;
}

function monthsOf(seed: number, habits: JudgeHabits): SimulatedMonth[] {
  return Array.from({ length: SEEDS }, (_, index) =>
    MONTHS.map((month) => simulateMonth({ seed: `evaluate/${String(seed)}/${String(index)}`, month, habits })),
  ).flat();
}

function share({ found, of }: Share): number {
  return of === 0 ? NaN : found / of;
}
