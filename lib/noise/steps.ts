/**
 * Work in steps, between which whoever drives it may do something else: a month may hold a million fires, and the process
 * that measures it answers others meanwhile.
 */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** A step ends with what was just worked out. */
export function* step<Result>(result: Result): Steps<Result> {
  yield;
  return result;
}

/** All steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
