/**
 * From the asked keys to every record that belongs to them, with the reason for each. A closure over all records:
 * the result does not depend on the order in which sources answered.
 */
import { keyId, type CorrelationKey, type KeyId, type KeyKind } from "@/lib/domain/correlation-key";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { FollowedKey } from "@/lib/domain/query-plan";
import type { KeyBoundary } from "@/lib/domain/stitched-timeline";
import type { KeySighting } from "@/lib/domain/timeline-event";
import { joinTrace } from "./join-trace";
import {
  admit,
  isForeign,
  learnSubject,
  startJoinState,
  type JoinedRecord,
  type JoinInput,
  type JoinState,
} from "./join-state";
import type { EvidenceRecord } from "../read-records";

/** A record naming more subjects of one kind than this is a listing, and says nothing about whose account is whose. */
const LISTING = 3;

export interface JoinResult {
  readonly joined: ReadonlyMap<string, JoinedRecord>;
  readonly follow: readonly FollowedKey[];
  /** Records of mixed traces that belong to others. */
  readonly foreign: number;
  readonly gaps: readonly EvidenceGap[];
  readonly boundaries: ReadonlyMap<KeyId, KeyBoundary>;
}

export function joinEvidence(input: JoinInput): JoinResult {
  const state = startJoinState(input);
  for (const key of input.asked) if (key.kind === "trace") state.dirtyTraces.add(key.value);
  const joinedKeys = new Set<KeyId>();
  for (let hop = 0; hop <= input.limits.hops; hop++) {
    const keys = [...state.followed.values()].filter((f) => f.key.kind !== "trace" && !joinedKeys.has(f.id)).sort(byId);
    if (keys.length === 0 && state.dirtyTraces.size === 0) break;
    for (const followed of keys) {
      joinedKeys.add(followed.id);
      joinKey(state, followed);
    }
    settleTraces(state);
    expand(state);
  }
  return {
    joined: state.joined,
    follow: [...state.followed.values()].sort(byId),
    foreign: [...state.leftOut.values()].reduce((sum, count) => sum + count, 0),
    gaps: [...state.gaps, ...hubGaps(state), ...mixedTraceGaps(state)],
    boundaries: new Map([...state.boundaries, ...hubBoundaries(state), ...mixedTraceBoundaries(state)]),
  };
}

function joinKey(state: JoinState, followed: FollowedKey): void {
  state.own.add(followed.id);
  const through = followed.hop === 0 ? undefined : firstCarrier(state, followed.id);
  for (const record of state.index.byKey.get(followed.id) ?? []) {
    const sighting = record.sightings[record.keyIds.indexOf(followed.id)];
    // All of an asked run is asked for, whomever it names.
    const isAskedRun = state.asksForRun && state.askedIds.has(followed.id);
    if (!sighting || (!isAskedRun && isForeign(state, record))) continue;
    ownNeighbours(state, record, isAskedRun);
    admit(state, keyJoin(record, followed.key, sighting, followed.hop, through));
  }
}

/** The account beside the asked order in one record is that order's account. */
function ownNeighbours(state: JoinState, record: EvidenceRecord, isAskedRun: boolean): void {
  const byKind = new Map<KeyKind, KeyId[]>();
  for (const { key } of record.sightings) {
    if (!state.subjectKinds.has(key.kind) || state.decisiveKinds.has(key.kind)) continue;
    byKind.set(key.kind, [...(byKind.get(key.kind) ?? []), keyId(key)]);
  }
  for (const [kind, ids] of byKind) {
    if (ids.length > LISTING) continue;
    for (const id of ids) {
      if (isAskedRun) learnSubject(state, kind, id);
      else state.own.add(id);
    }
  }
}

function settleTraces(state: JoinState): void {
  while (state.dirtyTraces.size > 0) {
    const batch = [...state.dirtyTraces].sort();
    state.dirtyTraces.clear();
    const ownBefore = state.own.size;
    for (const traceId of batch) joinTrace(state, traceId);
    // A newly known account can turn a mixed trace into one of the question's own.
    if (state.own.size > ownBefore) for (const traceId of state.leftOut.keys()) state.dirtyTraces.add(traceId);
  }
}

