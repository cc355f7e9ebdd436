/** Rules that start together far more often than their hours of the week explain. */
import type { CofiringPair } from "@/lib/contract/cofiring";
import { at } from "./at";
import { logGamma } from "./beta-quantile";
import { quantile } from "./estimates";
import { type FireIndex, lowerBound } from "./index-fires";
import { step, type Steps } from "./steps";

const WINDOW = 120_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const WEEK_HOURS = 168;
const FALSE_DISCOVERY = 0.01;
const FEWEST = 5;
const LIFT = 5;
const SHARE = 0.3;
const LEAST_EXPECTED = 1e-6;
/** Rules with the most episodes that are compared; a matrix of all pairs stays small. */
const MOST_RULES = 1500;

/** Pairs by p; `a` is the one that leads. Those kept pass Benjamini and Hochberg's test over all pairs of rules. */
export function* findCofiring(index: FireIndex, from: number, until: number): Steps<CofiringPair[]> {
  const episodes = yield* step(episodesByRule(index));
  const all = episodes.size;
  const rules = [...episodes]
    .filter(([, own]) => own.length >= FEWEST)
    .map(([rule, own]) => [rule, own.map((episode) => at(index.episodes.start, episode))] as const)
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .slice(0, MOST_RULES);
  const seconds = secondsByHour(from, until);
  const hours = rules.map(([, times]) => countByHour(times));
  const pairs: CofiringPair[] = [];
  for (const [i, j, most] of yield* screen(rules.map(([, times]) => times))) {
    yield;
    const [a, b] = [at(rules, i), at(rules, j)];
    const expected = expectedTogether(at(hours, i), at(hours, j), seconds);
    if (most < LIFT * expected) continue;
    const lags = lagsOf(a[1], b[1]);
    const together = Math.min(lags.length, lagsOf(b[1], a[1]).length);
    const share = together / Math.min(a[1].length, b[1].length);
    if (together < FEWEST || share < SHARE || together < LIFT * expected) continue;
    lags.sort((x, y) => x - y);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => quantile(lags, q) ?? 0) as [number, number, number];
    const facts = { together, expected, lift: together / expected, share, p: poissonTail(together, expected) };
    pairs.push(
      middle >= 0
        ? { a: a[0], b: b[0], ...facts, lagSeconds: middle, lagLow: low, lagHigh: high }
        : { a: b[0], b: a[0], ...facts, lagSeconds: -middle, lagLow: -high, lagHigh: -low },
    );
  }
  pairs.sort((x, y) => x.p - y.p || y.lift - x.lift || (x.a + x.b < y.a + y.b ? -1 : 1));
  return pairs.slice(
    0,
    discoveries(
      pairs.map(({ p }) => p),
      (all * (all - 1)) / 2,
    ),
  );
}

/**
 * How many of the smallest p-values are discoveries among `tests`. Sorted values; those of tests that are not in the
 * list count as 1, which can only make it stricter.
 */
export function discoveries(sorted: readonly number[], tests: number): number {
  let kept = 0;
  sorted.forEach((p, rank) => {
    if (p <= ((rank + 1) / tests) * FALSE_DISCOVERY) kept = rank + 1;
  });
  return kept;
}

/** Chance of at least n events where so many are expected. */
export function poissonTail(n: number, expected: number): number {
  if (n === 0) return 1;
  if (expected === 0) return 0;
  let term = Math.exp(-expected + n * Math.log(expected) - logGamma(n + 1));
  let sum = 0;
  for (let k = n; k < n + 10_000 && (term > sum * 1e-15 || k < expected); k += 1) {
    sum += term;
    term *= expected / (k + 1);
  }
  return Math.min(1, sum);
}

/** Episodes behind the `together` of a pair, by start: those of the side that has fewer. */
export function createTogether(index: FireIndex): (a: string, b: string) => readonly number[] {
  const episodes = episodesByRule(index);
  const near = (own: readonly number[], others: readonly number[]) => {
    const starts = others.map((episode) => at(index.episodes.start, episode));
    return own.filter((episode) => lagsOf([at(index.episodes.start, episode)], starts).length > 0);
  };
  return (a, b) => {
    const [ofA, ofB] = [episodes.get(a) ?? [], episodes.get(b) ?? []];
    const [fromA, fromB] = [near(ofA, ofB), near(ofB, ofA)];
    return fromA.length <= fromB.length ? fromA : fromB;
  };
}

