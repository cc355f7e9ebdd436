/**
 * The one exception that means "answer this at our edge". One mapper turns it into an RFC 9457 document.
 *
 * `PROBLEM_CODES` of lib/contract/problem.ts lists the same codes; platform knows nobody, so the union is declared
 * here again and the mapper, which sees both, does not compile when they differ.
 */
export type ProblemCode =
  | "bad-request"
  | "unauthenticated"
  | "forbidden"
  | "step-up-required"
  | "not-found"
  | "conflict"
  | "too-large"
  | "rate-limited"
  | "overloaded"
  | "internal";

export interface ProblemOptions {
  /** Our own plain sentence: never upstream text, never an id the caller did not send. */
  readonly detail?: string;
  /** For bad requests and conflicts: the name of the field that is wrong. */
  readonly field?: string;
  /** For rate limits: when trying again makes sense. */
  readonly retryAfterSeconds?: number;
  /** For the log only. */
  readonly cause?: unknown;
}

/** Thrown anywhere below a route handler; everything else that is thrown answers `internal` without a word. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly detail: string | undefined;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ProblemCode,
    options: ProblemOptions = {},
  ) {
    super(options.detail ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.detail = options.detail;
    this.field = options.field;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
