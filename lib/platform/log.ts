/**
 * JSON logs to standard output. Ids, counts and durations only: a log line must never hold what a role may not read, so
 * errors are described without their message and well-known secret names are blanked if somebody logs them anyway.
 */
import "server-only";
import { type DestinationStream, type LogFn, type Logger, pino } from "pino";
import { describeError } from "./describe-error";
import { env } from "./env";

const SECRET_NAMES = ["token", "password", "secret", "authorization", "cookie", "apiKey", "headers", "body", "text"];

/** A root logger. `destination` is for tests. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { name: "throughline" },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError, error: describeError },
    hooks: { logMethod: withoutBorrowedMessage },
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[withheld]" },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Without a message of ours pino writes that of the error. */
function withoutBorrowedMessage(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [first, message, ...rest]: unknown[] = args;
  if (message !== undefined || typeof first !== "object") method.apply(this, args);
  else method.call(this, first instanceof Error ? { err: first } : first, "no message", ...rest);
}

let root: Logger | undefined;

/** The logger of one area, named as its folder: `log("sources").info({ source, rows }, "fetched")`. */
export function log(area: string): Logger {
  root ??= createLogger(env().LOG_LEVEL);
  return root.child({ area });
}