/** Of the month. */
function episodesByRule(index: FireIndex): Map<string, number[]> {
  const { codes, names } = index.coded.rule;
  const episodes = names.map((): number[] => []);
  for (let episode = index.episodes.inMonth.from; episode < index.episodes.inMonth.to; episode += 1) {
    at(episodes, at(codes, at(index.episodes.first, episode))).push(episode);
  }
  return new Map(names.map((name, code) => [name, at(episodes, code)] as const).filter(([, own]) => own.length > 0));
}

type Candidate = readonly [a: number, b: number, most: number];

/** Pairs that could pass the gates, with the most that they can have together, from counts by minutes: whatever is at most 120 s apart is at most two minutes apart. */
function* screen(starts: readonly (readonly number[])[]): Steps<Candidate[]> {
  const together = yield* step(countTogether(yield* step(countByMinute(starts)), starts.length));
  const candidates: Candidate[] = [];
  for (let i = 0; i < starts.length; i += 1) {
    for (let j = i + 1; j < starts.length; j += 1) {
      const most = Math.min(at(together, i * starts.length + j), at(together, j * starts.length + i));
      const fewer = Math.min(at(starts, i).length, at(starts, j).length);
      if (most >= FEWEST && most >= SHARE * fewer) candidates.push([i, j, most]);
    }
  }
  return candidates;
}

/** How often each rule starts in each minute. */
function countByMinute(starts: readonly (readonly number[])[]): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const minutes = new Map<number, Map<number, number>>();
  starts.forEach((times, rule) => {
    for (const time of times) {
      const minute = Math.floor(time / MINUTE);
      let present = minutes.get(minute);
      if (present === undefined) minutes.set(minute, (present = new Map()));
      present.set(rule, (present.get(rule) ?? 0) + 1);
    }
  });
  return minutes;
}

/** For each rule, in its row: how many of its starts are at most two minutes from one of the other. */
function countTogether(minutes: ReadonlyMap<number, ReadonlyMap<number, number>>, count: number): Int32Array {
  const together = new Int32Array(count * count);
  for (const [minute, present] of minutes) {
    const near = new Set<number>();
    for (let beside = minute - 2; beside <= minute + 2; beside += 1) {
      for (const rule of minutes.get(beside)?.keys() ?? []) near.add(rule);
    }
    const others = [...near];
    for (const [rule, times] of present) {
      const row = rule * count;
      for (const other of others) together[row + other] = (together[row + other] ?? 0) + times;
    }
  }
  return together;
}

/** Seconds from each start of a to the nearest of b, of those that have one within the window. */
function lagsOf(a: readonly number[], b: readonly number[]): number[] {
  const lags: number[] = [];
  for (const start of a) {
    const after = lowerBound(b, start);
    const next = (b[after] ?? Infinity) - start;
    const last = start - (b[after - 1] ?? -Infinity);
    if (Math.min(next, last) <= WINDOW) lags.push((next <= last ? next : -last) / 1000);
  }
  return lags;
}

function hourOfWeek(time: number): number {
  return Math.floor(time / HOUR) % WEEK_HOURS;
}

function countByHour(times: readonly number[]): Int32Array {
  const counts = new Int32Array(WEEK_HOURS);
  for (const time of times) counts[hourOfWeek(time)] = at(counts, hourOfWeek(time)) + 1;
  return counts;
}

function secondsByHour(from: number, until: number): Float64Array {
  const seconds = new Float64Array(WEEK_HOURS);
  for (let time = from; time < until; time = (Math.floor(time / HOUR) + 1) * HOUR) {
    const end = Math.min(until, (Math.floor(time / HOUR) + 1) * HOUR);
    seconds[hourOfWeek(time)] = at(seconds, hourOfWeek(time)) + (end - time) / 1000;
  }
  return seconds;
}

/** Never nothing: what was seen together was not impossible. */
function expectedTogether(a: Int32Array, b: Int32Array, seconds: Float64Array): number {
  let expected = 0;
  for (let hour = 0; hour < WEEK_HOURS; hour += 1) {
    const both = (a[hour] ?? 0) * (b[hour] ?? 0);
    if (both > 0) expected += (((2 * WINDOW) / 1000) * both) / (seconds[hour] || HOUR / 1000);
  }
  return Math.max(expected, LEAST_EXPECTED);
}
