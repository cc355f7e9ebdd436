/** One line for each rule, dearest noise first. */
import type { NoiseReport, RuleLine } from "@/lib/contract/noise-report";
import { at } from "./at";
import { classifyRule } from "./classify-rule";
import { countBy } from "./count-by";
import { type FiringTimes, forToRemove } from "./firing-times";
import { emptyLoad, loadsBy } from "./loads";
import type { Marks } from "./marks";
import { costOf, kendallTau } from "./noise-cost";
import { lintRule } from "./policy-lint";
import type { JudgedUnit } from "./judged-units";
import { shownShare, standingOf, tally } from "./precision";
import type { Month } from "./prepare-month";
import { summariseWeak } from "./weak-labels";
import { groupBy } from "@/lib/domain/group-by";

export function measureRules(month: Month, marks: Marks, times: FiringTimes): RuleLine[] {
  const { index, settings } = month;
  const { codes, names } = index.coded.rule;
  const ruleOf = (fire: number) => at(names, at(codes, fire));
  const loads = loadsBy(month, "rule");
  const definitions = new Map(month.input.rules.map((rule) => [rule.rule, rule]));
  const units = groupBy(month.judged, ({ rule }) => rule);
  const pages = groupBy(month.own, ({ place }) => place.rule);
  const weak = groupBy(marks.weak, ({ unit }) => unit.rule);
  const paging = countBy([...month.sample.values()].map(({ rule }) => rule));
  const fires = firesByRule(month);
  const countFires = (list: readonly number[]) => countBy(list.map(ruleOf));
  const countPages = (list: Marks["orphans"]) => countBy(list.map(({ place }) => place.rule));
  const counts = {
    transient: countFires(marks.transient),
    stale: countFires(marks.stale),
    flappingFires: countFires(marks.flapping),
    redundantPages: countPages(marks.redundant),
    orphans: countPages(marks.orphans),
    notYetKnown: countPages(marks.notYetKnown),
  };
  return [...loads.keys()]
    .map((rule): RuleLine => {
      const own = fires.get(rule);
      const paged = pages.get(rule) ?? [];
      // A rule that fired before the month and paged in it has no fire of its own here.
      const place = own === undefined ? paged[0]?.place : month.placeOf(own.last);
      const judged = units.get(rule) ?? [];
      const votes = tally(judged);
      const team = place?.team ?? "unknown";
      const { actionable, noise } = votes.votes;
      const worthPaging = shownShare(votes, votes.worth, actionable, month.priorWorth(team), settings);
      const definition = definitions.get(rule);
      const stale = counts.stale.get(rule) ?? 0;
      return {
        rule,
        name: definition?.name || (own === undefined ? "" : at(index.fires, own.last).name) || rule,
        owner: place?.owner ?? "unknown",
        service: place?.service ?? "unknown",
        team,
        severity: place?.severity ?? "unknown",
        ...(loads.get(rule) ?? emptyLoad()),
        votes: votes.votes,
        disputed: votes.disputed,
        worthPaging,
        basis: basisOf(judged, paging.get(rule) ?? 0, votes.effective),
        conditionReal: shownShare(votes, votes.real, votes.n - noise, month.priorReal(team), settings),
        weak: summariseWeak(weak.get(rule) ?? [], settings.fewVerdicts),
        standing: standingOf(worthPaging),
        transient: counts.transient.get(rule) ?? 0,
        stale,
        flappingFires: counts.flappingFires.get(rule) ?? 0,
        redundantPages: counts.redundantPages.get(rule) ?? 0,
        orphans: counts.orphans.get(rule) ?? 0,
        notYetKnown: counts.notYetKnown.get(rule) ?? 0,
        watches: classifyRule({ name: definition?.name || rule, expression: "", declaredClass: "", ...definition }),
        lint: lintRule(
          {
            rule: definition,
            severity: place?.severity ?? "unknown",
            starts: own?.starts ?? [],
            pages: paged,
            votes,
            stale,
            toNobody: own?.toNobody ?? false,
          },
          settings,
        ),
        forToRemove: forToRemove(times.ofRule.get(rule)),
      };
    })
    .sort(
      (a, b) => b.noiseMinutes - a.noiseMinutes || b.pages - a.pages || b.fires - a.fires || (a.rule < b.rule ? -1 : 1),
    );
}

/** Whose verdicts an estimate rests on. `of`: clusters that page for the rule, judged or not. */
function basisOf(judged: readonly JudgedUnit[], of: number, effective: number): RuleLine["basis"] {
  const asked = judged.filter((unit) => unit.asked).length;
  return { asked, volunteered: judged.length - asked, of: Math.max(of, judged.length), effective };
}

interface RuleFires {
  last: number;
  readonly starts: number[];
  toNobody: boolean;
}

function firesByRule({ index }: Month): Map<string, RuleFires> {
  const { rule, receiver } = index.coded;
  const nobody = receiver.names.indexOf("unknown");
  const fires = rule.names.map((): RuleFires => ({ last: -1, starts: [], toNobody: true }));
  for (let fire = index.inMonth.from; fire < index.inMonth.to; fire += 1) {
    const own = at(fires, at(rule.codes, fire));
    own.last = fire;
    own.starts.push(at(index.starts, fire));
    own.toNobody &&= at(receiver.codes, fire) === nobody;
  }
  return new Map(rule.names.map((name, code) => [name, at(fires, code)] as const).filter(([, own]) => own.last >= 0));
}

/** How much of the noise the ten dearest rules make, and whether they stay so when nights and evenings weigh otherwise. */
export function measureRanking(month: Month, rules: readonly RuleLine[]): NoiseReport["ranking"] {
  const total = rules.reduce((sum, { noiseMinutes }) => sum + noiseMinutes, 0);
  const top = rules.slice(0, 10).filter(({ noiseMinutes }) => noiseMinutes > 0);
  const pages = groupBy(month.own, ({ place }) => place.rule);
  const weighed = (factor: number) => {
    const { business, off, sleep, redundant } = month.settings.cost;
    const cost = { business, off: off * factor, sleep: sleep * factor, redundant };
    return top.map(({ rule }) =>
      (pages.get(rule) ?? []).reduce((sum, row) => {
        const priced = month.priced.get(row);
        return priced === undefined || priced.cost === 0 ? sum : sum + (costOf(row, cost) * priced.noise) / priced.cost;
      }, 0),
    );
  };
  const now = top.map(({ noiseMinutes }) => noiseMinutes);
  return {
    topTenShare: total === 0 ? null : now.reduce((sum, minutes) => sum + minutes, 0) / total,
    tauHalf: kendallTau(now, weighed(0.5)),
    tauDouble: kendallTau(now, weighed(2)),
  };
}
