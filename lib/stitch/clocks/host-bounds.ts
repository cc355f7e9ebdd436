/**
 * What spans tell about the clocks of two hosts. A child starts after its parent started: always. The server's part of a
 * call ends before the client's: mostly, for a client may give up waiting.
 */
import { durationNs } from "@/lib/domain/epoch-ns";
import type { EvidenceIndex } from "../graph/evidence-index";
import { hostOfSpan } from "./host-of-record";
import { linkedProducers, spanAt } from "./linked-producers";
import type { EvidenceRecord } from "../read-records";

/** Bounds of `offset(b) - offset(a)` in nanoseconds, `a < b`. Undefined: no bound on that side. */
export interface HostPair {
  readonly a: string;
  readonly b: string;
  readonly pairs: number;
  readonly lo: bigint | undefined;
  readonly hi: bigint | undefined;
  /** No offset satisfies it. */
  readonly isContradictory: boolean;
}

interface Bounds {
  readonly a: string;
  readonly b: string;
  pairs: number;
  lo: bigint | undefined;
  hi: bigint | undefined;
  readonly endsLo: bigint[];
  readonly endsHi: bigint[];
}

/** Clocks and their records are read to the millisecond by many; what disagrees by less is left to causality. */
export const TOLERANCE_NS = 1_000_000n;
const ONE_IN = 10;
const ENOUGH_CALLS = 3;

/** Empty when no pair of spans looks wrong: then no clock needs a word. In: spans, in any order. */
export function hostPairs(spans: readonly EvidenceRecord[], index: EvidenceIndex): HostPair[] {
  if (!spans.some((span) => hasWrongParent(span, index))) return [];
  const found = new Map<string, Bounds>();
  for (const span of spans) {
    const parent = parentOf(span, index);
    if (parent) addBounds(found, parent, span);
    for (const producer of linkedProducers(span, index)) addBounds(found, producer, span);
  }
  return [...found.values()].map(settle);
}

function hasWrongParent(span: EvidenceRecord, index: EvidenceIndex): boolean {
  const parent = parentOf(span, index);
  if (parent && looksWrong(parent, span)) return true;
  return linkedProducers(span, index).some((producer) => looksWrong(producer, span));
}

function parentOf({ event }: EvidenceRecord, index: EvidenceIndex): EvidenceRecord | undefined {
  return spanAt(index, event.span?.traceId, event.span?.parentSpanId);
}

function looksWrong({ event: parent }: EvidenceRecord, { event: child }: EvidenceRecord): boolean {
  if (child.happenedAtNs < parent.happenedAtNs) return true;
  return isCall(parent, child) && (child.endedAtNs ?? "") > (parent.endedAtNs ?? "");
}

function isCall(parent: EvidenceRecord["event"], child: EvidenceRecord["event"]): boolean {
  return (
    parent.span?.spanKind === "client" &&
    child.span?.spanKind === "server" &&
    child.span.parentSpanId === parent.span.spanId
  );
}

function addBounds(found: Map<string, Bounds>, parent: EvidenceRecord, child: EvidenceRecord): void {
  const of = hostOfSpan(parent);
  const to = hostOfSpan(child);
  if (of === undefined || to === undefined || of === to) return;
  const a = of < to ? of : to;
  const b = of < to ? to : of;
  const id = `${a}\n${b}`;
  let bounds = found.get(id);
  if (!bounds) {
    bounds = { a, b, pairs: 0, lo: undefined, hi: undefined, endsLo: [], endsHi: [] };
    found.set(id, bounds);
  }
  bounds.pairs++;
  const start = durationNs(child.event.happenedAtNs, parent.event.happenedAtNs);
  if (to === b) bounds.lo = larger(bounds.lo, start);
  else bounds.hi = smaller(bounds.hi, -start);
  if (!isCall(parent.event, child.event) || !parent.event.endedAtNs || !child.event.endedAtNs) return;
  const end = durationNs(child.event.endedAtNs, parent.event.endedAtNs);
  // A server that worked longer than its client waited: the end says nothing.
  if (end < start) return;
  if (to === b) bounds.endsHi.push(end);
  else bounds.endsLo.push(-end);
}

/**
 * Starts and ends together where they agree. Where they do not, starts alone, if all but a few ends fit; else nothing: a
 * clock that jumped fits no single offset.
 */
function settle(bounds: Bounds): HostPair {
  const { a, b, pairs, lo: startLo, hi: startHi, endsLo, endsHi } = bounds;
  const lo = endsLo.reduce(larger, startLo);
  const hi = endsHi.reduce(smaller, startHi);
  if (!isEmpty(lo, hi)) return { a, b, pairs, lo, hi, isContradictory: false };
  const starts = { a, b, pairs, lo: startLo, hi: startHi };
  if (isEmpty(startLo, startHi)) return { ...starts, isContradictory: true };
  const offset = nearestToZero(startLo, startHi);
  const misfits =
    endsLo.filter((bound) => offset < bound - TOLERANCE_NS).length +
    endsHi.filter((bound) => offset > bound + TOLERANCE_NS).length;
  const calls = endsLo.length + endsHi.length;
  const few = Math.max(calls >= ENOUGH_CALLS ? 1 : 0, calls / ONE_IN);
  return { ...starts, isContradictory: misfits > few };
}

export function isEmpty(lo: bigint | undefined, hi: bigint | undefined): boolean {
  return lo !== undefined && hi !== undefined && lo > hi + TOLERANCE_NS;
}

export function larger(a: bigint | undefined, b: bigint): bigint {
  return a === undefined || b > a ? b : a;
}

export function smaller(a: bigint | undefined, b: bigint): bigint {
  return a === undefined || b < a ? b : a;
}

function nearestToZero(lo: bigint | undefined, hi: bigint | undefined): bigint {
  if (lo !== undefined && lo > 0n) return lo;
  return hi !== undefined && hi < 0n ? hi : 0n;
}
