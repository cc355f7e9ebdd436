/** Breaches of the paging policy that alert history alone can show. */
import { at } from "./at";
import type { PageRow } from "./index-pages";
import type { NoiseRule } from "@/lib/domain/noise-input";
import type { Tally } from "./precision";
import type { NoiseSettings } from "@/lib/domain/noise-settings";

const HOUR = 3_600_000;
const WEEK = 168;
const BELOW_PAGING = new Set(["warning", "warn", "info", "informational", "low", "minor", "debug", "none"]);

export interface LintFacts {
  readonly rule: NoiseRule | undefined;
  readonly severity: string;
  /** Start of each fire of the month. */
  readonly starts: readonly number[];
  readonly pages: readonly PageRow[];
  readonly votes: Tally;
  readonly stale: number;
  /** All fires were meant for nobody: no receiver is named. */
  readonly toNobody: boolean;
}

/** Words in a fixed order. Rules that page nobody are only asked whether anybody receives them, and for staleness. */
export function lintRule(facts: LintFacts, settings: NoiseSettings): string[] {
  const pages = facts.pages.length > 0;
  const votes = facts.votes;
  const enough = votes.n >= settings.fewVerdicts;
  const breaches: readonly [string, boolean][] = [
    ["single-warning-pages", pages && BELOW_PAGING.has(facts.severity.toLowerCase())],
    ["expected-batch", pages && ((enough && votes.votes.expected >= 0.6 * votes.n) || isPredictable(facts.starts))],
    ["no-owner", pages && !facts.rule?.owner],
    ["no-runbook", pages && !facts.rule?.runbook],
    ["never-actionable", pages && enough && votes.worth === 0],
    ["stale", facts.stale > 0],
    ["routed-to-nobody", !pages && facts.toNobody],
  ];
  return breaches.filter(([, breached]) => breached).map(([word]) => word);
}

/** At least 80 % of the fires in at most three hours of the week, over at least three weeks. */
export function isPredictable(starts: readonly number[]): boolean {
  const hours = new Map<number, number>();
  const weeks = new Set<number>();
  for (const start of starts) {
    const hour = Math.floor(start / HOUR);
    hours.set(hour % WEEK, (hours.get(hour % WEEK) ?? 0) + 1);
    weeks.add(Math.floor(hour / WEEK));
  }
  const top = [...hours.values()].sort((a, b) => b - a).slice(0, 3);
  return weeks.size >= 3 && top.reduce((sum, count) => sum + count, 0) >= 0.8 * starts.length && at(top, 0) >= 3;
}
