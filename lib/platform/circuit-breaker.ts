/**
 * Stops asking a backend that does not answer, so that every question does not wait out the whole budget for it.
 *
 * Own code instead of cockatiel's: half-open must admit exactly one probe and hand it back when the asker walks away
 * (neither success nor failure), and the clock must be an argument.
 */
export interface CircuitPermit {
  succeeded(): void;
  failed(): void;
  /** The asker gave up before the backend showed what it can do. */
  withdrawn(): void;
}

export interface CircuitBreaker {
  /** `undefined` while open. Every permit must be ended by exactly one of its methods. */
  enter(): CircuitPermit | undefined;
  isOpen(): boolean;
}

const FAILURES_TO_OPEN = 5;
const OPEN_FOR_MS = 10_000;

export function createCircuitBreaker(now: () => number): CircuitBreaker {
  let failuresInARow = 0;
  let openUntilMs: number | undefined;
  let probing = false;

  const permit = (isProbe: boolean): CircuitPermit => ({
    succeeded() {
      if (isProbe) probing = false;
      // A slow answer to a question asked before the circuit opened does not close it: only the probe may.
      if (openUntilMs !== undefined && !isProbe) return;
      failuresInARow = 0;
      openUntilMs = undefined;
    },
    failed() {
      if (isProbe) probing = false;
      failuresInARow += 1;
      if (isProbe || (openUntilMs === undefined && failuresInARow >= FAILURES_TO_OPEN))
        openUntilMs = now() + OPEN_FOR_MS;
    },
    withdrawn() {
      if (isProbe) probing = false;
    },
  });

  return {
    enter() {
      if (openUntilMs === undefined) return permit(false);
      if (now() < openUntilMs || probing) return undefined;
      probing = true;
      return permit(true);
    },
    isOpen: () => openUntilMs !== undefined,
  };
}
