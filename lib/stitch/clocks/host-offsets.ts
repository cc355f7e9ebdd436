/** One offset per host, so that all its pairs fit and as few records as possible move. */
import { isEmpty, larger, smaller, TOLERANCE_NS, type HostPair } from "./host-bounds";

export interface HostOffset {
  readonly host: string;
  /** Nanoseconds to add to what the host wrote. */
  readonly offsetNs: bigint;
  /** Host whose clock was taken as right. */
  readonly reference: string;
  readonly pairs: number;
  readonly isContradictory: boolean;
}

interface Graph {
  /** Most records first, then by name. */
  readonly ranked: readonly string[];
  readonly rankOf: ReadonlyMap<string, number>;
  readonly weights: ReadonlyMap<string, number>;
  readonly pairsOf: ReadonlyMap<string, readonly HostPair[]>;
  readonly contradictory: ReadonlyMap<string, HostOffset>;
}

/**
 * In: pairs in any order; records per host. Out: every host of a pair, those that need no correction with `0n`.
 * Starts at the host with most records and follows pairs outwards. Within hosts that hang together the offset that most
 * records share becomes zero: five hosts that agree are right, the one that differs is wrong.
 */
export function hostOffsets(pairs: readonly HostPair[], weights: ReadonlyMap<string, number>): HostOffset[] {
  const graph = toGraph(pairs, weights);
  const offsets = new Map<string, { offsetNs: bigint; pairs: number }>();
  const found: HostOffset[] = [...graph.contradictory.values()];
  for (const start of graph.ranked) {
    if (offsets.has(start) || graph.contradictory.has(start)) continue;
    const members = spread(graph, start, offsets);
    const reference = mostShared(members, offsets, weights);
    const zeroNs = offsets.get(reference)?.offsetNs ?? 0n;
    for (const host of members) {
      const own = offsets.get(host);
      if (!own) continue;
      found.push({ host, reference, offsetNs: own.offsetNs - zeroNs, pairs: own.pairs, isContradictory: false });
    }
  }
  return found;
}

function toGraph(pairs: readonly HostPair[], weights: ReadonlyMap<string, number>): Graph {
  const pairsOf = new Map<string, HostPair[]>();
  for (const pair of pairs) {
    for (const host of [pair.a, pair.b]) pairsOf.set(host, [...(pairsOf.get(host) ?? []), pair]);
  }
  const ranked = [...pairsOf.keys()].sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || (a < b ? -1 : 1));
  const rankOf = new Map(ranked.map((host, rank) => [host, rank]));
  const contradictory = new Map<string, HostOffset>();
  for (const { a, b, pairs: count } of pairs.filter((pair) => pair.isContradictory).sort(byName)) {
    const [reference, host] = (rankOf.get(a) ?? 0) < (rankOf.get(b) ?? 0) ? [a, b] : [b, a];
    const offset = { host, reference, offsetNs: 0n, pairs: count, isContradictory: true };
    if ((contradictory.get(host)?.pairs ?? 0) < count) contradictory.set(host, offset);
  }
  return { ranked, rankOf, weights, pairsOf, contradictory };
}

/** Gives an offset to everything that hangs together with `start`. Returns those hosts, best ranked first. */
function spread(graph: Graph, start: string, offsets: Map<string, { offsetNs: bigint; pairs: number }>): string[] {
  const members = new Set([start]);
  for (const host of members) {
    offsets.set(host, fit(graph, host, offsets));
    const next = (graph.pairsOf.get(host) ?? [])
      .filter((pair) => !pair.isContradictory)
      .map((pair) => otherOf(pair, host))
      .filter((other) => !graph.contradictory.has(other))
      .sort((a, b) => (graph.rankOf.get(a) ?? 0) - (graph.rankOf.get(b) ?? 0));
    for (const other of next) members.add(other);
  }
  return graph.ranked.filter((host) => members.has(host));
}

/** An offset that fits all pairs with hosts that have one; if none fits all, the pair with most evidence decides. */
function fit(
  graph: Graph,
  host: string,
  offsets: ReadonlyMap<string, { readonly offsetNs: bigint }>,
): { offsetNs: bigint; pairs: number } {
  const bounds = (graph.pairsOf.get(host) ?? [])
    .flatMap((pair) => {
      const other = otherOf(pair, host);
      const known = offsets.get(other);
      return known && !pair.isContradictory ? [{ ...boundsOf(pair, host, known.offsetNs), other }] : [];
    })
    .sort((a, b) => b.pairs - a.pairs || (graph.rankOf.get(a.other) ?? 0) - (graph.rankOf.get(b.other) ?? 0));
  const [best] = bounds;
  if (!best) return { offsetNs: 0n, pairs: 0 };
  let lo: bigint | undefined;
  let hi: bigint | undefined;
  for (const bound of bounds) {
    if (bound.lo !== undefined) lo = larger(lo, bound.lo);
    if (bound.hi !== undefined) hi = smaller(hi, bound.hi);
  }
  if (isEmpty(lo, hi)) return { offsetNs: choose(best.lo, best.hi, [best.agreedNs]), pairs: best.pairs };
  const agreed = bounds.map((bound) => bound.agreedNs);
  return { offsetNs: choose(lo, hi, agreed), pairs: bounds.reduce((sum, bound) => sum + bound.pairs, 0) };
}

/**
 * Agreement with a neighbour where the bounds allow it. Otherwise the middle, as if a call took as long there as back;
 * with one bound only, that bound: the smallest change that heals.
 */
function choose(lo: bigint | undefined, hi: bigint | undefined, agreed: readonly bigint[]): bigint {
  for (const offsetNs of agreed) {
    const isAbove = lo === undefined || offsetNs > lo - TOLERANCE_NS;
    if (isAbove && (hi === undefined || offsetNs < hi + TOLERANCE_NS)) return offsetNs;
  }
  if (lo !== undefined && hi !== undefined) return (lo + hi) / 2n;
  return lo ?? hi ?? 0n;
}

function boundsOf(pair: HostPair, host: string, otherNs: bigint) {
  const [lo, hi] = host === pair.b ? [pair.lo, pair.hi] : [negated(pair.hi), negated(pair.lo)];
  return {
    lo: lo === undefined ? undefined : lo + otherNs,
    hi: hi === undefined ? undefined : hi + otherNs,
    agreedNs: otherNs,
    pairs: pair.pairs,
  };
}

/** The best ranked host among those whose offset most records share. In: best ranked first. */
function mostShared(
  members: readonly string[],
  offsets: ReadonlyMap<string, { readonly offsetNs: bigint }>,
  weights: ReadonlyMap<string, number>,
): string {
  const shares = new Map<bigint, { host: string; weight: number }>();
  for (const host of members) {
    const offsetNs = offsets.get(host)?.offsetNs ?? 0n;
    const share = shares.get(offsetNs) ?? { host, weight: 0 };
    share.weight += weights.get(host) ?? 0;
    shares.set(offsetNs, share);
  }
  let best = { host: members[0] ?? "", weight: -1 };
  for (const share of shares.values()) if (share.weight > best.weight) best = share;
  return best.host;
}

function otherOf(pair: HostPair, host: string): string {
  return pair.a === host ? pair.b : pair.a;
}

function negated(bound: bigint | undefined): bigint | undefined {
  return bound === undefined ? undefined : -bound;
}

function byName(x: HostPair, y: HostPair): number {
  return x.a < y.a || (x.a === y.a && x.b < y.b) ? -1 : 1;
}
