/**
 * The contract of the one HTTP client that adapters use. `create-source-http.ts` implements it.
 *
 * It owns deadline, abort, decoded-byte cap, retry, circuit breaker, bulkhead, SSRF guard and credentials, so that an
 * adapter's `client.ts` only names the endpoint and reads the answer.
 */

export interface SourceHttpRequest {
  /** Stable name for breaker, metrics and logs: `loki.query_range`. */
  readonly operation: string;
  readonly method: "GET" | "POST";
  /** Joined to the base URL's own path, never replacing it: `/loki/api/v1/query_range`. */
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  /** Sent as `application/x-www-form-urlencoded`. All our requests are reads, so POST is retried like GET. */
  readonly form?: readonly (readonly [name: string, value: string])[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SourceHttpBudget {
  /** Absolute wall-clock deadline, milliseconds since 1970. Includes queueing and retries. */
  readonly deadlineAtMs: number;
  /** Decoded bytes of this one body. */
  readonly maxBytes: number;
}

export type SourceHttpFailureKind =
  | "refused" // connect, DNS or TLS failure, redirect, address not allowed, breaker open
  | "timeout"
  | "aborted" // the caller's signal fired
  | "busy" // bulkhead queue full
  | "too-large" // maxBytes reached
  | "cut-off" // the body ended early
  | "status"; // an HTTP status of 300 or more (after retries where allowed)

export type SourceHttpResult =
  | {
      readonly ok: true;
      readonly status: number;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      /** Decoded text. Parse it in `client.ts` only. */
      readonly text: string;
      readonly bytes: number;
      readonly attempts: number;
    }
  | {
      readonly ok: false;
      readonly kind: SourceHttpFailureKind;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** First 4 KiB of an error body, for the adapter to recognise a known error. Never shown to anyone. */
      readonly text?: string;
      readonly attempts: number;
    };

export interface SourceHttp {
  send(request: SourceHttpRequest, budget: SourceHttpBudget, signal: AbortSignal): Promise<SourceHttpResult>;
}
