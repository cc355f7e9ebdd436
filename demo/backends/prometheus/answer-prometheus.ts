/** Routes one request of Prometheus' HTTP API to the part that answers it. */
import type { HttpAnswer, HttpQuestion } from "../serve-http";
import { failure, invalidParameter, success, text } from "./api-answer";
import { limitParameter, queryParameter, readParameters, type Parameters } from "./api-parameters";
import { answerExemplars, answerLabels, answerLabelValues, answerSeries } from "./metadata-api";
import { answerQuery, answerQueryRange } from "./query-api";
import { QueryError } from "./query-error";
import type { RuleEngine } from "./rule-engine";
import { answerAlerts, answerRules } from "./rules-api";
import { answerBuildInfo, answerFlags, answerRuntimeInfo, answerTsdb } from "./status-api";

export interface PrometheusState {
  readonly engine: RuleEngine;
  readonly startedAtMs: number;
  readonly now: () => number;
}

interface Route {
  readonly methods: readonly string[];
  readonly answer: (parameters: Parameters, state: PrometheusState) => HttpAnswer;
}

const GET = ["GET"];
const GET_OR_POST = ["GET", "POST"];
const DEFAULT_TSDB_ROWS = 10;

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ["/-/ready", { methods: ["GET", "HEAD"], answer: () => text(200, "Prometheus Server is Ready.\n") }],
  ["/-/healthy", { methods: ["GET", "HEAD"], answer: () => text(200, "Prometheus Server is Healthy.\n") }],
  ["/api/v1/query", { methods: GET_OR_POST, answer: (p, { engine, now }) => answerQuery(p, engine.store, now()) }],
  ["/api/v1/query_range", { methods: GET_OR_POST, answer: (p, { engine }) => answerQueryRange(p, engine.store) }],
  [
    "/api/v1/query_exemplars",
    { methods: GET_OR_POST, answer: (p, { engine, now }) => answerExemplars(p, engine.store, now()) },
  ],
  ["/api/v1/series", { methods: GET_OR_POST, answer: (p, { engine }) => answerSeries(p, engine.store) }],
  ["/api/v1/labels", { methods: GET_OR_POST, answer: (p, { engine }) => answerLabels(p, engine.store) }],
  ["/api/v1/format_query", { methods: GET_OR_POST, answer: formatQuery }],
  ["/api/v1/rules", { methods: GET, answer: (p, { engine }) => answerRules(p, engine) }],
  ["/api/v1/alerts", { methods: GET, answer: (_, { engine }) => answerAlerts(engine) }],
  ["/api/v1/status/buildinfo", { methods: GET, answer: answerBuildInfo }],
  [
    "/api/v1/status/runtimeinfo",
    { methods: GET, answer: (_, { startedAtMs, now }) => answerRuntimeInfo(startedAtMs, now()) },
  ],
  ["/api/v1/status/flags", { methods: GET, answer: answerFlags }],
  [
    "/api/v1/status/tsdb",
    { methods: GET, answer: (p, { engine }) => answerTsdb(engine.store, limitParameter(p) || DEFAULT_TSDB_ROWS) },
  ],
  ["/api/v1/notifications", { methods: GET, answer: () => success([]) }],
  ["/api/v1/read", { methods: ["POST"], answer: () => refuseUnavailable("remote read") }],
  ["/api/v1/write", { methods: ["POST"], answer: () => refuseUnavailable("remote write") }],
  ["/api/v1/admin/tsdb/snapshot", { methods: ["POST"], answer: () => refuseUnavailable("admin APIs") }],
]);

export function answerPrometheus(question: HttpQuestion, state: PrometheusState): HttpAnswer {
  if (question.method === "OPTIONS" && question.path.startsWith("/api/v1/"))
    return { status: 204, headers: {}, body: "" };
  const route = ROUTES.get(question.path) ?? labelValuesRoute(question.path);
  if (!route) return text(404, "404 page not found\n");
  if (!route.methods.includes(question.method)) return text(405, "Method Not Allowed\n");
  try {
    return route.answer(readParameters(question), state);
  } catch (error) {
    if (error instanceof QueryError) return failure(error);
    if (error instanceof URIError) return failure(invalidParameter("name", "invalid URL escape"));
    throw error;
  }
}

function labelValuesRoute(path: string): Route | undefined {
  const name = /^\/api\/v1\/label\/([^/]+)\/values$/.exec(path)?.[1];
  if (name === undefined) return undefined;
  return { methods: GET, answer: (p, { engine }) => answerLabelValues(name, p, engine.store) };
}

/** Good for a syntax check; the demo gives the query back as it came instead of pretty-printing it. */
function formatQuery(parameters: Parameters): HttpAnswer {
  return success(queryParameter(parameters).text);
}

function refuseUnavailable(what: string): HttpAnswer {
  return failure(new QueryError("unavailable", `${what} disabled`));
}
