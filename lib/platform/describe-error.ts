/** What may be written down about an unknown error: its type, code and place, never its message (see operator-error.ts). */
import { OperatorError } from "./operator-error";

export interface ErrorDescription {
  readonly type: string;
  readonly code?: string;
  /** Only of errors whose message we wrote. */
  readonly message?: string;
  /** Frames only. The head of a stack repeats the message, which may span lines. */
  readonly at?: readonly string[];
  readonly cause?: ErrorDescription;
}

const MAX_DEPTH = 4;
const MAX_FRAMES = 12;
const FRAME = /^ {4}at .*[)\d]$/;
const CODE = /^[A-Z0-9_]{1,60}$/;
const TYPE = /^[A-Za-z0-9_$]{1,60}$/;

export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = "code" in error && typeof error.code === "string" && CODE.test(error.code) ? error.code : undefined;
  const at = framesOf(error);
  return {
    type: TYPE.test(error.name) ? error.name : "Error",
    ...(code !== undefined && { code }),
    ...(error instanceof OperatorError && { message: error.message }),
    ...(at.length > 0 && { at }),
    ...(error.cause !== undefined && depth < MAX_DEPTH && { cause: describeError(error.cause, depth + 1) }),
  };
}

/** Cuts the stack after the message, so that a message made to look like a frame is not taken for one. */
function framesOf(error: Error): string[] {
  const stack = typeof error.stack === "string" ? error.stack : "";
  const head = `${error.name}: ${error.message}`;
  const start = stack.indexOf(head);
  // A stack that does not begin with name and message was made before either changed: its head cannot be told apart.
  if (error.message !== "" && start !== 0) return [];
  return stack
    .slice(error.message === "" ? 0 : head.length)
    .split("\n")
    .filter((line) => FRAME.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim());
}
