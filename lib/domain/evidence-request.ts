/** The questions a source can be asked. Planned by `lib/plan`, answered by `lib/sources/*`. */
import { keyId, type CorrelationKey } from "./correlation-key";
import type { SourceId } from "./source-id";
import type { TimeWindow } from "./time-window";

export type EvidenceRequest =
  /** Records that carry the key, in every form in which the source may hold it. */
  | { readonly kind: "by-key"; readonly key: CorrelationKey; readonly window: TimeWindow }
  /** The whole trace. Tempo answers with spans, Loki with lines of the trace, Sentry with its errors. */
  | { readonly kind: "trace"; readonly traceId: string; readonly window: TimeWindow }
  /** What happened around the touched services: RED metrics, alerts, deploys. Names as the sources spell them. */
  | { readonly kind: "context"; readonly rawServices: readonly string[]; readonly window: TimeWindow }
  /** Spans of these services that ended in an error, the newest. Context: they share service and time with the question. */
  | FailuresRequest
  /** Whole traces of other runs of one workflow that ended without an error at their root. */
  | RunsRequest;

export interface FailuresRequest {
  readonly kind: "failures";
  /** As the sources spell them. */
  readonly rawServices: readonly string[];
  readonly window: TimeWindow;
}

export interface RunsRequest {
  readonly kind: "runs";
  /** Of the root span, as the source spells it. */
  readonly rawService: string;
  /** Name of the root span. */
  readonly operation: string;
  /** Only runs of this version of the root's service. */
  readonly version?: string;
  /** The step need not be the root: of the asked run the beginning is not recorded. */
  readonly anywhere?: true;
  readonly window: TimeWindow;
}

export type EvidenceRequestKind = EvidenceRequest["kind"];

/** Limits of one fetch. The deadline is absolute and is never reset by a retry. */
export interface FetchBudget {
  readonly deadlineAtMs: number;
  readonly maxRows: number;
  /** Decoded bytes over all requests of the fetch. */
  readonly maxBytes: number;
}

/** What is asked of whom, whatever the window: the same on every run. Names steps and their continuations. */
export function fetchId(source: SourceId, request: EvidenceRequest): string {
  switch (request.kind) {
    case "by-key":
      return `${source}|by-key|${keyId(request.key)}`;
    case "trace":
      return `${source}|trace|${request.traceId}`;
    case "context":
    case "failures":
      return `${source}|${request.kind}|${request.rawServices.join(",")}`;
    case "runs":
      return `${source}|runs|${request.rawService}|${request.operation}|${request.version ?? ""}|${String(request.anywhere ?? false)}`;
  }
}
