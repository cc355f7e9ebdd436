/** One month of alerts, measured. Definitions: docs/noise-definitions.md. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import type { NoiseInput } from "@/lib/domain/noise-input";
import type { NoiseSettings } from "@/lib/domain/noise-settings";
import { measureAcks } from "./ack-risks";
import { at } from "./at";
import { findCofiring } from "./cofiring";
import { groupCofiring } from "./cofiring-groups";
import { measureEstimates } from "./estimate-pages";
import { measureFiringTimes } from "./firing-times";
import { measureHead, type Measures } from "./head-numbers";
import { breakdown, loadsBy, sumLoads } from "./loads";
import { markMonth, type Marks } from "./marks";
import { findMovers } from "./movers";
import { prepareMonth, type Month } from "./prepare-month";
import { measureQuality } from "./quality";
import { measureRecall } from "./recall";
import type { ReviewFacts } from "./review-facts";
import { answerQuestions } from "./review-questions";
import { createRows, type RowsOf } from "./rows";
import { measureRanking, measureRules } from "./rule-lines";
import { writeSentences } from "./sentences";
import { measureShiftLoad } from "./shift-load";
import { finish, step, type Steps } from "./steps";
import { measureTrend } from "./trend";
import { episodesToJudge } from "./verdict-sample";
import { summariseWeak } from "./weak-labels";

export interface Measured {
  readonly report: NoiseReport;
  /** Ids behind a figure or a group of it: as many as the figure says. */
  readonly rowsOf: RowsOf;
  /** An episode of each drawn cluster and rule that nobody judged yet. */
  readonly toJudge: readonly string[];
}

/**
 * Measures a month. The answer depends on the input's content alone: not on its order, not on copies in it.
 * `facts` are what the review may know beyond alerts; questions about the rest are answered "not known because …".
 */
export function measureMonth(input: NoiseInput, settings: NoiseSettings, facts: ReviewFacts = {}): Measured {
  return finish(measureInSteps(input, settings, facts));
}

/** The same, for a process that has others to answer. */
export function* measureInSteps(input: NoiseInput, settings: NoiseSettings, facts: ReviewFacts = {}): Steps<Measured> {
  const { before: inputBefore, ...own } = input;
  const now = yield* measure(own, settings, facts);
  const before = inputBefore && (yield* measure(inputBefore, settings, {}));
  const { month, load, recall } = now;
  const marks = yield* markMonth(month);
  const times = yield* measureFiringTimes(month, marks.endings);
  const rules = yield* step(measureRules(month, marks, times));
  const numbers = measureHead(now, before);
  const cofiring = yield* findCofiring(month.index, month.from, month.until);
  const names = new Map(rules.map(({ rule, name }) => [rule, name]));
  for (const { rule, name } of inputBefore?.rules ?? []) if (!names.has(rule)) names.set(rule, name || rule);
  const report: NoiseReport = {
    month: input.month,
    from: input.from.toISOString(),
    to: input.to.toISOString(),
    watermark: input.watermark.toISOString(),
    settings,
    quality: yield* step(measureQuality(month, marks, facts)),
    numbers,
    sentences: writeSentences(numbers, rules, recall.figures),
    totals: yield* step(totalsOf(month, marks, load.onCallNights)),
    ack: measureAcks(month.pages, month.index, month.evidence, month.until),
    duration: times.duration,
    rules,
    breakdowns: {
      service: yield* step(breakdown(month, "service")),
      team: yield* step(breakdown(month, "team")),
      owner: yield* step(breakdown(month, "owner")),
      severity: yield* step(breakdown(month, "severity")),
      receiver: yield* step(breakdown(month, "receiver")),
    },
    matrix: matrixOf(month),
    cofiring,
    cofiringGroups: yield* groupCofiring(cofiring),
    heat: heatOf(month),
    shifts: {
      slices: [...load.slices],
      overTarget: load.overTarget,
      most: load.most,
      people: load.people.length,
    },
    people: [...load.people],
    trend: measureTrend(month, load.onCall, before && { month: before.month, onCall: before.load.onCall }),
    movers: yield* step(findMovers(month, before?.month ?? null, (rule) => names.get(rule) ?? rule)),
    recall: recall.figures,
    firingTimes: [...times.steps],
    ranking: measureRanking(month, rules),
    weak: summariseWeak(marks.weak, settings.fewVerdicts),
    estimated: measureEstimates(month),
    questions: answerQuestions(now, rules, facts),
  };
  return { report, rowsOf: createRows(month, marks, recall, report), toJudge: episodesToJudge(month) };
}

function* measure(input: Omit<NoiseInput, "before">, settings: NoiseSettings, facts: ReviewFacts): Steps<Measures> {
  const month = yield* prepareMonth(input, settings);
  return { month, load: yield* step(measureShiftLoad(month)), recall: yield* step(measureRecall(month, facts)) };
}

/** All alerts, monitoring faults among them: those cost people as much. `faults` says how many of these they are. */
function totalsOf(month: Month, marks: Marks, onCallNights: number): NoiseReport["totals"] {
  const { index, own } = month;
  const hours = { business: 0, off: 0, sleep: 0 };
  for (const { clock } of own) hours[clock.hourClass] += 1;
  const faultEpisode = (episode: number) => month.isFault(at(index.episodes.first, episode));
  let faultEpisodes = 0;
  for (let one = index.episodes.inMonth.from; one < index.episodes.inMonth.to; one += 1) {
    faultEpisodes += Number(faultEpisode(one));
  }
  return {
    ...sumLoads(loadsBy(month, "rule").values()),
    disturbedNights: own.filter(({ disturbs }) => disturbs).length,
    onCallNights,
    storms: own.filter(({ storm }) => storm).length,
    hours,
    transient: marks.transient.length,
    stale: marks.stale.length,
    flappingFires: marks.flapping.length,
    redundantPages: marks.redundant.length,
    orphans: marks.orphans.length,
    faults: {
      fires: marks.faults.length,
      episodes: faultEpisodes,
      pages: own.filter(({ episode }) => episode >= 0 && faultEpisode(episode)).length,
    },
  };
}

/** Owner of the rule by team of the person: who makes noise for whom. */
function matrixOf(month: Month): NoiseReport["matrix"] {
  const cells = new Map<string, NoiseReport["matrix"][number]>();
  for (const { place, person } of month.own) {
    const paged = person?.team || "unknown";
    const key = JSON.stringify([place.owner, paged]);
    cells.set(key, { owner: place.owner, paged, pages: (cells.get(key)?.pages ?? 0) + 1 });
  }
  return [...cells.values()].sort((a, b) => b.pages - a.pages || (a.owner + a.paged < b.owner + b.paged ? -1 : 1));
}

function heatOf(month: Month): NoiseReport["heat"] {
  const cells = new Map<number, NoiseReport["heat"][number]>();
  for (const { clock } of month.own) {
    const { weekday, hour, hourClass } = clock;
    const pages = (cells.get(weekday * 24 + hour)?.pages ?? 0) + 1;
    cells.set(weekday * 24 + hour, { weekday, hour, pages, sleep: hourClass === "sleep" });
  }
  return [...cells].sort(([a], [b]) => a - b).map(([, cell]) => cell);
}
