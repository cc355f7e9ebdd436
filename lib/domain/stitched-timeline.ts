/** The joined, explained, ordered evidence before redaction. Raw: only `lib/redact` may read it onwards. */
import type { EpochNs } from "./epoch-ns";
import type { CorrelationKey, KeyId } from "./correlation-key";
import type { EvidenceGap } from "./evidence-gap";
import type { FollowedKey } from "./query-plan";
import type { NativeQuery } from "./source-outcome";
import type { SourceId, SourceKind } from "./source-id";
import type { ActorKind, KeySighting, TimelineEvent } from "./timeline-event";

/** One join of the chain from an asked key to a row. */
export interface Join {
  /** Absent for context rows. */
  readonly key?: CorrelationKey;
  readonly rule: string;
  readonly foundIn: string;
  readonly confidence: "exact" | "text" | "structure" | "context";
  /** The row whose record led here. Absent when the key was asked. */
  readonly throughEvent?: string;
  readonly source: SourceId;
  /** The query that brought the record. */
  readonly query?: NativeQuery;
}

/** A service as rows show it. */
export interface RowService {
  readonly name: string;
  readonly displayName: string;
  readonly owner?: string;
  readonly audience: "product" | "internal";
  readonly listed: boolean;
}

/** What is known of the clock that dated a row. */
export interface ClockCorrection {
  readonly state: "corrected" | "uncorrectable";
  /** Signed nanoseconds to add to the raw time; 0n when uncorrectable. */
  readonly offsetNs: bigint;
  /** Whose clock it is and whose was taken as right, as the sources spell them. */
  readonly host: string;
  readonly reference: string;
  /** Parent/child pairs that the offset rests on. */
  readonly pairs: number;
}

/**
 * One record. Rows with `partOf` are the further records of the row it names: the same fact in another source, or a
 * repeat. The others stand for themselves: one row per fact.
 */
export interface TimelineRow {
  readonly event: TimelineEvent;
  /** Where the row stands: its time, corrected, and never before its cause. */
  readonly orderNs: EpochNs;
  /** True when causality and not the clock decided `orderNs`. */
  readonly causal: boolean;
  readonly clock?: ClockCorrection;
  /** Id of the event that stands for this one. */
  readonly partOf?: string;
  readonly part?: "same-fact" | "repeat";
  /** Latest instant of its repeats, corrected. Only on a row that stands for repeats. */
  readonly lastAtNs?: EpochNs;
  readonly service: RowService | null;
  /** Canonical environment; null when the record names none or one that nobody listed. */
  readonly environment: string | null;
  readonly actor: ActorKind;
  /** Approved words only: every role may read it. */
  readonly sentence: string;
  /** True when a configured sentence rule recognised the record. */
  readonly recognised: boolean;
  readonly sightings: readonly KeySighting[];
  /** Ids of the sightings' keys, at the same places. */
  readonly keyIds: readonly KeyId[];
  readonly why: readonly Join[];
  /** Every source kind that reported the fact, the row's own first. */
  readonly seenIn: readonly SourceKind[];
  /** 1 + the rows whose `partOf` is this one. */
  readonly count: number;
  /** Nesting depth in its trace, so that a parent precedes its child at the same instant. */
  readonly depth: number;
}

export interface TouchedKey {
  readonly id: KeyId;
  readonly key: CorrelationKey;
  readonly asked: boolean;
  readonly followed: boolean;
  readonly rows: number;
  /** Distinct other keys seen beside it in joined records. */
  readonly degree: number;
  readonly boundary?: KeyBoundary;
}

/** Where expansion stopped, and what crossing would ask. */
export interface KeyBoundary {
  readonly reason: "hub" | "on-request" | "other-subject" | "hops";
  /** Keys that would be followed, this one included where it is not yet. */
  readonly keys: number;
  /** Those of them that would have to be searched for. */
  readonly searches?: readonly CorrelationKey[];
  /** Records known now that would come in; unknown when they must be fetched first. */
  readonly rows?: number;
}

