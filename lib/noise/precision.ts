/** How often a rule was worth a page, told honestly from few verdicts. */
import type { Estimate } from "@/lib/contract/noise-report";
import type { NoiseSettings } from "@/lib/domain/noise-settings";
import type { VerdictKind } from "@/lib/domain/on-call";
import { betaQuantile } from "./beta-quantile";
import { known, notKnown } from "./estimates";
import type { JudgedUnit } from "./judged-units";
import { groupBy } from "@/lib/domain/group-by";

/** What is thought of a rule before its own verdicts: a mean, and how many verdicts that thought weighs. */
export interface Prior {
  readonly mean: number;
  readonly strength: number;
}

/**
 * Mean and 90 % interval of a share after k of n. A team that has only ever seen noise must not make certain what few
 * verdicts say: at either end the prior holds half a verdict.
 */
export function shrunk(k: number, n: number, prior: Prior): { mean: number; low: number; high: number } {
  const a = k + Math.max(0.5, prior.mean * prior.strength);
  const b = n - k + Math.max(0.5, (1 - prior.mean) * prior.strength);
  return { mean: a / (a + b), low: betaQuantile(0.05, a, b), high: betaQuantile(0.95, a, b) };
}

export interface Tally {
  /** Judged units. */
  readonly n: number;
  /** How many units of equal weight would say as much (Kish); `n` where they weigh the same. */
  readonly effective: number;
  /** Of the effective ones. */
  readonly worth: number;
  readonly real: number;
  readonly disputed: number;
  readonly votes: Readonly<Record<VerdictKind, number>>;
}

export function tally(units: readonly JudgedUnit[]): Tally {
  const votes = { actionable: 0, "not-page-worthy": 0, expected: 0, duplicate: 0, noise: 0 };
  const sum = { weights: 0, squares: 0, worth: 0, noise: 0 };
  for (const { votes: own, weight } of units) {
    for (const kind of Object.keys(votes) as VerdictKind[]) votes[kind] += own[kind] ?? 0;
    sum.weights += weight;
    sum.squares += weight ** 2;
    sum.worth += weight * (own.actionable ?? 0);
    sum.noise += weight * (own.noise ?? 0);
  }
  const scale = sum.squares === 0 ? 0 : sum.weights / sum.squares;
  return {
    n: units.length,
    effective: sum.weights * scale,
    worth: sum.worth * scale,
    real: (sum.weights - sum.noise) * scale,
    disputed: units.filter(({ disputed }) => disputed).length,
    votes,
  };
}

/**
 * Prior means: all verdicts with one added that is half and half; each team's with one added that is like all. They weigh
 * `most` verdicts where rules are alike, fewer where one tells little of another.
 */
export function createPriors(
  units: readonly JudgedUnit[],
  of: (tally: Tally) => number,
  most: number,
): (team: string) => Prior {
  const strength = priorStrength(units, of, most);
  const all = tally(units);
  const overall = (of(all) + 0.5) / (all.effective + 1);
  const teams = new Map(
    [...groupBy(units, ({ team }) => team)].map(([team, own]) => {
      const judged = tally(own);
      return [team, (of(judged) + overall) / (judged.effective + 1)];
    }),
  );
  return (team) => ({ mean: teams.get(team) ?? overall, strength });
}

/** Method of moments of a beta-binomial: from the variance between rules and that within them. At least 1. */
function priorStrength(units: readonly JudgedUnit[], of: (tally: Tally) => number, most: number): number {
  const rules = [...groupBy(units, ({ rule }) => rule).values()].map((own) => {
    const judged = tally(own);
    return { n: own.length, share: of(judged) / judged.effective };
  });
  const [n, k] = [units.length, rules.length];
  if (k < 2 || n <= k) return most;
  const sum = (of: (rule: (typeof rules)[number]) => number) => rules.reduce((total, rule) => total + of(rule), 0);
  const mean = sum((rule) => rule.n * rule.share) / n;
  const between = sum((rule) => rule.n * (rule.share - mean) ** 2) / (k - 1);
  const within = sum((rule) => rule.n * rule.share * (1 - rule.share)) / (n - k);
  const size = (n - sum((rule) => rule.n ** 2) / n) / (k - 1);
  const alike = (between - within) / (between + (size - 1) * within);
  // Not alike by more than chance, or no variance at all: nothing says that rules differ.
  if (!(alike > 0)) return most;
  return Math.min(most, Math.max(1, 1 / alike - 1));
}

/** No percentage below the settings' few verdicts. `given`: how many of them say so, for when no share is shown. */
export function shownShare(
  { n, effective }: Pick<Tally, "n" | "effective">,
  k: number,
  given: number,
  prior: Prior,
  settings: NoiseSettings,
): Estimate {
  if (n < settings.fewVerdicts) return notKnown(`too few verdicts (${+given.toFixed(2)} of ${n})`, n);
  const { mean, low, high } = shrunk(k, effective, prior);
  return known(mean, low, high, n);
}

export function standingOf(worth: Estimate): "retire" | "trusted" | "ask" | "too-few" {
  if (worth.low === null || worth.high === null) return "too-few";
  return worth.high < 0.5 ? "retire" : worth.low > 0.8 ? "trusted" : "ask";
}
