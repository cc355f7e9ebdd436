/** Fires in one order, their episodes and clusters, with the ranges that belong to the month. */
import type { NoiseFire, NoiseInput } from "@/lib/domain/noise-input";
import type { NoiseSettings } from "@/lib/domain/noise-settings";
import { at } from "./at";
import { clusterEpisodes } from "./clusters";
import { step, type Steps } from "./steps";

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** One value of each fire as a number, and the name of each number: names are compared once, not for every measure. */
export interface Coded {
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

type CodedKey = "rule" | "service" | "team" | "severity" | "receiver" | "fingerprint";

export interface FireIndex {
  /** By start, then id; each id once. */
  readonly fires: readonly NoiseFire[];
  readonly starts: Float64Array;
  /** Empty values are `unknown`. */
  readonly coded: Readonly<Record<CodedKey, Coded>>;
  readonly inMonth: Range;
  readonly episodeOf: Int32Array;
  readonly episodes: {
    /** First fire of each; episodes are numbered by it. */
    readonly first: Int32Array;
    readonly start: Float64Array;
    /** Infinity while any fire is open. */
    readonly end: Float64Array;
    readonly inMonth: Range;
    /** Those of pages and verdicts; the others nobody asks for. */
    readonly byId: ReadonlyMap<string, number>;
    readonly clusterOf: Int32Array;
  };
  readonly clusters: {
    /** First episode of each; clusters are numbered by it. */
    readonly first: readonly number[];
    readonly inMonth: Range;
  };
}

/** A fire, an episode and a cluster belong to the month in which they start. */
export function* indexFires(input: Omit<NoiseInput, "before">, settings: NoiseSettings): Steps<FireIndex> {
  const fires = yield* step(inOrder(input.fires));
  const from = input.from.getTime();
  const to = input.to.getTime();
  const met = yield* step(idsMetAgain(input, fires));
  const { episodeOf, first, byId } = yield* step(numberEpisodes(fires, met));
  const coded = {
    rule: yield* step(encode(fires, (fire) => fire.rule)),
    service: yield* step(encode(fires, (fire) => fire.service)),
    team: yield* step(encode(fires, (fire) => fire.team)),
    severity: yield* step(encode(fires, (fire) => fire.severity)),
    receiver: yield* step(encode(fires, (fire) => fire.receiver)),
    fingerprint: yield* step(encode(fires, (fire) => fire.fingerprint)),
  };
  const { starts, start, end } = yield* step(timesOf(fires, episodeOf, first));
  const { of, first: firstOfCluster } = clusterEpisodes(
    {
      start,
      service: (episode) => nameOf(coded.service, at(first, episode)),
      rule: (episode) => nameOf(coded.rule, at(first, episode)),
    },
    input.dependencies,
    {
      gapMs: settings.clusterGapMinutes * 60_000,
      longestMs: settings.clusterMaxHours * 3_600_000,
      hops: settings.clusterHops,
    },
  );
  const clusterStarts = Float64Array.from(firstOfCluster, (episode) => at(start, episode));
  return {
    fires,
    starts,
    coded,
    inMonth: rangeOf(starts, from, to),
    episodeOf,
    episodes: { first: Int32Array.from(first), start, end, inMonth: rangeOf(start, from, to), byId, clusterOf: of },
    clusters: { first: firstOfCluster, inMonth: rangeOf(clusterStarts, from, to) },
  };
}

function numberEpisodes(fires: readonly NoiseFire[], met: ReadonlySet<string>) {
  const episodeOf = new Int32Array(fires.length);
  const byId = new Map<string, number>();
  const first: number[] = [];
  fires.forEach((fire, index) => {
    const isMet = met.has(fire.episodeId);
    let episode = isMet ? byId.get(fire.episodeId) : undefined;
    if (episode === undefined) {
      episode = first.length;
      first.push(index);
      if (isMet) byId.set(fire.episodeId, episode);
    }
    episodeOf[index] = episode;
  });
  return { episodeOf, first, byId };
}

/** Starts of fires; starts and ends of episodes. */
function timesOf(fires: readonly NoiseFire[], episodeOf: Int32Array, first: readonly number[]) {
  const starts = new Float64Array(fires.length);
  const start = new Float64Array(first.length);
  const end = new Float64Array(first.length);
  fires.forEach((fire, index) => {
    starts[index] = fire.startsAt;
    const episode = at(episodeOf, index);
    end[episode] = Math.max(at(end, episode), fire.endsAt ?? Infinity);
  });
  first.forEach((fire, episode) => (start[episode] = at(starts, fire)));
  return { starts, start, end };
}

/** Most episodes of a large month are one fire that paged nobody: a map of all of them would cost more than the rest. */
function idsMetAgain({ pages, verdicts }: Omit<NoiseInput, "before">, fires: readonly NoiseFire[]): Set<string> {
  const met = new Set(verdicts.map(({ episodeId }) => episodeId));
  for (const { episodeId } of pages) if (episodeId !== null) met.add(episodeId);
  for (const { id, episodeId } of fires) if (episodeId !== id) met.add(episodeId);
  return met;
}

export function nameOf({ codes, names }: Coded, fire: number): string {
  return at(names, at(codes, fire));
}

function encode(fires: readonly NoiseFire[], valueOf: (fire: NoiseFire) => string): Coded {
  const codes = new Int32Array(fires.length);
  const names: string[] = [];
  const known = new Map<string, number>();
  fires.forEach((fire, index) => {
    const value = valueOf(fire) || "unknown";
    let code = known.get(value);
    if (code === undefined) {
      code = names.push(value) - 1;
      known.set(value, code);
    }
    codes[index] = code;
  });
  return { codes, names };
}

/** Copies of one fire stand beside each other once sorted: id and start come from the same facts. */
function inOrder(fires: readonly NoiseFire[]): NoiseFire[] {
  const sorted = isSorted(fires) ? fires : [...fires].sort(byStart);
  return sorted.filter((fire, index) => index === 0 || at(sorted, index - 1).id !== fire.id);
}

function isSorted(fires: readonly NoiseFire[]): boolean {
  for (let index = 1; index < fires.length; index += 1) {
    if (byStart(at(fires, index - 1), at(fires, index)) > 0) return false;
  }
  return true;
}

function byStart(a: NoiseFire, b: NoiseFire): number {
  return a.startsAt - b.startsAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Positions of a sorted list with values in [from, to). */
function rangeOf(sorted: Float64Array, from: number, to: number): Range {
  return { from: lowerBound(sorted, from), to: lowerBound(sorted, to) };
}

export function lowerBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(sorted, middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
