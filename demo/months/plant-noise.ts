/** The noise of a month, each mechanism planted with a count that is known: what an analysis should find. */
import type { Random } from "../story/random";
import type { Cause } from "./cause";
import { exponential, logNormal, spread } from "./draw";
import { FAULTY_RULES, ORDINARY_RULES, type MonthRule } from "./month-rules";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const BLIPS = [70, 45, 30, 22, 14, 9] as const;
const FLAP_RUNS = 4;
const TOGETHER = 10;
const WRONG_SEVERITY = 16;
const DEPLOYS = 6;
const ORPHANS = 18;
/** Weekday (0 is Sunday), hour and minute in UTC at which a job needs more than the rule allows. */
const BATCHES = [
  [[0, 2, 10], [3, 2, 10]],
  [[1, 3, 30], [2, 3, 30], [4, 3, 30]],
  [[6, 5, 0]],
] as const; // prettier-ignore

/** Conditions that start inside the span. `volume` scales how often, not what. */
export function plantNoise(random: Random, fromMs: number, toMs: number, volume: number): Cause[] {
  const times = (count: number) => Math.max(1, Math.round((count * volume * (toMs - fromMs)) / (30 * DAY_MS)));
  const apart = (count: number, distanceMs: number) => spread(random, times(count), fromMs, toMs - DAY_MS, distanceMs);
  return [
    ...FAULTY_RULES.blips.flatMap((rule, index) =>
      apart(BLIPS[index] ?? 0, 20 * MINUTE_MS).flatMap(blip(random, rule)),
    ),
    ...FAULTY_RULES.flaps.flatMap((rule) => apart(FLAP_RUNS, 5 * HOUR_MS).flatMap((at) => flap(random, rule, at))),
    ...FAULTY_RULES.stale.map((rule, index) => stale(random, rule, fromMs + (2 + index * 9) * DAY_MS)),
    ...FAULTY_RULES.batch.flatMap((rule, index) => batch(random, rule, BATCHES[index] ?? [], fromMs, toMs)),
    ...FAULTY_RULES.duplicates.flatMap((rules) =>
      apart(TOGETHER, 3 * HOUR_MS).flatMap((at) => together(random, rules, at, 20_000)),
    ),
    ...FAULTY_RULES.cascades.flatMap((rules) =>
      apart(TOGETHER, 3 * HOUR_MS).flatMap((at) => together(random, rules, at, 45_000)),
    ),
    ...FAULTY_RULES.wrongSeverity.flatMap((rule) =>
      apart(WRONG_SEVERITY, 8 * HOUR_MS).map((at) => cause(rule, at, logNormal(random, 40 * MINUTE_MS, 0.6), "noise")),
    ),
    ...apart(DEPLOYS, 2 * HOUR_MS).flatMap((at) => noData(random, at)),
    ...apart(ORPHANS, 4 * HOUR_MS).map((at) =>
      cause(FAULTY_RULES.orphanHost, at, 12 * MINUTE_MS + exponential(random, 20 * MINUTE_MS), "noise"),
    ),
    ...falseAlarms(random, fromMs, toMs, volume),
  ];
}

/** Over before anybody could look; now and then too short even for the rule's own wait. */
function blip(random: Random, rule: MonthRule) {
  return (atMs: number): Cause[] => {
    const under = random.chance(0.15) ? [cause(rule, atMs - 8 * MINUTE_MS, 15_000, "noise")] : [];
    return [...under, cause(rule, atMs, random.between(95_000, 255_000), "noise")];
  };
}

/** A telegraph: on and off, on and off, for one and a half to three hours. */
function flap(random: Random, rule: MonthRule, fromMs: number): Cause[] {
  const toMs = fromMs + random.between(90, 180) * MINUTE_MS;
  const causes: Cause[] = [];
  for (let at = fromMs; at < toMs;) {
    const onMs = random.between(2, 4.5) * MINUTE_MS;
    causes.push(cause(rule, at, onMs, "noise"));
    at += onMs + random.between(2, 5) * MINUTE_MS;
  }
  return causes;
}

function stale(random: Random, rule: MonthRule, atMs: number): Cause {
  return cause(rule, atMs, random.between(40, 130) * HOUR_MS, "not-page-worthy");
}

function batch(
  random: Random,
  rule: MonthRule,
  slots: readonly (readonly [weekday: number, hour: number, minute: number])[],
  fromMs: number,
  toMs: number,
): Cause[] {
  const causes: Cause[] = [];
  for (let day = fromMs; day < toMs; day += DAY_MS) {
    for (const [weekday, hour, minute] of slots) {
      if (new Date(day).getUTCDay() !== weekday) continue;
      const atMs = day + hour * HOUR_MS + minute * MINUTE_MS + random.between(0, 4) * MINUTE_MS;
      causes.push(cause(rule, atMs, random.between(15, 35) * MINUTE_MS, "expected"));
    }
  }
  return causes;
}

/** The first is worth a page, the others say it again after a delay. */
function together(random: Random, rules: readonly MonthRule[], atMs: number, lagMs: number): Cause[] {
  const lengthMs = Math.max(9 * MINUTE_MS, logNormal(random, 25 * MINUTE_MS, 0.6));
  const incident = `together-${String(atMs)}`;
  return rules.map((rule, index) => ({
    ...cause(rule, atMs + index * lagMs * random.between(0.5, 1.1), lengthMs, index === 0 ? "actionable" : "duplicate"),
    incident,
  }));
}

/** A deploy renames its series, and every rule that read the old ones has no data. */
function noData(random: Random, atMs: number): Cause[] {
  const rules = ["StatusApiErrors", "BillingApiErrors", "SearchApiErrors", "InventoryErrors"];
  return rules.slice(0, random.integer(2, 4)).map((rulename, index) => ({
    ...cause(FAULTY_RULES.noData, atMs + index * 5_000, random.between(6, 20) * MINUTE_MS, "noise"),
    labels: { rulename, datasource_uid: "prometheus" },
  }));
}

/** Ordinary rules are wrong as well, a few of them often: how much of a rule is noise goes with its place. */
function falseAlarms(random: Random, fromMs: number, toMs: number, volume: number): Cause[] {
  return ORDINARY_RULES.flatMap((rule, index) => {
    const mean = (30 * volume * (toMs - fromMs)) / (30 * DAY_MS) / (((index * 37) % ORDINARY_RULES.length) + 1);
    const causes: Cause[] = [];
    const everyMs = (toMs - fromMs) / mean;
    for (let at = fromMs + exponential(random, everyMs); at < toMs; at += exponential(random, everyMs)) {
      const truth = random.chance(0.6) ? "noise" : "not-page-worthy";
      const lengthMs = 6 * MINUTE_MS + rule.forSeconds * 1_000 + exponential(random, 14 * MINUTE_MS);
      causes.push({ ...cause(rule, at, lengthMs, truth), why: "false-alarm" });
    }
    return causes;
  });
}

function cause(rule: MonthRule, atMs: number, lengthMs: number, truth: Cause["truth"]): Cause {
  const fromMs = Math.round(atMs);
  return {
    rule,
    fromMs,
    toMs: Math.round(fromMs + lengthMs),
    labels: {},
    why: rule.fault ?? "false-alarm",
    incident: null,
    truth,
  };
}
