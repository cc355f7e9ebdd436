/**
 * The only file that talks to Sentry and parses its JSON. Reads web API 0 (https://docs.sentry.io/api/); every path ends
 * with a slash, and lists carry their cursor in the `Link` header.
 */
import "server-only";
import type { z } from "zod";
import type { FetchBudget } from "@/lib/domain/evidence-request";
import type { SourceHttp, SourceHttpResult } from "@/lib/platform/source-http";
import { nextCursor } from "./next-cursor";
import type { Parameters } from "./query";
import {
  SentryCheckIn,
  SentryDeploy,
  SentryEventDetail,
  SentryList,
  SentryMonitor,
  SentryProblem,
  SentryProject,
  SentryRelease,
  SentryRow,
  SentryTable,
} from "./wire";

export type SentryFailure =
  | Extract<SourceHttpResult, { ok: false }>
  | { readonly ok: false; readonly kind: "bad-response"; readonly attempts: number };

/** Refusals that have a way round: see reference in `fetch-errors.ts`. */
export type SentryRefusal = "unknown-dataset" | "one-project-only" | "query-timeout" | "no-search" | "other";

export type SentryAnswer<T> =
  | { readonly ok: true; readonly value: T; readonly skippedRows: number; readonly cursor: string | undefined }
  | { readonly ok: false; readonly failure: SentryFailure; readonly refusal: SentryRefusal };

export interface SentryClient {
  errors(parameters: Parameters): Promise<SentryAnswer<readonly SentryRow[]>>;
  eventDetail(project: string, eventId: string): Promise<SentryAnswer<SentryEventDetail>>;
  projects(cursor: string | undefined): Promise<SentryAnswer<readonly SentryProject[]>>;
  releases(parameters: Parameters): Promise<SentryAnswer<readonly SentryRelease[]>>;
  deploys(version: string): Promise<SentryAnswer<readonly SentryDeploy[]>>;
  monitors(parameters: Parameters): Promise<SentryAnswer<readonly SentryMonitor[]>>;
  /** Newest first. `monitor`: its id, because a slug may occur in several projects. */
  checkIns(project: string, monitor: string, parameters: Parameters): Promise<SentryAnswer<readonly SentryCheckIn[]>>;
}

/** One client per fetch: its byte budget is shared by all requests of the fetch. */
export function createSentryClient(
  http: SourceHttp,
  org: string,
  budget: FetchBudget,
  signal: AbortSignal,
): SentryClient {
  let bytesLeft = budget.maxBytes;
  const organization = `/api/0/organizations/${encodeURIComponent(org)}`;
  const projectPath = (project: string) => `/api/0/projects/${encodeURIComponent(org)}/${encodeURIComponent(project)}`;

  async function get<T>(
    operation: string,
    path: string,
    query: Parameters,
    read: (body: unknown) => { value: T; skippedRows: number } | undefined,
  ): Promise<SentryAnswer<T>> {
    const result = await http.send(
      { operation: `sentry.${operation}`, method: "GET", path, query, headers: { accept: "application/json" } },
      { deadlineAtMs: budget.deadlineAtMs, maxBytes: Math.max(1, bytesLeft) },
      signal,
    );
    if (!result.ok) return { ok: false, failure: result, refusal: refusalOf(result) };
    bytesLeft -= result.bytes;
    const body = parseJson(result.text);
    const answer = body === undefined ? undefined : read(body);
    // A wrong address or lost session answers 200 with the web application's HTML.
    if (answer === undefined) {
      return {
        ok: false,
        failure: { ok: false, kind: "bad-response", attempts: result.attempts },
        refusal: "other",
      };
    }
    return { ok: true, ...answer, cursor: nextCursor(result.headers["link"]) };
  }

  return {
    errors: (parameters) =>
      get("events", `${organization}/events/`, parameters, (body) => {
        const table = SentryTable.safeParse(body);
        return table.success ? readRows(table.data.data, SentryRow) : undefined;
      }),
    eventDetail: (project, eventId) =>
      get("event", `${projectPath(project)}/events/${encodeURIComponent(eventId)}/`, [], (body) => {
        const detail = SentryEventDetail.safeParse(body);
        return detail.success ? { value: detail.data, skippedRows: 0 } : undefined;
      }),
    projects: (cursor) =>
      get(
        "projects",
        `${organization}/projects/`,
        cursor === undefined ? [] : [["cursor", cursor]],
        listOf(SentryProject),
      ),
    releases: (parameters) => get("releases", `${organization}/releases/`, parameters, listOf(SentryRelease)),
    deploys: (version) =>
      get("deploys", `${organization}/releases/${encodeURIComponent(version)}/deploys/`, [], listOf(SentryDeploy)),
    monitors: (parameters) => get("monitors", `${organization}/monitors/`, parameters, listOf(SentryMonitor)),
    checkIns: (project, monitor, parameters) =>
      get(
        "checkins",
        `${projectPath(project)}/monitors/${encodeURIComponent(monitor)}/checkins/`,
        parameters,
        listOf(SentryCheckIn),
      ),
  };
}

function listOf<S extends z.ZodType>(schema: S) {
  return (body: unknown) => {
    const list = SentryList.safeParse(body);
    return list.success ? readRows(list.data, schema) : undefined;
  };
}

function readRows<S extends z.ZodType>(rows: readonly unknown[], schema: S) {
  const value: z.output<S>[] = [];
  let skippedRows = 0;
  for (const row of rows) {
    const parsed = schema.safeParse(row);
    if (parsed.success) value.push(parsed.data);
    else skippedRows++;
  }
  return { value, skippedRows };
}

/**
 * Sentry answers several very different troubles with 400; only its text tells them apart. A text we do not know stays
 * "other", so a changed wording costs a fallback and never a wrong answer.
 */
function refusalOf(result: Extract<SourceHttpResult, { ok: false }>): SentryRefusal {
  if (result.kind !== "status") return "other";
  if (result.status === 403 || result.status === 404 || result.status === 405) return "no-search";
  if (result.status !== 400) return "other";
  const body = result.text === undefined ? undefined : parseJson(result.text);
  const problem = SentryProblem.safeParse(body);
  if (!problem.success) return "other";
  const text = problem.data.toLowerCase();
  if (text.includes("dataset")) return "unknown-dataset";
  if (text.includes("multiple projects")) return "one-project-only";
  if (text.includes("timeout") || text.includes("timed out") || text.includes("too long")) return "query-timeout";
  return "other";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
