/** A Sentry for the demo: the read side of web API 0 that a client needs, over events in memory. */
import type { SentryBackend } from "../backend";
import { serveHttp, type HttpAnswer, type HttpQuestion } from "../serve-http";
import { eventsTable } from "./events-table";
import { answerIssues } from "./issues-api";
import { answerCheckIns, answerMonitors } from "./monitors-api";
import { SearchError } from "./search-value";
import { projectTest, selectEvents } from "./select-events";
import { json, list, notFound, withRateLimits } from "./sentry-answer";
import { deployRow, eventDetail, eventRow, organizationRow, projectRow, releaseRow, traceError } from "./sentry-rows";
import { SentryStore } from "./sentry-store";

interface SentryBackendOptions {
  readonly org: string;
  readonly projects: readonly string[];
  /** Unix milliseconds; the end of windows relative to now. */
  readonly now?: () => number;
}

/** Any Bearer token is accepted: the demo has nothing to protect, and only a missing one can go wrong for a client. */
export function createSentryBackend(options: SentryBackendOptions): SentryBackend {
  const now = options.now ?? Date.now;
  const store = new SentryStore(options.projects, now);
  return {
    ...serveHttp((question) => withRateLimits(answer(question, options.org, store), now())),
    capture: (events) => {
      store.capture(events);
    },
    deploy: (deploys) => {
      store.deploy(deploys);
    },
    setMonitors: (monitors) => {
      store.monitors = [...monitors];
    },
  };
}

function answer(question: HttpQuestion, org: string, store: SentryStore): HttpAnswer {
  const parts = pathParts(question.path);
  if (parts === undefined) return notFound();
  if (!/^Bearer \S+$/.test(question.headers["authorization"] ?? "")) {
    return json(401, { detail: "Authentication credentials were not provided." });
  }
  if (question.method !== "GET") return json(405, { detail: `Method "${question.method}" not allowed.` });
  try {
    const [kind, owner, ...rest] = parts;
    if (kind === "organizations" && owner === undefined) return list(question, [organizationRow(org)]);
    if (owner !== org) return notFound();
    if (kind === "organizations") return ofOrganization(question, rest, org, store);
    return kind === "projects" ? ofProject(question, rest, store) : notFound();
  } catch (error) {
    if (error instanceof SearchError) return json(400, { detail: error.message });
    throw error;
  }
}

/** Decoded parts behind `/api/0/`; undefined when the path is none of the API, which always ends with a slash. */
function pathParts(path: string): readonly string[] | undefined {
  const inside = /^\/api\/0\/(?:(.*)\/)?$/.exec(path);
  if (!inside) return undefined;
  try {
    return (inside[1] ?? "").split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function ofOrganization(
  question: HttpQuestion,
  [resource, ...rest]: readonly string[],
  org: string,
  store: SentryStore,
): HttpAnswer {
  if (resource === undefined) return json(200, organizationRow(org));
  if (resource === "issues") return answerIssues(question, rest, store);
  if (resource === "releases") return ofReleases(question, rest, store);
  if (resource === "monitors" && rest.length < 2) return answerMonitors(question, rest, store);
  const [id] = rest;
  if (resource === "trace" && id !== undefined && rest.length === 1) return errorsOfTrace(id, store);
  if (resource === "eventids" && id !== undefined && rest.length === 1) return findEvent(id, org, store);
  if (rest.length > 0) return notFound();
  if (resource === "events") return eventsTable(question, store);
  if (resource === "projects")
    return list(
      question,
      store.projects.map((slug) => projectRow(slug, store)),
    );
  if (resource === "environments")
    return json(
      200,
      store.environments().map((name, index) => ({ id: String(index + 1), name })),
    );
  return notFound();
}

function ofReleases(question: HttpQuestion, parts: readonly string[], store: SentryStore): HttpAnswer {
  const [version, child] = parts;
  if (version === undefined) {
    const wantsProject = projectTest(question.query, store);
    const part = (question.query.get("query") ?? "").toLowerCase();
    const newestFirst = [...store.releases.values()]
      .filter((release) => release.projects.some(wantsProject) && release.version.toLowerCase().includes(part))
      .map((release) => releaseRow(release, store))
      .sort((a, b) => (a.dateCreated < b.dateCreated ? 1 : -1));
    return list(question, newestFirst);
  }
  const release = store.releases.get(version);
  if (!release || parts.length > 2) return notFound();
  if (child === undefined) return json(200, releaseRow(release, store));
  return child === "deploys" ? list(question, release.deploys.map(deployRow).reverse()) : notFound();
}

function ofProject(question: HttpQuestion, parts: readonly string[], store: SentryStore): HttpAnswer {
  const [slug = "", resource, id] = parts;
  if (!store.projects.includes(slug)) return notFound();
  if (resource === undefined) return json(200, projectRow(slug, store));
  if (resource === "monitors") return answerCheckIns(question, slug, parts.slice(2), store);
  if (resource !== "events" || parts.length > 3) return notFound();
  if (id === undefined) return projectEvents(question, slug, store);
  const event = store.eventById(id);
  return event?.project === slug ? json(200, eventDetail(event, store)) : notFound();
}

/** Here `query` is no search, only a part of the message. */
function projectEvents(question: HttpQuestion, slug: string, store: SentryStore): HttpAnswer {
  const part = (question.query.get("query") ?? "").toLowerCase();
  const events = selectEvents(question, store, "").filter(
    (event) => event.project === slug && event.value.toLowerCase().includes(part),
  );
  return list(
    question,
    events.map((event) => eventRow(event, store)),
  );
}

/** This Sentry holds no spans, so every error of the trace stands alone. Always all projects, never paged. */
function errorsOfTrace(id: string, store: SentryStore): HttpAnswer {
  if (!/^[0-9a-f]{32}$/i.test(id)) return notFound();
  const found = store.events.filter((event) => event.traceId === id.toLowerCase());
  return json(
    200,
    found.map((event) => traceError(event, store)),
  );
}

function findEvent(id: string, org: string, store: SentryStore): HttpAnswer {
  if (!/^[0-9a-f]{32}$/i.test(id)) throw new SearchError("Event ID must be 32 hexadecimal characters");
  const event = store.eventById(id);
  if (!event) return notFound();
  return json(200, {
    organizationSlug: org,
    projectSlug: event.project,
    groupId: String(store.issueId(event)),
    eventId: id.toLowerCase(),
    event: eventDetail(event, store),
  });
}
