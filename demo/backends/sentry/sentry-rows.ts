/** Shapes of Sentry's answers (https://docs.sentry.io/api/), filled from the demo's events. */
import type { DemoSentryDeploy, DemoSentryEvent } from "../backend";
import type { SentryStore, StoredRelease } from "./sentry-store";

export function projectRow(slug: string, store: SentryStore): object {
  return { id: String(store.projectId(slug)), slug, name: slug, platform: "node", environments: ["production"] };
}

export function releaseRow(release: StoredRelease, store: SentryStore) {
  const last = release.deploys.at(-1);
  return {
    version: release.version,
    shortVersion: release.version,
    dateCreated: last?.startedAtIso ?? "",
    dateReleased: null,
    commitCount: 0,
    deployCount: release.deploys.length,
    lastDeploy: last ? deployRow(last) : null,
    projects: [{ id: store.projectId(release.project), slug: release.project, name: release.project }],
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
    shortId: `${newest.project.toUpperCase()}-${store.issueId(newest).toString(36).toUpperCase()}`,
    title: `${newest.type}: ${newest.value}`,
    culprit: newest.culprit,
    level: newest.level,
    status: "unresolved",
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
  const base = { level: event.level, environment: event.environment };
  const tags = { ...base, ...(event.release === undefined ? {} : { release: event.release }), ...event.tags };
  return {
    id: event.eventId.replaceAll("-", ""),
    eventID: event.eventId.replaceAll("-", ""),
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
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    user: event.userId === undefined ? null : { id: event.userId, email: null, username: null, ip_address: null },
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
    _meta: { entries: {}, tags: {}, user: null, contexts: null },
  };
}
