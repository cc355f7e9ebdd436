/**
 * Errors by tag, user or trace: the events table first, then each error in full, because tags, stack and exact time are
 * only in the full event. Rows whose searched column is not exactly the asked value are dropped: the last guard
 * against a query that a server understood more widely than we meant it.
 */
import { epochNsFromRfc3339, type EpochNs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { NativeQuery } from "@/lib/domain/source-outcome";
import { isInWindow, type TimeWindow } from "@/lib/domain/time-window";
import { searchPage } from "./links";
import { mapWithLimit } from "./map-with-limit";
import { errorEvent, preciseInstant } from "./normalize";
import { restGaps } from "./rest-gaps";
import { oneByOneScopes, projectScopes } from "./project-scope";
import { type ErrorSearch, errorSearches, errorSearchParameters, type SearchTerm, windowParameters } from "./query";
import { httpQuery, isAllowedProject, type SentryFindings, type SentryQuestion } from "./question";
import type { SentryRow } from "./wire";
import type { SentryRefusal } from "./client";

const MAX_PAGES = 10;
/** Full events per fetch. Each is one request, and Sentry allows few at a time. */
const MAX_DETAILS = 60;
/** Sentry counts concurrent requests per token; two leave room for the organisation's other tools. */
const CONCURRENCY = 2;

interface Search {
  /** By project and event id. */
  readonly rows: ReadonlyMap<string, SentryRow>;
  readonly gaps: readonly EvidenceGap[];
  readonly queries: readonly NativeQuery[];
  readonly answered: boolean;
  readonly refusal: SentryRefusal | undefined;
  /** Times of the last errors read by searches that stopped before the end of their list. */
  readonly cuts: readonly EpochNs[];
}

/** In: terms joined by OR. Out: events in any order, unique per project and event id; failures as gaps. */
export async function fetchErrors(question: SentryQuestion, terms: readonly SearchTerm[]): Promise<SentryFindings> {
  let { scopes, gaps: scopeGaps } = await projectScopes(question);
  let found = await searchAll(question, terms, scopes);
  if (found.refusal === "unknown-dataset" && question.learned.dataset === "errors") {
    question.learned.dataset = "discover";
    found = again(found, await searchAll(question, terms, scopes));
  }
  if (found.refusal === "one-project-only" && question.learned.perProject === undefined) {
    ({ scopes, gaps: scopeGaps } = await oneByOneScopes(question));
    found = again(found, await searchAll(question, terms, scopes));
  }
  const rows = [...found.rows.values()];
  const newestFirst = rows.sort(byTimeThenName);
  const kept = newestFirst.slice(0, question.budget.maxRows);
  const detailed = await readDetails(question, kept);
  const hidden = newestFirst.slice(kept.length, kept.length + 1).flatMap(listedAt);
  const counts = { shown: kept.length, ...(found.cuts.length === 0 && { total: rows.length }) };
  const rest = restGaps(question.source, question.request, [...found.cuts, ...hidden], counts);
  return {
    answered: found.answered,
    events: detailed.events,
    gaps: [...scopeGaps, ...found.gaps, ...rest, ...detailed.gaps],
    queries: found.queries,
  };
}

/** A refusal that we found a way round is no gap; the queries of both tries stay on record. */
function again(before: Search, after: Search): Search {
  return { ...after, queries: [...before.queries, ...after.queries] };
}

async function searchAll(
  question: SentryQuestion,
  terms: readonly SearchTerm[],
  scopes: readonly (readonly string[])[],
): Promise<Search> {
  const work = scopes.flatMap((projectIds) => errorSearches(terms).map((search) => ({ search, projectIds })));
  const parts = await mapWithLimit(work, CONCURRENCY, ({ search, projectIds }) =>
    searchPages(question, search, projectIds),
  );
  return {
    rows: new Map(parts.flatMap((part) => [...part.rows])),
    gaps: parts.flatMap((part) => part.gaps),
    queries: parts.flatMap((part) => part.queries),
    answered: parts.some((part) => part.answered),
    refusal: parts.map((part) => part.refusal).find((refusal) => refusal !== undefined),
    cuts: parts.flatMap((part) => part.cuts),
  };
}

async function searchPages(
  question: SentryQuestion,
  search: ErrorSearch,
  projectIds: readonly string[],
): Promise<Search> {
  const rows = new Map<string, SentryRow>();
  const gaps: EvidenceGap[] = [];
  const queries: NativeQuery[] = [];
  let cursor: string | undefined;
  let lastRead: readonly EpochNs[] = [];
  for (let page = 0; page < MAX_PAGES && rows.size < question.budget.maxRows; page++) {
    const { dataset } = question.learned;
    const parameters = errorSearchParameters(search, question.window, { dataset, projectIds, cursor });
    queries.push(nativeQuery(question, search, parameters));
    const answer = await question.client.errors(parameters);
    if (!answer.ok) {
      gaps.push(question.gapOf(answer.failure));
      return { rows, gaps, queries, answered: page > 0, refusal: answer.refusal, cuts: [] };
    }
    if (answer.skippedRows > 0) gaps.push(unreadableRows(question, answer.skippedRows));
    for (const row of answer.value) {
      // Whole seconds are asked for: what is surely after the window must not use up its rows.
      if (isAfter(row, question.window)) continue;
      if (isAsked(row, search) && isAllowedProject(question, row.project ?? row["project.name"])) {
        rows.set(`${row.project ?? ""}\n${row.id}`, row);
      }
    }
    lastRead = answer.value.slice(-1).flatMap(listedAt);
    cursor = answer.cursor;
    if (cursor === undefined) return { rows, gaps, queries, answered: true, refusal: undefined, cuts: [] };
  }
  // Pages of rows that cannot be read tell no time; then all of the window may be missing something.
  const cuts = lastRead.length > 0 ? lastRead : [question.window.toNs];
  return { rows, gaps, queries, answered: true, refusal: undefined, cuts };
}

/** `kept`: newest first. */
async function readDetails(question: SentryQuestion, kept: readonly SentryRow[]) {
  let read = 0;
  const events = await mapWithLimit([...kept.entries()], CONCURRENCY, async ([index, row]) => {
    const project = row.project ?? row["project.name"];
    const answer = index < MAX_DETAILS && project ? await question.client.eventDetail(project, row.id) : undefined;
    if (answer?.ok) read++;
    const event = errorEvent(question.source, question.webBase, row, answer?.ok ? answer.value : undefined);
    return event !== undefined && isInWindow(question.window, event.happenedAtNs) ? [event] : [];
  });
  const gaps: EvidenceGap[] = [];
  if (read < kept.length) {
    gaps.push({
      source: question.source,
      reason: "partial",
      detail: "Some errors are shown without their stack and tags, because Sentry's full record was not read.",
      window: question.window,
      retryable: true,
      shown: read,
      total: kept.length,
    });
  }
  return { events: events.flat(), gaps };
}

/** The second that the list is sorted by. */
function listedAt(row: SentryRow): EpochNs[] {
  const at = epochNsFromRfc3339(row.timestamp);
  return at === undefined ? [] : [at];
}

function isAfter(row: SentryRow, window: TimeWindow): boolean {
  const at = preciseInstant(row, undefined);
  return at !== undefined && at >= window.toNs;
}

function isAsked(row: SentryRow, search: ErrorSearch): boolean {
  return search.terms.some((term) => {
    const value: unknown = row[term.column];
    if (typeof value !== "string" && typeof value !== "number") return false;
    return term.column === "trace"
      ? String(value).replaceAll("-", "").toLowerCase() === term.value
      : String(value) === term.value;
  });
}

function unreadableRows(question: SentryQuestion, count: number): EvidenceGap {
  return {
    source: question.source,
    reason: "partial",
    detail: `${count} ${count === 1 ? "row" : "rows"} of Sentry's answer could not be read.`,
    window: question.window,
    retryable: false,
  };
}

function nativeQuery(
  question: SentryQuestion,
  search: ErrorSearch,
  parameters: readonly (readonly [string, string])[],
): NativeQuery {
  const times = new Map(windowParameters(question.window));
  const url = searchPage(question.webBase, search.query, times.get("start") ?? "", times.get("end") ?? "");
  return httpQuery(`/api/0/organizations/${encodeURIComponent(question.org)}/events/`, parameters, url);
}

/** Newest first; events of one second in an order of their own, so that a cut keeps the same ones each time. */
function byTimeThenName(a: SentryRow, b: SentryRow): number {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? 1 : -1;
  const [left, right] = [`${a.project ?? ""}\n${a.id}`, `${b.project ?? ""}\n${b.id}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
