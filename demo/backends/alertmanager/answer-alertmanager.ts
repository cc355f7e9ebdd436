/** Routes one request of Alertmanager's API v2 to the part that answers it. */
import type { HttpAnswer, HttpQuestion } from "../serve-http";
import { listAlerts, listGroups, PostedAlert, type AlertmanagerState } from "./alerts-api";
import { MatcherError, parseMatcher } from "./label-matcher";
import { SilenceRefusal } from "./silence-store";

const NO_STORE = { "cache-control": "no-store", vary: "Origin" };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const V1_GONE =
  "The Alertmanager v1 API was deprecated in version 0.16.0 and is removed as of version 0.27.0 - please use the equivalent route in the v2 API";
const METHODS: Readonly<Record<string, string>> = {
  "/api/v2/alerts": "POST,GET",
  "/api/v2/alerts/groups": "GET",
  "/api/v2/silences": "POST,GET",
  "/api/v2/status": "GET",
  "/api/v2/receivers": "GET",
};

export function answerAlertmanager(question: HttpQuestion, state: AlertmanagerState, startedAtMs: number): HttpAnswer {
  if (question.path === "/-/ready" || question.path === "/-/healthy")
    return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: "OK" };
  if (question.path.startsWith("/api/v1/")) return json(410, { status: "deprecated", error: V1_GONE });
  const silence = /^\/api\/v2\/silence\/([^/]+)$/.exec(question.path)?.[1];
  try {
    if (silence !== undefined) return answerSilence(silence, question.method, state);
    const allowed = METHODS[question.path];
    if (allowed === undefined) return json(404, { code: 404, message: `path ${question.path} was not found` });
    if (!allowed.split(",").includes(question.method))
      return json(405, { code: 405, message: `method ${question.method} is not allowed, but [${allowed}] are` });
    return question.method === "POST" ? answerPost(question, state) : answerGet(question, state, startedAtMs);
  } catch (error) {
    if (error instanceof MatcherError) return json(400, error.message);
    if (error instanceof SilenceRefusal) return json(error.status, error.body);
    throw error;
  }
}

function answerGet(question: HttpQuestion, state: AlertmanagerState, startedAtMs: number): HttpAnswer {
  switch (question.path) {
    case "/api/v2/alerts":
      return json(200, listAlerts(question.query, state));
    case "/api/v2/alerts/groups":
      return json(200, listGroups(question.query, state));
    case "/api/v2/silences":
      return json(200, state.silences.list(question.query.getAll("filter").map(parseMatcher), state.now()));
    case "/api/v2/receivers":
      return json(
        200,
        state.routing.receivers.map((name) => ({ labels: { name }, name })),
      );
    default:
      return json(200, {
        cluster: { peers: [], status: "disabled" },
        config: { original: state.routing.yaml },
        uptime: new Date(startedAtMs).toISOString(),
        versionInfo: {
          branch: "HEAD",
          buildDate: "20260929-11:59:39",
          buildUser: "throughline-demo",
          goVersion: "go1.27.1",
          revision: "demo",
          version: "0.33.1",
        },
      });
  }
}

function answerPost(question: HttpQuestion, state: AlertmanagerState): HttpAnswer {
  const type = (question.headers["content-type"] ?? "").split(";")[0] ?? "";
  if (type !== "application/json")
    return json(415, { code: 415, message: `unsupported media type "${type}", only [application/json] are allowed` });
  const what = question.path.endsWith("/alerts") ? "alerts" : "silence";
  const body = decode(question.body);
  if (body === undefined) return unparsed(what, "unexpected EOF");
  if (what === "silence") return json(200, { silenceID: state.silences.create(body.value, state.now()) });
  return postAlerts(body.value, state);
}

/** One bad alert gives 400, but the good ones of the same call are taken. */
function postAlerts(posted: unknown, state: AlertmanagerState): HttpAnswer {
  if (!Array.isArray(posted))
    return unparsed("alerts", "json: cannot unmarshal object into Go value of type models.PostableAlerts");
  const refusals: string[] = [];
  const alerts: PostedAlert[] = [];
  for (const [index, item] of posted.entries()) {
    const parsed = PostedAlert.safeParse(item);
    if (!parsed.success) {
      const [field, name] = parsed.error.issues[0]?.path ?? [];
      if (field === "labels" && name === undefined)
        return json(422, { code: 602, message: `${String(index)}.labels in body is required` });
      const where = `${String(field)}.${String(name)}`;
      return unparsed("alerts", `json: cannot unmarshal number into Go struct field Alert.${where} of type string`);
    }
    for (const at of [parsed.data.startsAt, parsed.data.endsAt])
      if (at !== "" && Number.isNaN(Date.parse(at)))
        return unparsed("alerts", `parsing time "${at}" as "2006-01-02": cannot parse "${at}" as "2006"`);
    alerts.push(parsed.data);
  }
  for (const alert of alerts) {
    const refusal = state.alerts.put(alert, state.now());
    if (refusal !== undefined) refusals.push(refusal);
  }
  return refusals.length > 0 ? json(400, refusals.join("; ")) : empty(200);
}

function answerSilence(id: string, method: string, state: AlertmanagerState): HttpAnswer {
  if (!UUID.test(id)) return json(422, { code: 601, message: `silenceID in path must be of type uuid: "${id}"` });
  if (method === "DELETE") return empty(state.silences.expire(id, state.now()) ? 200 : 404);
  const silence = state.silences.view(id, state.now());
  return silence === undefined ? empty(404) : json(200, silence);
}

type PostedAlert = ReturnType<typeof PostedAlert.parse>;

function decode(body: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
}

function unparsed(what: string, why: string): HttpAnswer {
  return json(400, { code: 400, message: `parsing ${what} body from "" failed, because ${why}` });
}

function json(status: number, body: unknown): HttpAnswer {
  return { status, headers: { ...NO_STORE, "content-type": "application/json" }, body: JSON.stringify(body) };
}

function empty(status: number): HttpAnswer {
  return { status, headers: NO_STORE, body: "" };
}
