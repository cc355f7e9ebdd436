/** What joining knows while it works: who is in and why, which keys are the question's own, which traces to look at. */
import { keyId, type CorrelationKey, type KeyId, type KeyKind } from "@/lib/domain/correlation-key";
import type { Limits } from "@/lib/domain/configuration";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { ExpansionRule } from "@/lib/domain/key-rule";
import type { FollowedKey } from "@/lib/domain/query-plan";
import type { Join, KeyBoundary } from "@/lib/domain/stitched-timeline";
import type { EvidenceIndex } from "./evidence-index";
import type { EvidenceRecord } from "../read-records";

/** Kinds whose values belong to somebody. A row that carries only other values of them is somebody else's. */
const SUBJECT_KINDS: readonly KeyKind[] = ["order", "account", "ticket"];
/** Kinds that name a run, not a subject: asking for one asks for all of it. */
const RUN_KINDS: ReadonlySet<KeyKind> = new Set(["trace", "request", "session", "job"]);

export interface JoinedRecord {
  readonly record: EvidenceRecord;
  readonly join: Join;
  /** The record whose content led here; absent when an asked key did. */
  readonly through: JoinedRecord | undefined;
  readonly hop: number;
  /** `ancestor`: on the path upwards only, so nothing spreads from it. */
  readonly reach: "own" | "path" | "ancestor" | "context";
  /** The key that brought it, for expansion rules. */
  readonly origin: CorrelationKey;
}

export interface JoinInput {
  readonly asked: readonly CorrelationKey[];
  readonly index: EvidenceIndex;
  readonly expansion: readonly ExpansionRule[];
  readonly limits: Limits;
  /** Keys whose boundary may be crossed. */
  readonly widen: ReadonlySet<KeyId>;
  /** By trace id: keys that rows named which are evidence no more. */
  readonly takenOut?: ReadonlyMap<string, readonly CorrelationKey[]>;
}

interface Hub {
  readonly origin: CorrelationKey;
  readonly kind: KeyKind;
  readonly keys: readonly CorrelationKey[];
}

export interface JoinState extends JoinInput {
  readonly askedIds: ReadonlySet<KeyId>;
  readonly askedKinds: ReadonlySet<KeyKind>;
  readonly subjectKinds: ReadonlySet<KeyKind>;
  /**
   * Kinds of which another value is somebody else: the asked kinds, or what an asked run turned out to be about. Never
   * `account`: customer, merchant and staff stand in one run.
   */
  readonly decisiveKinds: Set<KeyKind>;
  /** True when only runs were asked for (a trace, a request): whose they are is learnt on the way. */
  readonly asksForRun: boolean;
  readonly own: Set<KeyId>;
  readonly joined: Map<string, JoinedRecord>;
  readonly followed: Map<KeyId, FollowedKey>;
  /** Records that make a trace part of the question, by trace id. */
  readonly entries: Map<string, Map<EvidenceRecord, JoinedRecord>>;
  readonly dirtyTraces: Set<string>;
  /** Records left out of mixed traces: trace id to count. */
  readonly leftOut: Map<string, number>;
  readonly gaps: EvidenceGap[];
  /** Keys that lead to too many of one kind, by origin and kind. */
  readonly hubs: Map<string, Hub>;
  /** Where expansion stopped, by the key it stopped at. */
  readonly boundaries: Map<KeyId, KeyBoundary>;
}

export function startJoinState(input: JoinInput): JoinState {
  const askedKinds = new Set(input.asked.map((key) => key.kind));
  const askedSubjects = [...askedKinds].filter((kind) => !RUN_KINDS.has(kind));
  const askedIds = new Set(input.asked.map(keyId));
  return {
    ...input,
    askedIds,
    askedKinds,
    subjectKinds: new Set([...SUBJECT_KINDS, ...askedSubjects]),
    decisiveKinds: new Set(askedSubjects),
    asksForRun: askedSubjects.length === 0,
    own: new Set([...askedIds, ...input.widen]),
    joined: new Map(),
    followed: new Map(input.asked.map((key) => [keyId(key), { id: keyId(key), key, hop: 0 }])),
    entries: new Map(),
    dirtyTraces: new Set(),
    leftOut: new Map(),
    gaps: [],
    hubs: new Map(),
    boundaries: new Map(),
  };
}