/** Adds the keys that rules allow to follow from what is joined so far. */
function expand(state: JoinState): void {
  const candidates = new Map<string, { origin: CorrelationKey; kind: KeyKind; found: Map<KeyId, FollowedKey> }>();
  for (const joined of state.joined.values()) {
    if (joined.reach === "ancestor") continue;
    for (const { key } of joined.record.sightings) {
      const id = keyId(key);
      if (key.kind === "trace" || state.followed.has(id) || !mayFollow(state, joined, key)) continue;
      const group = `${keyId(joined.origin)} ${key.kind}`;
      const candidate = candidates.get(group) ?? { origin: joined.origin, kind: key.kind, found: new Map() };
      // What a person asked to widen is worth a search, however far away it lies.
      const hop = state.widen.has(id) ? Math.min(joined.hop + 1, state.limits.hops) : joined.hop + 1;
      const known = candidate.found.get(id);
      if (!known || hop < known.hop) candidate.found.set(id, { id, key, hop });
      candidates.set(group, candidate);
    }
  }
  const learned: FollowedKey[] = [];
  for (const [group, { origin, kind, found }] of candidates) {
    if (found.size > state.limits.hubDegree && !state.widen.has(keyId(origin))) {
      state.hubs.set(group, { origin, kind, keys: [...found.values()].sort(byId).map(({ key }) => key) });
      continue;
    }
    for (const followed of found.values()) {
      const known = state.followed.get(followed.id);
      if (!known || followed.hop < known.hop) state.followed.set(followed.id, followed);
      if (state.asksForRun && state.subjectKinds.has(kind)) learned.push(followed);
    }
  }
  for (const { id, key } of learned) learnSubject(state, key.kind, id);
}

function mayFollow(state: JoinState, joined: JoinedRecord, key: CorrelationKey): boolean {
  if (state.widen.has(keyId(key))) return true;
  const to = key.kind;
  // Another key of an asked kind is somebody else's until it is asked for.
  if (state.askedKinds.has(to)) return false;
  // What an asked run is about is learnt from that run alone, not from what its subjects lead to.
  const via = joined.join.key && keyId(joined.join.key);
  const isOfAskedRun = via !== undefined && state.askedIds.has(via);
  if (state.asksForRun && state.decisiveKinds.has(to) && !isOfAskedRun && !state.own.has(keyId(key))) return false;
  const from = new Set([joined.origin.kind, joined.join.key?.kind ?? joined.origin.kind]);
  return state.expansion.some((rule) => rule.follow === "always" && rule.to === to && from.has(rule.from));
}

function keyJoin(
  record: EvidenceRecord,
  key: CorrelationKey,
  sighting: KeySighting,
  hop: number,
  through: JoinedRecord | undefined,
): JoinedRecord {
  return {
    record,
    through,
    hop,
    reach: "own",
    origin: key,
    join: {
      key,
      rule: sighting.rule,
      foundIn: sighting.at,
      confidence: sighting.confidence,
      ...(through ? { throughEvent: through.record.event.id } : {}),
      source: record.event.source,
      ...(record.query ? { query: record.query } : {}),
    },
  };
}

/** The joined record, first in order, whose content named the key. */
function firstCarrier(state: JoinState, id: KeyId): JoinedRecord | undefined {
  for (const record of state.index.byKey.get(id) ?? []) {
    const joined = state.joined.get(record.event.id);
    if (joined) return joined;
  }
  return undefined;
}

/** A shared trace can be had whole: all of it has arrived already. */
function mixedTraceBoundaries(state: JoinState): [KeyId, KeyBoundary][] {
  return [...state.leftOut]
    .filter(([, count]) => count > 0)
    .map(([traceId, rows]) => [`trace:${traceId}`, { reason: "hub", keys: 0, rows }]);
}

function mixedTraceGaps(state: JoinState): EvidenceGap[] {
  return [...state.leftOut]
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([traceId, count]) => {
      const total = state.index.traces.get(traceId)?.records.length ?? count;
      return {
        reason: "hub" as const,
        detail: "A shared run also served others; only the part on the path of what was asked is shown.",
        retryable: false,
        shown: total - count,
        total,
        keys: [`trace:${traceId}`],
      };
    });
}

/** Later rounds find the same hubs again, and more of them: each is said once, as it stood last. */
function hubGaps(state: JoinState): EvidenceGap[] {
  return [...state.hubs].sort(byName).map(([, { origin, kind, keys }]) => ({
    reason: "hub" as const,
    detail: `This ${origin.kind} leads to too many ids of kind ${kind}; they were not followed.`,
    retryable: false,
    shown: 0,
    total: keys.length,
    keys: [keyId(origin)],
  }));
}

/** A key may be a hub of several kinds: widening it follows them all. */
function hubBoundaries(state: JoinState): Map<KeyId, KeyBoundary> {
  const boundaries = new Map<KeyId, KeyBoundary>();
  for (const [, { origin, keys }] of [...state.hubs].sort(byName)) {
    const searches = [...(boundaries.get(keyId(origin))?.searches ?? []), ...keys];
    boundaries.set(keyId(origin), { reason: "hub", keys: searches.length, searches });
  }
  return boundaries;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byId(a: FollowedKey, b: FollowedKey): number {
  return a.hop - b.hop || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
