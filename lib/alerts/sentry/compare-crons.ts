/**
 * What is new in the list of cron monitors, against what was listed before and what is open in the history. Pure.
 *
 * - A monitor that fails is told when its incident, its reason or its muting changed, or when it is open nowhere.
 * - An incident that is over was resolved: Sentry itself says so. Its check-ins tell when.
 * - A monitor that two whole answers do not list, or list as disabled, is heard no more: its fire ends with the rule.
 */
import type { AlertFire } from "@/lib/domain/alert-history";
import type { PollMemory } from "@/lib/domain/poll";
import type { SentryCheckIn } from "@/lib/sources/sentry/wire";
import type { CronAlert, CronBody } from "./cron-body";
import type { ListedCron } from "./list-crons";
import { failureAt, firstFailureMs, recoveryMs } from "./read-check-ins";

/** Absent so often in a row. */
const ABSENCES = 2;
const DAY_MS = 24 * 60 * 60_000;

/** Check-ins to ask for, before it can be told what is new. */
export interface CronQuestion {
  readonly cron: ListedCron;
  readonly fromMs: number;
  readonly toMs: number;
}

/** `unread`: asked, and not answered. */
export type CheckInAnswer = { readonly checkIns: readonly SentryCheckIn[]; readonly isWhole: boolean } | "unread";

export interface CronComparison {
  readonly listed: readonly ListedCron[];
  /** Open by what this source told of its monitors. */
  readonly open: readonly AlertFire[];
  readonly memory: PollMemory;
  /** When the source answered before; null for never. */
  readonly heardAt: Date | null;
  readonly now: Date;
  /** The list is whole. */
  readonly mayMiss: boolean;
  /** By fingerprint. What is not in it was not asked yet. */
  readonly answers: ReadonlyMap<string, CheckInAnswer>;
  /** Whether all others that told of this fire miss it too. */
  readonly missingElsewhere: (fire: AlertFire) => boolean;
}

export function cronQuestions(listed: readonly ListedCron[], open: readonly AlertFire[], now: Date): CronQuestion[] {
  const openBy = new Map(open.map((fire) => [fire.fingerprint, fire]));
  const toMs = now.getTime();
  return listed.flatMap((cron): CronQuestion[] => {
    const fire = openBy.get(cron.fingerprint);
    const fireMs = fire?.startsAt.getTime();
    if (cron.state === "ok") return fireMs === undefined ? [] : [{ cron, fromMs: fireMs, toMs }];
    if (cron.state === "untold") return [];
    const { incidentMs } = cron;
    const isSame = fireMs !== undefined && (incidentMs === null || incidentMs === fireMs);
    if (isSame && fire?.labels["failure"] !== undefined) return [];
    if (incidentMs === null) return [{ cron, fromMs: fireMs ?? toMs - DAY_MS, toMs }];
    // The one run that opened the incident, or all since the one before it, whose end is not known either.
    return fireMs === undefined || isSame
      ? [{ cron, fromMs: incidentMs, toMs: incidentMs }]
      : [{ cron, fromMs: Math.min(fireMs, incidentMs), toMs }];
  });
}

export function compareCrons(comparison: CronComparison): { readonly body: CronBody; readonly memory: PollMemory } {
  const { listed, open, memory, heardAt, mayMiss } = comparison;
  const openBy = new Map(open.map((fire) => [fire.fingerprint, fire]));
  const next: PollMemory = { seen: {}, missing: {} };
  const alerts: CronAlert[] = [];
  for (const cron of listed) {
    const { fingerprint } = cron;
    const fire = openBy.get(fingerprint);
    if (cron.state === "ok" && fire && comparison.answers.has(fingerprint))
      alerts.push(recovered(cron, fire, comparison));
    if (cron.state !== "failing") continue;
    const alert = failing(cron, fire, comparison);
    const before = fire && Date.parse(alert.startsAt) > fire.startsAt.getTime() ? fire : undefined;
    if (before) alerts.push(recovered(cron, before, comparison));
    const mark = [alert.startsAt, alert.labels["failure"] ?? "", alert.muted ? "muted" : ""].join(" ");
    if (memory.seen[fingerprint] !== mark || !fire) alerts.push(alert);
    next.seen[fingerprint] = mark;
  }
  const known = new Set(listed.map(({ fingerprint }) => fingerprint));
  for (const fire of open.filter(({ fingerprint }) => !known.has(fingerprint))) {
    const { fingerprint } = fire;
    const before = memory.missing[fingerprint];
    const listedAt = memory.seen[fingerprint] === undefined ? (before?.listedAt ?? null) : (heardAt?.getTime() ?? null);
    const polls = (before?.polls ?? 0) + Number(mayMiss);
    next.missing[fingerprint] = { listedAt, polls };
    if (!mayMiss || polls < ABSENCES || !comparison.missingElsewhere(fire)) continue;
    alerts.push(ended(fire, "removed", Math.max(fire.lastSeenAt.getTime(), listedAt ?? 0)));
  }
  return { body: { alerts }, memory: next };
}

