/** Shapes of Sentry's answers (https://docs.sentry.io/api/), filled from the demo's events. */
import type { DemoSentryDeploy, DemoSentryEvent } from "../backend";
import type { SentryStore, StoredRelease } from "./sentry-store";

export function organizationRow(org: string): object {
  return { id: "1", slug: org, name: org, status: { id: "active", name: "active" }, links: {} };
}

export function projectRow(slug: string, store: SentryStore): object {
  return { id: String(store.projectId(slug)), slug, name: slug, platform: "node", environments: store.environments() };
}

export function releaseRow(release: StoredRelease, store: SentryStore) {
  const last = release.deploys.at(-1);
  return {
    version: release.version,
    shortVersion: release.version.split("@").at(-1) ?? release.version,
    dateCreated: release.deploys[0]?.startedAtIso ?? "",
    dateReleased: release.deploys[0]?.finishedAtIso ?? null,
    commitCount: 0,
    deployCount: release.deploys.length,
    lastDeploy: last ? deployRow(last) : null,
    projects: release.projects.map((slug) => ({ id: store.projectId(slug), slug, name: slug, platform: "node" })),
    authors: [],
  };
}

export function deployRow(deploy: DemoSentryDeploy): object {
  return {
    id: `${deploy.version}/${deploy.finishedAtIso}`,
    environment: deploy.environment,
    name: null,
    url: null,
    dateStarted: deploy.startedAtIso,
    dateFinished: deploy.finishedAtIso,
  };
}

export function issueRow(events: readonly DemoSentryEvent[], store: SentryStore): object {
  const [newest] = events;
  if (!newest) return {};
  return {
    id: String(store.issueId(newest)),
    shortId: store.shortId(newest),
    title: `${newest.type}: ${newest.value}`,
    culprit: newest.culprit,
    level: newest.level,
    status: "unresolved",
    substatus: "ongoing",
    platform: newest.platform,
    type: "error",
    issueCategory: "error",
    assignedTo: null,
    userCount: new Set(events.flatMap((event) => event.userId ?? [])).size,
    count: String(events.length),
    firstSeen: events.at(-1)?.atIso,
    lastSeen: newest.atIso,
    project: projectRow(newest.project, store),
    metadata: { type: newest.type, value: newest.value },
  };
}

/** Frames oldest first, as Sentry sends them: the failing one is last. */
export function eventDetail(event: DemoSentryEvent, store: SentryStore): object {
  const frames = event.frames.map(({ filename, function: name, lineno, inApp }) => ({
    filename,
    absPath: `/app/${filename}`,
    function: name,
    module: null,
    lineNo: lineno,
    colNo: null,
    inApp,
    context: [],
    vars: null,
  }));
  const id = plainId(event);
  const siblings = store.eventsOfIssue(String(store.issueId(event)));
  const at = siblings.indexOf(event);
  const neighbour = (index: number) => {
    const other = index < 0 ? undefined : siblings[index];
    return other ? plainId(other) : null;
  };
  return {
    id,
    eventID: id,
    groupID: String(store.issueId(event)),
    projectID: String(store.projectId(event.project)),
    type: "error",
    title: `${event.type}: ${event.value}`,
    message: "",
    culprit: event.culprit,
    platform: event.platform,
    dateCreated: event.atIso,
    dateReceived: event.atIso,
    metadata: { type: event.type, value: event.value },
    tags: tagList(event),
    user: userOf(event),
    contexts:
      event.traceId === undefined
        ? {}
        : { trace: { type: "trace", trace_id: event.traceId, span_id: event.spanId ?? null } },
    entries: [
      {
        type: "exception",
        data: {
          values: [
            {
              type: event.type,
              value: event.value,
              mechanism: { type: "generic", handled: false },
              stacktrace: { frames },
            },
          ],
        },
      },
    ],
    release: event.release === undefined ? null : { version: event.release, lastDeploy: null },
    nextEventID: neighbour(at - 1),
    previousEventID: neighbour(at + 1),
    _meta: { entries: {}, tags: {}, user: null, contexts: null },
  };
}

/** A row of an event list: level, environment and release are found among the tags only. */
export function eventRow(event: DemoSentryEvent, store: SentryStore): object {
  const id = plainId(event);
  return {
    id,
    eventID: id,
    "event.type": "error",
    groupID: String(store.issueId(event)),
    projectID: String(store.projectId(event.project)),
    title: `${event.type}: ${event.value}`,
    message: event.value,
    location: event.frames.at(-1)?.filename ?? null,
    culprit: event.culprit,
    user: userOf(event),
    tags: tagList(event),
    platform: event.platform,
    dateCreated: event.atIso,
    crashFile: null,
    metadata: { type: event.type, value: event.value },
  };
}

/** An error that stands alone in a trace. Times are seconds. */
export function traceError(event: DemoSentryEvent, store: SentryStore): object {
  return {
    event_type: "error",
    event_id: plainId(event),
    project_id: store.projectId(event.project),
    project_slug: event.project,
    description: `${event.type}: ${event.value}`,
    transaction: event.culprit,
    culprit: event.culprit,
    level: event.level,
    issue_id: store.issueId(event),
    issue_type: 1,
    short_id: store.shortId(event),
    start_timestamp: Date.parse(event.atIso) / 1000,
  };
}

function plainId(event: DemoSentryEvent): string {
  return event.eventId.replaceAll("-", "").toLowerCase();
}

function tagList(event: DemoSentryEvent): readonly { key: string; value: string }[] {
  const builtIn = { level: event.level, environment: event.environment };
  const tags = { ...builtIn, ...(event.release === undefined ? {} : { release: event.release }), ...event.tags };
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

function userOf(event: DemoSentryEvent): object | null {
  return event.userId === undefined ? null : { id: event.userId, email: null, username: null, ip_address: null };
}
