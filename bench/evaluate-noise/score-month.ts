/** A report against what was planted. Pure counting. */
import { FAULTY_RULES, type Mechanism } from "@/demo/months/month-rules";
import type { MonthFire } from "@/demo/months/month-fires";
import type { SimulatedMonth } from "@/demo/months/simulate-month";
import type { NoiseReport } from "@/lib/contract/noise-report";
import { VERDICTS } from "@/lib/domain/on-call";
import type { MonthSeen } from "./month-input";

const MINUTE_MS = 60_000;

export interface Share {
  readonly found: number;
  readonly of: number;
}

export interface MonthScore {
  readonly mechanisms: Readonly<Record<Mechanism | "undetected-impact", Share>>;
  /** Planted families of rules, those of three and more among them, that are one group with exactly their rules. */
  readonly families: Share;
  /** Rules that are worth their pages more often than not, and stand among those to retire, by verdicts. */
  readonly wronglyRetired: readonly { readonly name: string; readonly verdicts: number }[];
  /** Rules with a stated worth-paging whose interval holds what verdicts on all of its pages would say: some are wrong. */
  readonly intervals: Share;
  /** Of these, rules that are now worth it and now not: others have nothing that a selection could twist. */
  readonly mixed: Share;
}

type ReportRule = NoiseReport["rules"][number];

export function scoreMonth(month: SimulatedMonth, seen: MonthSeen, report: NoiseReport, wrong: number): MonthScore {
  const heard = [...seen.episodeOf.keys()].filter(({ startMs }) => startMs >= month.fromMs && startMs < month.toMs);
  const line = (name: string) => report.rules.find((one) => one.name === name);
  /** Planted ones of each rule that its line owns up to. */
  const counted = (planted: readonly MonthFire[], figure: (rule: ReportRule) => number): Share =>
    total(
      [...byRule(planted)].map(([name, fires]) => {
        const rule = line(name);
        return { found: Math.min(fires.length, rule === undefined ? 0 : figure(rule)), of: fires.length };
      }),
    );
  const flagged = (rules: readonly { readonly name: string }[], breach: string): Share =>
    total(rules.map(({ name }) => ({ found: line(name)?.lint.includes(breach) === true ? 1 : 0, of: 1 })));
  const paired = (chains: readonly (readonly { readonly name: string }[])[]): Share =>
    total(
      chains.flatMap(([first, ...others]) =>
        others.map(({ name }) => ({ found: firesTogether(report, first?.name ?? "", name) ? 1 : 0, of: 1 })),
      ),
    );
  const why = (mechanism: Mechanism) => heard.filter(({ cause }) => cause.why === mechanism);
  const undetected = month.impacts.filter(({ detected }) => !detected).length;
  return {
    mechanisms: {
      blip: counted(leftAlone(month, seen, why("blip")), ({ transient }) => transient),
      flap: counted(insideFlapping(why("flap")), ({ flappingFires }) => flappingFires),
      stale: counted(
        heard.filter(({ startMs, endMs }) => endMs - startMs > 24 * 60 * MINUTE_MS),
        ({ stale }) => stale,
      ),
      batch: flagged(FAULTY_RULES.batch, "expected-batch"),
      "duplicate-rule": paired(FAULTY_RULES.duplicates),
      cascade: paired(FAULTY_RULES.cascades),
      "wrong-severity": flagged(FAULTY_RULES.wrongSeverity, "single-warning-pages"),
      "no-data": { found: Math.min(report.totals.faults.fires, why("no-data").length), of: why("no-data").length },
      "orphan-host": flagged([FAULTY_RULES.orphanHost], "no-owner"),
      "undetected-impact": {
        found: Math.min(report.recall.impacts - report.recall.detected, undetected),
        of: undetected,
      },
    },
    families: familiesOf(report),
    ...judgedRules(month, seen, report, wrong),
  };
}

