/** The joined, explained, ordered evidence before redaction. Raw: only `lib/redact` may read it onwards. */
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

export interface TimelineRow {
  readonly event: TimelineEvent;
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
  readonly seenIn: readonly SourceKind[];
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
}

export interface TouchedService {
  readonly service: RowService;
  readonly spellings: readonly string[];
  readonly rows: number;
  readonly errors: number;
}

export interface Finding {
  readonly kind: "first-symptom" | "preceded-by";
  readonly level: "observed" | "likely" | "inconclusive";
  readonly rows: readonly TimelineRow[];
  /** Distance to the first symptom, nanoseconds, for `preceded-by`. */
  readonly beforeNs?: bigint;
  readonly sharedKeyKind?: string;
}

export interface StitchedTimeline {
  /** Ascending by (instant, kind rank, depth, id); unique by event id. */
  readonly rows: readonly TimelineRow[];
  readonly keys: readonly TouchedKey[];
  readonly services: readonly TouchedService[];
  readonly findings: readonly Finding[];
  /** Gaps that only joining can see (hubs, records left out). */
  readonly gaps: readonly EvidenceGap[];
  /** Keys that may be asked about next, asked ones included. */
  readonly follow: readonly FollowedKey[];
  readonly records: number;
  readonly foreign: number;
}
