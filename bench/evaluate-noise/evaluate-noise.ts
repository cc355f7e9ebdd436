/** Simulated months through the measures of the review: is what was planted found, and does it call nothing useful noise? */
import { MECHANISMS } from "@/demo/months/month-rules";
import { HABITS, type JudgeHabits } from "@/demo/months/judge-alerts";
import { simulateMonth } from "@/demo/months/simulate-month";
import { NoiseSettings } from "@/lib/domain/noise-settings";
import { measureMonth } from "@/lib/noise/measure-month";
import { monthInput } from "./month-input";
import { scoreMonth, total, type MonthScore, type Share } from "./score-month";

const SEEDS = 10;
const MANY_VERDICTS = 10;
/** One with and one without a change of clocks. */
const MONTHS = ["2026-09", "2026-10"] as const;
export const NOISE_AIMS = { recall: 0.95, wronglyRetired: 0, intervalsFrom: 0.85 } as const;
const FOUND = [...MECHANISMS, "undetected-impact"] as const;

export interface NoiseEvaluation {
  readonly months: number;
  readonly mechanisms: Readonly<Record<(typeof FOUND)[number], Share>>;
  /** By ten verdicts or more. */
  readonly wronglyRetired: readonly string[];
  /** By fewer: chance can do that, and the review's second person is there for it. */
  readonly retiredByFew: readonly string[];
  /** Where everybody is as likely to judge. */
  readonly intervals: Share;
  /** Where annoyed people judge rather: a figure, not an aim, because no interval knows of that. */
  readonly intervalsAnnoyed: Share;
  /** In words; empty when all aims are met. */
  readonly missed: readonly string[];
}

export function evaluateNoise(seed: number): NoiseEvaluation {
  const fair = scores(seed, { ...HABITS, annoyance: 1 });
  const annoyed = scores(seed, HABITS);
  const mechanisms = Object.fromEntries(
    FOUND.map((name) => [name, total(annoyed.map((one) => one.mechanisms[name]))]),
  ) as NoiseEvaluation["mechanisms"];
  const retired = [...fair, ...annoyed].flatMap((one) => one.wronglyRetired);
  const wronglyRetired = retired.filter(({ verdicts }) => verdicts >= MANY_VERDICTS).map(({ name }) => name);
  const retiredByFew = retired.filter(({ verdicts }) => verdicts < MANY_VERDICTS).map(({ name }) => name);
  const intervals = total(fair.map((one) => one.intervals));
  const intervalsAnnoyed = total(annoyed.map((one) => one.intervals));
  const missed = [
    ...MECHANISMS.filter((name) => share(mechanisms[name]) < NOISE_AIMS.recall).map(
      (name) => `${name} is found too rarely`,
    ),
    ...wronglyRetired.map((name) => `${name} stands among the rules to retire`),
    ...(share(intervals) < NOISE_AIMS.intervalsFrom ? ["intervals of worth-paging hold the truth too rarely"] : []),
  ];
  return { months: fair.length, mechanisms, wronglyRetired, retiredByFew, intervals, intervalsAnnoyed, missed };
}

export function noiseTable(evaluation: NoiseEvaluation): string {
  const { mechanisms, intervals, intervalsAnnoyed, wronglyRetired, retiredByFew, months, missed } = evaluation;
  const line = (name: string, { found, of }: Share, aim: string) =>
    `${name.padEnd(34)} ${(share({ found, of }) * 100).toFixed(1).padStart(6)} %  ${`${String(found)} of ${String(of)}`.padEnd(16)} ${aim}`;
  return [
    ...MECHANISMS.map((name) => line(name, mechanisms[name], `aim ≥ ${String(NOISE_AIMS.recall * 100)} %`)),
    // By definition a page about the service or what it calls counts as detection, whatever it was for.
    line("undetected impacts, told as such", mechanisms["undetected-impact"], "no aim"),
    line("90 % intervals hold the truth", intervals, `aim ≥ ${String(NOISE_AIMS.intervalsFrom * 100)} %`),
    line("the same, annoyed people judge", intervalsAnnoyed, "no aim"),
    `${"useful rules called to retire".padEnd(34)} ${String(wronglyRetired.length).padStart(6)}    in ${String(2 * months)} months    aim 0`,
    `${"the same, by fewer than 10 verdicts".padEnd(34)} ${String(retiredByFew.length).padStart(5)}    ${retiredByFew.join(", ")}`,
    ...missed.map((one) => `Missed: ${one}.`),
    "",
  ].join("\n");
}

function scores(seed: number, habits: JudgeHabits): MonthScore[] {
  return Array.from({ length: SEEDS }, (_, index) =>
    MONTHS.map((name) => {
      const month = simulateMonth({ seed: `evaluate/${String(seed)}/${String(index)}`, month: name, habits });
      const seen = monthInput(month);
      return scoreMonth(month, seen, measureMonth(seen.input, NoiseSettings.parse({})).report, habits.wrong);
    }),
  ).flat();
}

function share({ found, of }: Share): number {
  return of === 0 ? NaN : found / of;
}
