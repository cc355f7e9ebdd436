/** Sends one source request, and once more when the answer allows it and the deadline leaves room. */
import "server-only";
import type { Dispatcher } from "undici";
import { createRetryAllowance, retryDelayMs } from "./retry-delay";
import { attemptSource, type SourceAttempt, type SourceAttemptResult } from "./source-attempt";
import type { SourceHttpResult } from "./source-http";
import type { StopSignal } from "./stop-signal";

export type RetryingSender = (
  attempt: SourceAttempt,
  deadlineAtMs: number,
  stop: StopSignal,
) => Promise<SourceHttpResult>;

/** One per source: its requests share the allowance of retries. The sender never rejects. */
export function createRetryingSender(options: {
  readonly dispatcher: Dispatcher;
  readonly now: () => number;
  readonly random: () => number;
}): RetryingSender {
  const { dispatcher, now, random } = options;
  const allowance = createRetryAllowance();
  return async (attempt, deadlineAtMs, stop) => {
    allowance.requestSent();
    const first = await attemptSource(attempt, dispatcher, stop.signal);
    if (first.ok || !first.mayRetry) return finished(first, 1, stop);
    const retryAfter = first.headers?.["retry-after"];
    const delayMs = retryDelayMs({ retryAfter, nowMs: now(), deadlineAtMs, random: random() });
    if (delayMs === undefined || !allowance.tryTake()) return finished(first, 1, stop);
    await stop.sleep(delayMs);
    if (stop.signal.aborted) return stoppedAfter(first, 1, stop);
    const second = await attemptSource(attempt, dispatcher, stop.signal);
    return !second.ok && stop.signal.aborted ? stoppedAfter(first, 2, stop) : finished(second, 2, stop);
  };
}

/** "429, and then time ran out" is a rate limit: what the source did say tells more than the deadline. */
function stoppedAfter(said: SourceAttemptResult, attempts: number, stop: StopSignal): SourceHttpResult {
  if (stop.reason() === "aborted") return { ok: false, kind: "aborted", attempts };
  return finished(said, attempts, stop);
}

function finished(result: SourceAttemptResult, attempts: number, stop: StopSignal): SourceHttpResult {
  if (result.ok) return { ...result, attempts };
  const { mayRetry: _, kind, ...rest } = result;
  return { ...rest, kind: stop.signal.aborted && kind === "timeout" ? stop.reason() : kind, attempts };
}
