/** `GET /organizations/{org}/events/`: the table behind Explore and Discover. */
import type { DemoSentryEvent } from "../backend";
import type { HttpAnswer, HttpQuestion } from "../serve-http";
import { SearchError } from "./search-value";
import { selectEvents } from "./select-events";
import { json } from "./sentry-answer";
import { page } from "./sentry-pages";
import { columnOf, type SentryStore } from "./sentry-store";

const MAX_FIELDS = 20;
const AUTO_FIELDS = ["id", "project.name"];
const DATASETS = ["errors", "discover"];
const FUNCTION = /^[a-z_0-9]+\(.*\)$/;

export function eventsTable(question: HttpQuestion, store: SentryStore): HttpAnswer {
  const fields = readFields(question.query);
  const dataset = question.query.get("dataset") ?? "discover";
  if (!DATASETS.includes(dataset)) throw new SearchError(`dataset must be one of: ${DATASETS.join(", ")}`);
  const events = sorted(selectEvents(question, store), question.query.get("sort"), fields, store);
  const columns = [...new Set([...fields, ...AUTO_FIELDS])];
  const rows = events.map((event) =>
    Object.fromEntries(columns.map((column) => [column, columnOf(event, column, store) ?? null])),
  );
  const paged = page(question, rows);
  const meta = {
    fields: Object.fromEntries(columns.map((column) => [column, typeOf(column)])),
    units: Object.fromEntries(columns.map((column) => [column, null])),
    isMetricsData: false,
    datasetReason: "unchanged",
    dataset,
  };
  return json(200, { data: paged.rows, meta }, paged);
}

function readFields(query: URLSearchParams): readonly string[] {
  const fields = query.getAll("field");
  if (fields.length === 0) throw new SearchError("No columns selected");
  if (fields.length > MAX_FIELDS)
    throw new SearchError(
      `You can view up to ${String(MAX_FIELDS)} fields at a time. Please delete some and try again.`,
    );
  if (fields.some((field) => FUNCTION.test(field)))
    throw new SearchError("Functions are not supported by the demo backend");
  return fields;
}

function sorted(
  events: readonly DemoSentryEvent[],
  sort: string | null,
  fields: readonly string[],
  store: SentryStore,
): readonly DemoSentryEvent[] {
  if (sort === null || sort === "") return events;
  const column = sort.replace(/^-/, "");
  if (!fields.includes(column)) throw new SearchError("Cannot sort by a field that is not selected.");
  const sign = sort.startsWith("-") ? -1 : 1;
  const key = (event: DemoSentryEvent) =>
    column.startsWith("timestamp") ? event.atIso : (columnOf(event, column, store) ?? "");
  return [...events].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left === right ? 0 : left < right ? -sign : sign;
  });
}

function typeOf(column: string): string {
  if (column.startsWith("timestamp")) return "date";
  return column === "issue.id" || column === "project.id" ? "integer" : "string";
}