/** One edge of the identity graph: joined records of `from` named `to`. */
export interface KeyEdge {
  readonly from: CorrelationKey;
  readonly to: CorrelationKey;
  readonly rule: string;
  readonly confidence: Join["confidence"];
  readonly sources: readonly SourceKind[];
  /** Event ids, in timeline order. */
  readonly events: readonly string[];
}

/** Calls from one service to another among the joined spans. */
export interface ServiceCall {
  readonly from: RowService;
  readonly to: RowService;
  readonly calls: number;
  readonly errors: number;
  readonly slowestNs: bigint;
}

export interface TouchedService {
  readonly service: RowService;
  readonly spellings: readonly string[];
  readonly rows: number;
  readonly errors: number;
}

/** Why something that could have been the answer is not. Closed: roles read our words for it. */
export const REJECTIONS = [
  "passed-on", // it failed only because something below it failed
  "later", // it came after the first symptom
  "context-only", // same service and time, no id path
  "recovered", // a retry succeeded
  "weaker", // less evidence than the one named
  "before-window", // too long before the first symptom
] as const;
export type Rejection = (typeof REJECTIONS)[number];

export interface FindingCandidate {
  readonly row: TimelineRow;
  /** Independent observations that speak for it. */
  readonly evidence: number;
  /** What it points at, when that is not the row's own service: one of ours that was called and left no record. */
  readonly service?: RowService;
}

/** Reach of one kind of thing (`order`, `account`, `service`); `atMost` absent when evidence is partial. */
export interface Reach {
  readonly kind: string;
  readonly atLeast: number;
  readonly atMost?: number;
}

/** How a place broke. */
export type BreakManner = "failed-itself" | "refused" | "slow" | "no-answer" | "waited";

export interface Finding {
  readonly kind: "first-symptom" | "break-point" | "staff-impact" | "recent-change" | "blast-radius";
  readonly level: "observed" | "likely" | "inconclusive";
  /** Evidence, the most telling row first. */
  readonly rows: readonly TimelineRow[];
  readonly service?: RowService;
  /** Break point: absent when only written errors speak for it. */
  readonly manner?: BreakManner;
  /** Break point: what the service called and got no good answer from, when that is none of ours. */
  readonly peer?: RowService;
  /** Break point: best first, the named one included. Otherwise empty. */
  readonly candidates: readonly FindingCandidate[];
  readonly rejected: readonly { readonly row: TimelineRow; readonly reason: Rejection }[];
  /** Blast radius; otherwise empty. */
  readonly reach: readonly Reach[];
  /** Distance to the first symptom, nanoseconds, for `staff-impact` and `recent-change`. */
  readonly beforeNs?: bigint;
  /** The id path: kind of the key that both rows share. Absent: same time only. */
  readonly sharedKeyKind?: string;
}

export interface StitchedTimeline {
  /** Ascending by (`orderNs`, kind rank, depth, id); unique by event id; parts included. */
  readonly rows: readonly TimelineRow[];
  readonly keys: readonly TouchedKey[];
  readonly edges: readonly KeyEdge[];
  readonly services: readonly TouchedService[];
  /** Services around which to look for context: those of rows that may not be told of, too. The same as `services` when absent. */
  readonly around?: readonly TouchedService[] | undefined;
  readonly calls: readonly ServiceCall[];
  readonly findings: readonly Finding[];
  /** Gaps that only joining can see (hubs, records left out). */
  readonly gaps: readonly EvidenceGap[];
  /** Keys that may be asked about next, asked ones included. */
  readonly follow: readonly FollowedKey[];
  /** Unique records received: rows plus `leftOut`. */
  readonly records: number;
  readonly leftOut: number;
  /** Those of `leftOut` that belong only to others, in shared traces. */
  readonly foreign: number;
  /** Records kept out by what a person unlinked: unlink target (event id or key id) to how many. */
  readonly unlinked: ReadonlyMap<string, number>;
}
