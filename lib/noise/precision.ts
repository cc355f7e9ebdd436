/** How often a rule was worth a page, told honestly from few verdicts. */
import type { Estimate } from "@/lib/contract/noise-report";
import type { NoiseSettings } from "@/lib/domain/noise-settings";
import type { AlertVerdict, VerdictKind } from "@/lib/domain/on-call";
import { at } from "./at";
import { betaQuantile } from "./beta-quantile";
import { known, notKnown } from "./estimates";
import type { FireIndex } from "./index-fires";
import { groupBy } from "@/lib/domain/group-by";

/** One cluster judged for one rule: a flapping rule cannot collect two hundred votes. */
export interface JudgedUnit {
  readonly cluster: number;
  readonly rule: string;
  readonly team: string;
  readonly inMonth: boolean;
  /** Monitoring faults say nothing of a rule. */
  readonly fault: boolean;
  /** Shares of the votes; they add up to 1. */
  readonly votes: Readonly<Partial<Record<VerdictKind, number>>>;
  readonly disputed: boolean;
}

/** The last vote of each person counts; people who disagree count in parts. */
export function judgeUnits(
  verdicts: readonly AlertVerdict[],
  index: FireIndex,
  isFault: (fire: number) => boolean,
): Map<string, JudgedUnit> {
  const units = new Map<string, { episode: number; votes: Map<string, AlertVerdict> }>();
  for (const verdict of verdicts) {
    const episode = index.episodes.byId.get(verdict.episodeId);
    if (episode === undefined) continue;
    const key = unitKey(at(index.episodes.clusterOf, episode), ruleOf(index, episode));
    const unit = units.get(key) ?? { episode, votes: new Map<string, AlertVerdict>() };
    // Copies and order of the input must not matter: a tie of times goes to the name.
    const last = unit.votes.get(verdict.by);
    if (last === undefined || isLater(verdict, last)) unit.votes.set(verdict.by, verdict);
    unit.episode = Math.min(unit.episode, episode);
    units.set(key, unit);
  }
  const judged = new Map<string, JudgedUnit>();
  for (const [key, { episode, votes }] of [...units].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kinds = [...votes.values()].map(({ verdict }) => verdict).filter((kind) => kind !== null);
    if (kinds.length === 0) continue;
    const shares: Partial<Record<VerdictKind, number>> = {};
    for (const kind of kinds.sort()) shares[kind] = (shares[kind] ?? 0) + 1 / kinds.length;
    const fire = at(index.episodes.first, episode);
    const cluster = at(index.episodes.clusterOf, episode);
    const { from, to } = index.clusters.inMonth;
    judged.set(key, {
      cluster,
      rule: ruleOf(index, episode),
      team: at(index.fires, fire).team || "unknown",
      inMonth: cluster >= from && cluster < to,
      fault: isFault(fire),
      votes: shares,
      disputed: Object.keys(shares).length > 1,
    });
  }
  return judged;
}

export function unitKey(cluster: number, rule: string): string {
  return `${cluster}/${rule}`;
}

function ruleOf(index: FireIndex, episode: number): string {
  return at(index.fires, at(index.episodes.first, episode)).rule || "unknown";
}

function isLater(a: AlertVerdict, b: AlertVerdict): boolean {
  const apart = a.createdAt.getTime() - b.createdAt.getTime();
  return apart > 0 || (apart === 0 && String(a.verdict) > String(b.verdict));
}

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
  readonly n: number;
  readonly worth: number;
  readonly real: number;
  readonly disputed: number;
  readonly votes: Readonly<Record<VerdictKind, number>>;
}

export function tally(units: readonly JudgedUnit[]): Tally {
  const votes = { actionable: 0, "not-page-worthy": 0, expected: 0, duplicate: 0, noise: 0 };
  for (const unit of units) {
    for (const kind of Object.keys(votes) as VerdictKind[]) votes[kind] += unit.votes[kind] ?? 0;
  }
  return {
    n: units.length,
    worth: votes.actionable,
    real: units.length - votes.noise,
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
  const overall = (of(all) + 0.5) / (all.n + 1);
  const teams = new Map(
    [...groupBy(units, ({ team }) => team)].map(([team, own]) => [team, (of(tally(own)) + overall) / (own.length + 1)]),
  );
  return (team) => ({ mean: teams.get(team) ?? overall, strength });
}

/** Method of moments of a beta-binomial: from the variance between rules and that within them. At least 1. */
function priorStrength(units: readonly JudgedUnit[], of: (tally: Tally) => number, most: number): number {
  const rules = [...groupBy(units, ({ rule }) => rule).values()].map((own) => {
    return { n: own.length, share: of(tally(own)) / own.length };
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

/** No percentage below the settings' few verdicts. */
export function shownShare(k: number, n: number, prior: Prior, settings: NoiseSettings): Estimate {
  if (n < settings.fewVerdicts) return notKnown(`too few verdicts (${+k.toFixed(2)} of ${n})`, n);
  const { mean, low, high } = shrunk(k, n, prior);
  return known(mean, low, high, n);
}

export function standingOf(worth: Estimate): "retire" | "trusted" | "ask" | "too-few" {
  if (worth.low === null || worth.high === null) return "too-few";
  return worth.high < 0.5 ? "retire" : worth.low > 0.8 ? "trusted" : "ask";
}
