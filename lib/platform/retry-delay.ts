/** How long to wait before the second try. Pure: the clock and the dice are arguments. */

const MIN_DELAY_MS = 100;
const MAX_DELAY_MS = 1000;

/**
 * Full jitter between 100 and 1000 ms, and never sooner than the source's `Retry-After`.
 *
 * @param retryAfter raw header: seconds or an HTTP date (RFC 9110 §10.2.3). What is neither is ignored.
 * @returns milliseconds, or `undefined` when the wait would not end before the deadline: then do not retry.
 */
export function retryDelayMs(options: {
  readonly retryAfter: string | undefined;
  readonly nowMs: number;
  readonly deadlineAtMs: number;
  readonly random: number;
}): number | undefined {
  const { retryAfter, nowMs, deadlineAtMs, random } = options;
  const jitter = MIN_DELAY_MS + random * (MAX_DELAY_MS - MIN_DELAY_MS);
  const delay = Math.max(jitter, retryAfterMs(retryAfter, nowMs) ?? 0);
  return nowMs + delay < deadlineAtMs ? delay : undefined;
}

function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  // An HTTP date always starts with the day's name; without this check `Date.parse` takes "-5" for a year.
  if (!/^[A-Z][a-z]{2,8},? /.test(value)) return undefined;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** Retries may add one tenth to the load, plus a small reserve, so that they cannot keep a struggling source down. */
export interface RetryAllowance {
  requestSent(): void;
  tryTake(): boolean;
}

const RESERVE = 10;
const EARNED_PER_REQUEST = 0.1;

export function createRetryAllowance(): RetryAllowance {
  let tokens = RESERVE;
  return {
    requestSent() {
      tokens = Math.min(RESERVE, tokens + EARNED_PER_REQUEST);
    },
    tryTake() {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
