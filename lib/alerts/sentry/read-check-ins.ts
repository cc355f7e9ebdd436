/** What check-ins tell of an incident: since when, why, until when. Pure. Input as Sentry lists it: newest first. */
import type { SentryCheckIn } from "@/lib/sources/sentry/wire";
import { alertInstant } from "../alert-instant";

export type CronFailure = "missed" | "error" | "timeout";

interface Run {
  readonly atMs: number;
  readonly status: string;
  readonly expectedAt: Date | undefined;
}

/** The first of the failures in a row that lead up to now; undefined when the last run was good. */
export function firstFailureMs(checkIns: readonly SentryCheckIn[], now: Date): number | undefined {
  let firstMs: number | undefined;
  for (const { status, atMs } of runsOf(checkIns, now).reverse()) {
    if (status === "ok") return firstMs;
    if (isFailure(status)) firstMs = atMs;
  }
  return firstMs;
}

/** What went wrong in the run that opened the incident, with the time at which a missed one was expected. */
export function failureAt(
  checkIns: readonly SentryCheckIn[],
  startMs: number,
  now: Date,
): { readonly failure: CronFailure; readonly expectedAt: Date | undefined } | undefined {
  for (const { status, atMs, expectedAt } of runsOf(checkIns, now)) {
    if (atMs >= startMs && isFailure(status)) return { failure: status, expectedAt };
  }
  return undefined;
}

/** The run that ended the incident: the last of as many good ones in a row as the monitor asks for. */
export function recoveryMs(
  checkIns: readonly SentryCheckIn[],
  startMs: number,
  threshold: number,
  now: Date,
): number | undefined {
  let good = 0;
  for (const { status, atMs } of runsOf(checkIns, now)) {
    if (atMs < startMs || status === "in_progress") continue;
    good = status === "ok" ? good + 1 : 0;
    if (good === threshold) return atMs;
  }
  return undefined;
}

/** Oldest first. */
function runsOf(checkIns: readonly SentryCheckIn[], now: Date): Run[] {
  return checkIns
    .flatMap(({ status, dateCreated, expectedTime }): Run[] => {
      const at = alertInstant(dateCreated, now);
      return at ? [{ atMs: at.getTime(), status, expectedAt: alertInstant(expectedTime, now) }] : [];
    })
    .sort((a, b) => a.atMs - b.atMs);
}

function isFailure(status: string): status is CronFailure {
  return status === "missed" || status === "error" || status === "timeout";
}
