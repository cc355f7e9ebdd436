/** Told once about every finished source request. Names and numbers only. */
import type { SourceHttpFailureKind } from "./source-http";

export interface SourceRequestObservation {
  readonly source: string;
  readonly operation: string;
  /** `ok`, the failure kind, or `http_<status>`. */
  readonly result: "ok" | Exclude<SourceHttpFailureKind, "status"> | `http_${number}`;
  readonly elapsedMs: number;
}

export type SourceRequestObserver = (observation: SourceRequestObservation) => void;
