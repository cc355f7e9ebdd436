/**
 * Turns questions into Sentry parameters. Pure: values go in through `encodeSentryValue` only, keys come from our own
 * rules and must look like a tag key.
 * API: `GET /api/0/organizations/{org}/events/` (https://docs.sentry.io/api/explore/), dataset `errors`.
 */
import type { CorrelationKey } from "@/lib/domain/correlation-key";
import { epochMs } from "@/lib/domain/epoch-ns";
import type { KeyRule } from "@/lib/domain/key-rule";
import type { TimeWindow } from "@/lib/domain/time-window";
import { attributeSpellings, valueSpellings } from "@/lib/normalize/attribute-spellings";
import { encodeSentryValue } from "./encode-sentry-value";

export type Parameters = readonly (readonly [name: string, value: string])[];

/** One searched column: `tags[order_id]`, `user.id` or `trace`, as it is spelled in the filter and in the answer. */
export interface SearchTerm {
  readonly column: string;
  readonly value: string;
}

export interface ErrorSearch {
  readonly terms: readonly SearchTerm[];
  readonly query: string;
}

/** `errors` is today's name of the dataset; `discover` is what older servers have, mixed with transactions. */
export type Dataset = "errors" | "discover";

export const PAGE_SIZE = 100;

/** 20 is the most the API takes; the rest of the places is for the searched columns, so that rows can be re-checked. */
const FIELDS = [
  "id",
  "timestamp",
  "timestamp_ms",
  "title",
  "issue",
  "issue.id",
  "project",
  "level",
  "environment",
  "release",
  "trace",
  "trace.span",
  "user.id",
  "culprit",
] as const;
const MAX_FIELDS = 20;
const TAG_KEY = /^[A-Za-z0-9_.:-]{1,200}$/;
const TRACE_ID = /^[0-9a-f]{32}$/;

/** Every spelling of the key as tag (and, for accounts, as user id). Values that Sentry cannot hold are left out. */
export function keyTerms(key: CorrelationKey, keyRules: readonly KeyRule[]): SearchTerm[] {
  if (key.kind === "trace") return traceTerms(key.value);
  const terms = new Map<string, SearchTerm>();
  for (const rule of keyRules) {
    if (rule.kind !== key.kind) continue;
    const columns = attributeSpellings(rule)
      .filter((name) => TAG_KEY.test(name))
      .map((name) => `tags[${name}]`);
    if (key.kind === "account") columns.unshift("user.id");
    for (const column of columns) {
      for (const value of valueSpellings(rule, key.value)) {
        if (encodeSentryValue(value) !== undefined) terms.set(`${column}\n${value}`, { column, value });
      }
    }
  }
  return [...terms.values()];
}

export function traceTerms(traceId: string): SearchTerm[] {
  const id = traceId.toLowerCase();
  return TRACE_ID.test(id) ? [{ column: "trace", value: id }] : [];
}

/** Groups terms so that each request can also select the columns it filters on. */
export function errorSearches(terms: readonly SearchTerm[]): ErrorSearch[] {
  const columns = [...new Set(terms.map((term) => term.column))];
  const builtIn = columns.filter((column) => isFixed(column));
  const added = columns.filter((column) => !isFixed(column));
  const room = MAX_FIELDS - FIELDS.length;
  const groups: string[][] = [];
  for (let i = 0; i < added.length; i += room) groups.push(added.slice(i, i + room));
  if (groups.length === 0) groups.push([]);
  groups[0]?.unshift(...builtIn);
  return groups
    .map((group) => terms.filter((term) => group.includes(term.column)))
    .filter((group) => group.length > 0)
    .map((group) => ({ terms: group, query: group.map(filterText).join(" OR ") }));
}

/** Parameters of one page of the events table. `projectIds` empty means every accessible project. */
export function errorSearchParameters(
  search: ErrorSearch,
  window: TimeWindow,
  scope: { readonly dataset: Dataset; readonly projectIds: readonly string[]; readonly cursor?: string | undefined },
): Parameters {
  const added = [...new Set(search.terms.map((term) => term.column))].filter((column) => !isFixed(column));
  const query = scope.dataset === "errors" ? search.query : `(${search.query}) !event.type:transaction`;
  return [
    ["dataset", scope.dataset],
    ...[...FIELDS, ...added].map((field) => ["field", field] as const),
    ["query", query],
    ["sort", "-timestamp"],
    ["per_page", String(PAGE_SIZE)],
    ...projectParameters(scope.projectIds),
    ...windowParameters(window),
    ...(scope.cursor === undefined ? [] : [["cursor", scope.cursor] as const]),
  ];
}

/** Releases cannot be asked by time: newest first, paged until older than the window. */
export function releaseParameters(projectIds: readonly string[], cursor: string | undefined): Parameters {
  return [
    ["per_page", String(PAGE_SIZE)],
    ...projectParameters(projectIds),
    ...(cursor === undefined ? [] : [["cursor", cursor] as const]),
  ];
}

/** By name: in their usual order, by state, monitors move between two pages. */
export function monitorParameters(cursor: string | undefined): Parameters {
  return [["sort", "name"], ...releaseParameters([], cursor)];
}

/** The newest page of the check-ins of one environment. Without a range the server refuses. */
export function checkInParameters(environment: string, window: TimeWindow): Parameters {
  return [["environment", environment], ["per_page", String(PAGE_SIZE)], ...windowParameters(window)];
}

/** Whole seconds around the window: Sentry rounds, and rows are cut to the exact window when they arrive. */
export function windowParameters(window: TimeWindow): Parameters {
  const fromMs = Math.floor(epochMs(window.fromNs) / 1000) * 1000;
  const toMs = Math.floor(epochMs(window.toNs) / 1000) * 1000 + 1000;
  return [
    ["start", isoSeconds(fromMs)],
    ["end", isoSeconds(toMs)],
  ];
}

function projectParameters(projectIds: readonly string[]): Parameters {
  // Without the parameter older servers mean "projects the token's owner is a member of".
  if (projectIds.length === 0) return [["project", "-1"]];
  return projectIds.map((id) => ["project", id] as const);
}

function filterText(term: SearchTerm): string {
  const value = encodeSentryValue(term.value);
  if (value === undefined) throw new Error("a term was made without checking that Sentry can carry its value");
  return `${term.column}:${value}`;
}

function isFixed(column: string): boolean {
  return FIELDS.some((field) => field === column);
}

function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