/**
 * True for a record that belongs to others only. The asked kind decides where the record names one (another order of the
 * same account is another order); otherwise any subject that is the question's own is enough.
 */
export function isForeign(state: JoinState, record: EvidenceRecord): boolean {
  let namesAsked = false;
  let namesOther = false;
  let ownOther = false;
  for (const { kind } of record.disowned ?? NO_KEYS) {
    if (state.decisiveKinds.has(kind)) namesAsked = true;
    else if (state.subjectKinds.has(kind)) namesOther = true;
  }
  for (let i = 0; i < record.sightings.length; i++) {
    const kind = record.sightings[i]?.key.kind;
    const id = record.keyIds[i];
    if (kind === undefined || id === undefined || !state.subjectKinds.has(kind)) continue;
    const isOwn = state.own.has(id);
    if (state.decisiveKinds.has(kind)) {
      if (isOwn) return false;
      namesAsked = true;
    } else {
      namesOther = true;
      ownOther ||= isOwn;
    }
  }
  return namesAsked || (namesOther && !ownOther);
}

export const NO_KEYS: readonly CorrelationKey[] = [];

/** An asked run is about this subject: other values of its kind are other people's from here on. */
export function learnSubject(state: JoinState, kind: KeyKind, id: KeyId): void {
  state.own.add(id);
  if (state.asksForRun && kind !== "account") state.decisiveKinds.add(kind);
}

/** Takes a record in unless it is in already with at least the same reach. Returns the entry that stands. */
export function admit(state: JoinState, candidate: JoinedRecord): JoinedRecord {
  const id = candidate.record.event.id;
  const known = state.joined.get(id);
  if (known && (known.reach !== "ancestor" || candidate.reach === "ancestor")) return known;
  state.joined.set(id, candidate);
  if (candidate.reach !== "ancestor") enterTraces(state, candidate);
  return candidate;
}

/** Marks the record's trace, the traces it links to and those that link to it as part of the question. */
function enterTraces(state: JoinState, joined: JoinedRecord): void {
  const { record } = joined;
  if (record.traceId !== undefined) enterTrace(state, record.traceId, joined);
  const span = record.event.span;
  if (!span || record.event.kind !== "span") return;
  const linked = state.index.linkedFrom.get(`${span.traceId}/${span.spanId}`) ?? [];
  const degree = span.links.length + linked.length;
  if (degree > state.limits.hubDegree && !state.widen.has(`trace:${span.traceId}`)) {
    state.gaps.push(linkHubGap(degree, span.traceId));
    const searches = [...span.links, ...linked.flatMap((one) => one.event.span ?? [])].map(({ traceId }) => traceId);
    const keys = [...new Set(searches)].sort().map((value) => ({ kind: "trace", value }));
    state.boundaries.set(`trace:${span.traceId}`, { reason: "hub", keys: keys.length, searches: keys });
    return;
  }
  for (const link of span.links) enterTrace(state, link.traceId, joined);
  for (const record of linked) if (record.traceId !== undefined) enterTrace(state, record.traceId, joined);
}

function enterTrace(state: JoinState, traceId: string, entry: JoinedRecord): void {
  const id: KeyId = `trace:${traceId}`;
  if (!state.followed.has(id)) {
    state.followed.set(id, { id, key: { kind: "trace", value: traceId }, hop: entry.hop + 1 });
  }
  const entries = state.entries.get(traceId) ?? new Map<EvidenceRecord, JoinedRecord>();
  if (entries.has(entry.record)) return;
  entries.set(entry.record, entry);
  state.entries.set(traceId, entries);
  state.dirtyTraces.add(traceId);
}

function linkHubGap(total: number, traceId: string): EvidenceGap {
  return {
    reason: "hub",
    detail: "One step links to too many other traces; they were not followed.",
    retryable: false,
    shown: 0,
    total,
    keys: [`trace:${traceId}`],
  };
}
