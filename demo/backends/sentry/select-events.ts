/** Which events a request is about: time window, projects, environments, search. */
import type { DemoSentryEvent } from "../backend";
import type { HttpQuestion } from "../serve-http";
import { parseSearch } from "./parse-search";
import { SearchError } from "./search-value";
import { columnOf, type SentryStore } from "./sentry-store";

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};
const DEFAULT_PERIOD_MS = 90 * 86_400_000;

interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

/** Newest first. Throws `SearchError`, which is answered with 400. */
export function selectEvents(question: HttpQuestion, store: SentryStore, query?: string): readonly DemoSentryEvent[] {
  const matches = parseSearch(query ?? question.query.get("query") ?? "");
  const { startMs, endMs } = timeRange(question.query, store.now());
  const wantsProject = projectTest(question.query, store);
  const environments = question.query.getAll("environment");
  return store.events.filter((event) => {
    const atMs = Date.parse(event.atIso);
    return (
      atMs >= startMs &&
      atMs < endMs &&
      wantsProject(event.project) &&
      (environments.length === 0 || environments.includes(event.environment)) &&
      matches((column) => columnOf(event, column, store)?.toString())
    );
  });
}

/** `project` repeats; ids and slugs; none or -1 mean every project. An unknown project is 403 on the real server. */
export function projectTest(query: URLSearchParams, store: SentryStore): (slug: string) => boolean {
  const asked = query.getAll("project");
  if (asked.length === 0 || asked.includes("-1")) return () => true;
  return (slug) => asked.includes(slug) || asked.includes(String(store.projectId(slug)));
}

/** `statsPeriod` wins; `start` and `end` only count together; without any of them the last ninety days. */
export function timeRange(query: URLSearchParams, nowMs: number): TimeRange {
  const period = query.get("statsPeriod");
  if (period !== null) return { startMs: nowMs - periodMs(period), endMs: nowMs + 1 };
  const [start, end] = [query.get("start"), query.get("end")];
  if (start === null && end === null) return { startMs: nowMs - DEFAULT_PERIOD_MS, endMs: Infinity };
  if (start === null || end === null) throw new SearchError("start and end are both required");
  const range = { startMs: instant(start), endMs: instant(end) };
  if (range.startMs > range.endMs) throw new SearchError("start must be before end");
  return range;
}

function periodMs(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined) throw new SearchError("Invalid statsPeriod");
  return Number(count) * unitMs;
}

/** ISO 8601; without a zone it is UTC. */
function instant(text: string): number {
  const ms = Date.parse(/T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes("T") ? text : `${text}Z`);
  if (Number.isNaN(ms)) throw new SearchError(`${text} is not a valid ISO8601 date query`);
  return ms;
}