function familiesOf({ cofiringGroups }: NoiseReport): Share {
  const told = new Set(cofiringGroups?.groups.map(({ rules }) => rules.join()));
  const planted = [...FAULTY_RULES.duplicates, ...FAULTY_RULES.cascades].map((rules) =>
    rules.map(({ name }) => name).sort(),
  );
  return { found: planted.filter((rules) => told.has(rules.join())).length, of: planted.length };
}

/** Blips that nobody acknowledged: one that a person took up is not transient by definition. */
function leftAlone(month: SimulatedMonth, seen: MonthSeen, blips: readonly MonthFire[]): MonthFire[] {
  const touched = new Set([
    ...month.pages.filter(({ ackedAtMs }) => ackedAtMs !== null).map(({ fire }) => seen.episodeOf.get(fire)),
    ...seen.input.acts.map(({ episodeId }) => episodeId ?? undefined),
  ]);
  const ended = new Set(seen.input.fires.filter(({ endReason }) => endReason === "resolved").map(({ id }) => id));
  return blips.filter((fire) => {
    const episode = seen.episodeOf.get(fire);
    return !touched.has(episode) && ended.has(`${fire.fingerprint}-${String(fire.startMs)}`);
  });
}

/** Those with at least six changes in the hour before them: from there on the definition calls it flapping. */
function insideFlapping(fires: readonly MonthFire[]): MonthFire[] {
  return fires.filter((fire) => {
    const own = fires.filter(({ fingerprint }) => fingerprint === fire.fingerprint);
    const changes = own.flatMap(({ startMs, endMs }) => [startMs, endMs]);
    return changes.filter((at) => at > fire.startMs - 60 * MINUTE_MS && at <= fire.startMs).length >= 6;
  });
}

function firesTogether(report: NoiseReport, one: string, other: string): boolean {
  return report.cofiring.some(({ a, b }) => (a === one && b === other) || (a === other && b === one));
}

function judgedRules(month: SimulatedMonth, seen: MonthSeen, report: NoiseReport, wrong: number) {
  const wronglyRetired: { readonly name: string; readonly verdicts: number }[] = [];
  const intervals: Share[] = [];
  const mixed: Share[] = [];
  const worth = trueWorth(month, seen);
  for (const { name, standing, worthPaging } of report.rules) {
    const truth = worth.get(name);
    if (truth === undefined) continue;
    const { value, low, high, n } = worthPaging;
    if (standing === "retire" && truth >= 0.5) wronglyRetired.push({ name, verdicts: n });
    if (value === null || low === null || high === null) continue;
    const wouldSay = truth * (1 - wrong) + ((1 - truth) * wrong) / (VERDICTS.length - 1);
    const held = { found: wouldSay >= low && wouldSay <= high ? 1 : 0, of: 1 };
    intervals.push(held);
    if (truth > 0.1 && truth < 0.9) mixed.push(held);
  }
  return { wronglyRetired, intervals: total(intervals), mixed: total(mixed) };
}

/** Of the paged episodes of a rule, the share that was worth it. */
function trueWorth(month: SimulatedMonth, seen: MonthSeen): Map<string, number> {
  const episodes = new Map<string, MonthFire>();
  for (const { fire } of month.pages) {
    const episode = seen.episodeOf.get(fire);
    if (episode !== undefined && !episodes.has(episode)) episodes.set(episode, fire);
  }
  return new Map(
    [...byRule([...episodes.values()])].map(([name, fires]) => [
      name,
      fires.filter(({ cause }) => cause.truth === "actionable").length / fires.length,
    ]),
  );
}

function byRule(fires: readonly MonthFire[]): Map<string, MonthFire[]> {
  const rules = new Map<string, MonthFire[]>();
  for (const fire of fires) {
    const { name } = fire.cause.rule;
    rules.set(name, [...(rules.get(name) ?? []), fire]);
  }
  return rules;
}

export function total(shares: readonly Share[]): Share {
  return shares.reduce((sum, { found, of }) => ({ found: sum.found + found, of: sum.of + of }), { found: 0, of: 0 });
}
