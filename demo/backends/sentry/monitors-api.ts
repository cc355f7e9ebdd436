/**
 * Cron monitors and their check-ins, as web API 0 lists them (schema 0.272; `environments` is a list, whatever that says). Not
 * recorded: there was no Sentry to record from.
 */
import type { DemoCheckIn, DemoCronMonitor } from "../backend";
import type { HttpAnswer, HttpQuestion } from "../serve-http";
import { projectTest, timeRange } from "./select-events";
import { json, list, notFound } from "./sentry-answer";
import { projectRow } from "./sentry-rows";
import type { SentryStore } from "./sentry-store";

/** `sort=name` is the only order that is known here. */
export function answerMonitors(question: HttpQuestion, [id]: readonly string[], store: SentryStore): HttpAnswer {
  if (id !== undefined) {
    const monitor = monitorBy(id, store);
    return monitor ? json(200, monitorRow(monitor, store)) : notFound();
  }
  const wantsProject = projectTest(question.query, store);
  const monitors = store.monitors.filter(({ project }) => wantsProject(project));
  return list(
    question,
    monitors.sort((a, b) => (a.name < b.name ? -1 : 1)).map((monitor) => monitorRow(monitor, store)),
  );
}

/** Newest first. `parts`: what follows `monitors/` in the path. */
export function answerCheckIns(
  question: HttpQuestion,
  project: string,
  [id = "", resource, ...rest]: readonly string[],
  store: SentryStore,
): HttpAnswer {
  const monitor = monitorBy(id, store);
  if (monitor?.project !== project || resource !== "checkins" || rest.length > 0) return notFound();
  const environments = question.query.getAll("environment");
  const { startMs, endMs } = timeRange(question.query, store.now());
  const isAsked = ({ atIso }: DemoCheckIn) => Date.parse(atIso) >= startMs && Date.parse(atIso) <= endMs;
  const isThere = environments.length === 0 || environments.includes(monitor.environment);
  const checkIns = isThere ? told(monitor, store).filter(isAsked).reverse() : [];
  return list(
    question,
    checkIns.map((checkIn) => checkInRow(checkIn, monitor)),
  );
}

function monitorBy(id: string, { monitors }: SentryStore): DemoCronMonitor | undefined {
  return monitors.find((one) => one.id === id || one.slug === id);
}

/** What has happened by now, oldest first. */
function told({ checkIns }: DemoCronMonitor, store: SentryStore): readonly DemoCheckIn[] {
  return checkIns.filter(({ atIso }) => Date.parse(atIso) <= store.now());
}

function monitorRow(monitor: DemoCronMonitor, store: SentryStore): object {
  const checkIns = told(monitor, store);
  const lastGood = checkIns.findLastIndex(({ status }) => status === "ok");
  const failures = checkIns.slice(lastGood + 1);
  const ran = checkIns.filter(({ status }) => status !== "missed").at(-1);
  const { id, slug, name, project, environment } = monitor;
  return {
    ...{ id, slug, name, type: "cron_job", status: "active", isMuted: false, isUpserting: false, owner: null },
    config: configOf(monitor),
    dateCreated: checkIns[0]?.atIso ?? new Date(store.now()).toISOString(),
    project: projectRow(project, store),
    environments: [
      {
        ...{ name: environment, status: failures.length > 0 ? "error" : "ok", isMuted: false },
        dateCreated: checkIns[0]?.atIso ?? null,
        ...{ lastCheckIn: ran?.atIso ?? null, nextCheckIn: null, nextCheckInLatest: null },
        activeIncident: failures[0]
          ? { startingTimestamp: failures[0].atIso, resolvingTimestamp: null, brokenNotice: null }
          : null,
      },
    ],
  };
}

function checkInRow({ atIso, status, expectedIso }: DemoCheckIn, monitor: DemoCronMonitor): object {
  return {
    ...{ id: `${monitor.id}/${atIso}`, environment: monitor.environment, status, duration: null },
    ...{ dateCreated: atIso, dateAdded: atIso, dateUpdated: atIso, dateInProgress: null, dateClock: atIso },
    ...{ expectedTime: expectedIso, monitorConfig: configOf(monitor) },
  };
}

function configOf({ schedule, marginMinutes }: DemoCronMonitor): object {
  return {
    ...{ schedule_type: "crontab", schedule, checkin_margin: marginMinutes, max_runtime: 30, timezone: "UTC" },
    ...{ failure_issue_threshold: 1, recovery_threshold: 1, alert_rule_id: null },
  };
}
