/** A Sentry for the demo: the read side of web API 0 that a client needs, over events in memory. */
import type { SentryBackend } from "../backend";
import { serveHttp, type HttpAnswer, type HttpQuestion } from "../serve-http";
import { eventDetail, issueRow, projectRow, releaseRow, deployRow } from "./sentry-rows";
import { page, type Page } from "./sentry-pages";
import { parseSearch, SearchError } from "./parse-search";
import { columnOf, SentryStore } from "./sentry-store";

const MAX_FIELDS = 20;

export function createSentryBackend(options: {
  readonly org: string;
  readonly projects: readonly string[];
}): SentryBackend {
  const store = new SentryStore(options.projects);
  return {
    ...serveHttp((question) => answer(question, options.org, store)),
    capture: (events) => store.capture(events),
    deploy: (deploys) => store.deploy(deploys),
  };
}

function answer(question: HttpQuestion, org: string, store: SentryStore): HttpAnswer {
  if (!/^Bearer \S+$/.test(question.headers["authorization"] ?? "")) {
    return json(401, { detail: "Authentication credentials were not provided." });
  }
  if (question.method !== "GET") return json(405, { detail: `Method "${question.method}" not allowed.` });
  const parts = question.path
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
  if (parts[0] !== "api" || parts[1] !== "0" || !question.path.endsWith("/")) return notFound();
  try {
    if (parts[2] === "organizations" && parts[3] === org) return ofOrganization(question, parts.slice(4), store);
    if (parts[2] === "projects" && parts[3] === org) return ofProject(question, parts.slice(4), store);
  } catch (error) {
    if (error instanceof SearchError) return json(400, { detail: error.message });
    throw error;
  }
  return notFound();
}

function ofOrganization(question: HttpQuestion, parts: readonly string[], store: SentryStore): HttpAnswer {
  const [resource, id, child] = parts;
  if (resource === "projects" && id === undefined) {
    return list(
      question,
      store.projects.map((slug) => projectRow(slug, store)),
    );
  }
  if (resource === "events" && id === undefined) return eventsTable(question, store);
  if (resource === "issues" && id === undefined) return issues(question, store);
  if (resource === "releases" && id === undefined) {
    const releases = [...store.releases.values()].filter(({ project }) => isWantedProject(question, project, store));
    const newestFirst = releases
      .map((release) => releaseRow(release, store))
      .sort((a, b) => (a.dateCreated < b.dateCreated ? 1 : -1));
    return list(question, newestFirst);
  }
  if (resource === "releases" && id !== undefined && child === "deploys") {
    const release = store.releases.get(id);
    return release ? list(question, release.deploys.map(deployRow)) : notFound();
  }
  return resource === undefined ? json(200, { slug: "demo", name: "Demo shop", id: "1" }) : notFound();
}

function ofProject(question: HttpQuestion, parts: readonly string[], store: SentryStore): HttpAnswer {
  const [slug = "", resource, id] = parts;
  if (!store.projects.includes(slug) || resource !== "events" || id === undefined) return notFound();
  const event = store.eventById(id);
  return event?.project === slug ? json(200, eventDetail(event, store)) : notFound();
}

function eventsTable(question: HttpQuestion, store: SentryStore): HttpAnswer {
  const fields = question.query.getAll("field");
  if (fields.length === 0) return json(400, { detail: "No columns selected" });
  if (fields.length > MAX_FIELDS)
    return json(400, {
      detail: `You can view up to ${MAX_FIELDS} fields at a time. Please delete some and try again.`,
    });
  const dataset = question.query.get("dataset") ?? "discover";
  if (dataset !== "errors" && dataset !== "discover")
    return json(400, { detail: `dataset must be one of: errors, discover` });
  const rows = wanted(question, store).map((event) =>
    Object.fromEntries(fields.map((field) => [field, columnOf(event, field, store) ?? null])),
  );
  const paged = page(question, rows);
  if ("refusal" in paged) return paged.refusal;
  return json(200, { data: paged.rows, meta: { fields: {}, dataset } }, paged);
}

function issues(question: HttpQuestion, store: SentryStore): HttpAnswer {
  const byIssue = new Map<number, ReturnType<typeof wanted>>();
  for (const event of wanted(question, store)) {
    const id = store.issueId(event);
    byIssue.set(id, [...(byIssue.get(id) ?? []), event]);
  }
  return list(
    question,
    [...byIssue.values()].map((events) => issueRow(events, store)),
  );
}

/** Newest first, inside `start`/`end`, of the asked projects, matching `query`. */
function wanted(question: HttpQuestion, store: SentryStore) {
  const matches = parseSearch(question.query.get("query") ?? "");
  const start = question.query.get("start");
  const end = question.query.get("end");
  return store.events.filter((event) => {
    const at = Date.parse(event.atIso);
    if (start !== null && at < Date.parse(start)) return false;
    if (end !== null && at >= Date.parse(end)) return false;
    return isWantedProject(question, event.project, store) && matches((column) => columnOf(event, column, store));
  });
}

function isWantedProject(question: HttpQuestion, slug: string, store: SentryStore): boolean {
  const ids = question.query.getAll("project");
  return ids.length === 0 || ids.includes("-1") || ids.includes(slug) || ids.includes(String(store.projectId(slug)));
}

function list(question: HttpQuestion, rows: readonly object[]): HttpAnswer {
  const paged = page(question, rows);
  return "refusal" in paged ? paged.refusal : json(200, paged.rows, paged);
}

function notFound(): HttpAnswer {
  return json(404, { detail: "The requested resource does not exist" });
}

function json(status: number, body: unknown, paged?: Page): HttpAnswer {
  return {
    status,
    headers: {
      "content-type": "application/json",
      "x-sentry-rate-limit-limit": "40",
      "x-sentry-rate-limit-remaining": "39",
      "x-sentry-rate-limit-concurrentlimit": "25",
      "x-sentry-rate-limit-concurrentremaining": "24",
      ...(paged ? { link: paged.link } : {}),
    },
    body: JSON.stringify(body),
  };
}
