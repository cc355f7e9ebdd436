/** The one door through which an error is noted. Callers keep going or answer with a code; nobody logs errors directly. */
import "server-only";
import { log } from "./log";
import { errorsReported } from "./metrics";

export interface ErrorContext {
  /** Folder or use case: `alerts`, `timeline.open`. */
  readonly area: string;
  /** True for what will happen in normal operation (a source down, a client gone): counted, logged as a warning. */
  readonly expected: boolean;
  /** Joins the log line with the id a user was shown. */
  readonly requestId?: string;
}

export function reportError(error: unknown, context: ErrorContext): void {
  const { area, expected, requestId } = context;
  errorsReported().inc({ area, expected: String(expected) });
  const fields = { err: error, expected, ...(requestId !== undefined && { requestId }) };
  if (expected) log(area).warn(fields, "expected failure");
  else log(area).error(fields, "unexpected failure");
}
