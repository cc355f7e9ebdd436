/** What the reading of a history works with. */
import type { PrometheusClient } from "./client";

export interface HistoryReader {
  /** A new budget of time and bytes for each request. */
  readonly client: () => PrometheusClient;
  /** By its flags or the operator's word; undefined when nobody tells. */
  readonly keptMs: number | undefined;
  readonly now: () => number;
  /** When to stop, whatever is left. */
  readonly deadlineAtMs: number;
  readonly signal: AbortSignal;
}

/** Seconds since 1970. */
export interface Span {
  readonly fromS: number;
  readonly toS: number;
}