function failing(cron: ListedCron, fire: AlertFire | undefined, { answers, now }: CronComparison): CronAlert {
  const { fingerprint, incidentMs, labels, url, muted } = cron;
  const answer = answers.get(fingerprint);
  const checkIns = answer === undefined || answer === "unread" ? undefined : answer.checkIns;
  const startMs = incidentMs ?? fire?.startsAt.getTime() ?? firstFailureMs(checkIns ?? [], now) ?? now.getTime();
  if (fire?.startsAt.getTime() === startMs && fire.labels["failure"] !== undefined) {
    const { labels: told, annotations } = fire;
    return firing({ ...labels, failure: told["failure"] ?? "" }, annotations, startMs, { url, muted });
  }
  const found = checkIns && failureAt(checkIns, startMs, now);
  // Asked in vain is not asked again.
  const failure = found?.failure ?? (checkIns && "unknown");
  const told = failure === undefined ? labels : { ...labels, failure };
  return firing(told, { summary: summaryOf(failure, found?.expectedAt) }, startMs, { url, muted });
}

function firing(
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
  startMs: number,
  rest: Pick<CronAlert, "url" | "muted">,
): CronAlert {
  return {
    ...{ status: "firing", labels: { ...labels }, annotations: { ...annotations } },
    ...{ startsAt: new Date(startMs).toISOString(), endsAt: null, ...rest },
  };
}

function summaryOf(failure: string | undefined, expectedAt: Date | undefined): string {
  switch (failure) {
    case "missed":
      return expectedAt
        ? `No check-in came for the run expected at ${expectedAt.toISOString().slice(0, 16).replace("T", " ")} UTC.`
        : "No check-in came for an expected run.";
    case "error":
      return "The run reported an error.";
    case "timeout":
      return "The run did not end in the time that it may take.";
    default:
      return "Sentry says that the runs fail.";
  }
}

/** Over, by what Sentry says. Without its check-ins the last one is the nearest that is known. */
function recovered(cron: ListedCron, fire: AlertFire, { answers, heardAt, now }: CronComparison): CronAlert {
  const { fingerprint, incidentMs, lastCheckInMs, recoveryThreshold } = cron;
  const answer = answers.get(fingerprint);
  const exactMs =
    answer === undefined || answer === "unread" || !answer.isWhole
      ? undefined
      : recoveryMs(answer.checkIns, fire.startsAt.getTime(), recoveryThreshold, now);
  if (exactMs !== undefined) return ended(fire, "resolved", exactMs);
  if (cron.state === "ok") return ended(fire, "resolved", lastCheckInMs ?? now.getTime());
  const lastKnownMs = Math.max(fire.lastSeenAt.getTime(), heardAt?.getTime() ?? 0);
  return ended(fire, "lost", Math.min(lastKnownMs, incidentMs ?? lastKnownMs));
}

function ended(fire: AlertFire, status: CronAlert["status"], endMs: number): CronAlert {
  const { startsAt, labels, annotations, generatorUrl: url, silenced: muted } = fire;
  const endsAt = new Date(Math.max(startsAt.getTime(), endMs)).toISOString();
  return {
    ...{ status, labels: { ...labels }, annotations: { ...annotations } },
    ...{ startsAt: startsAt.toISOString(), endsAt, url, muted },
  };
}
