/** An Alertmanager for the demo: the read side of API v2 (and POST of alerts) over alerts in memory. */
import { z } from "zod";
import type { AlertmanagerBackend, DemoAlert } from "../backend";
import { serveHttp, type HttpAnswer, type HttpQuestion } from "../serve-http";
import { AlertStore, gettableAlert, receiverOf, type StoredAlert } from "./alert-store";
import { parseMatcher, type LabelMatcher } from "./parse-matcher";

const PostableAlert = z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()).default({}),
  startsAt: z.string().optional(),
  endsAt: z.string().optional(),
  generatorURL: z.string().optional(),
});

/** `now`: milliseconds since 1970. */
export function createAlertmanagerBackend(options: { readonly now?: () => number } = {}): AlertmanagerBackend {
  const now = options.now ?? Date.now;
  const store = new AlertStore();
  const startedAt = new Date(now()).toISOString();
  return {
    ...serveHttp((question) => answer(question, store, now(), startedAt)),
    post: (alerts) => store.post(alerts, now()),
  };
}

function answer(question: HttpQuestion, store: AlertStore, nowMs: number, startedAt: string): HttpAnswer {
  const route = `${question.method} ${question.path}`;
  switch (route) {
    case "GET /api/v2/alerts":
      return listAlerts(question, store, nowMs);
    case "GET /api/v2/alerts/groups":
      return listGroups(question, store, nowMs);
    case "POST /api/v2/alerts":
      return postAlerts(question, store, nowMs);
    case "GET /api/v2/status":
      return json(200, status(startedAt));
    case "GET /api/v2/receivers":
      return json(200, [{ name: "channel" }, { name: "on-call" }]);
    case "GET /api/v2/silences":
      return json(200, []);
    case "GET /-/ready":
    case "GET /-/healthy":
      return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: "OK" };
    default:
      return question.path.startsWith("/api/v2/")
        ? json(404, { code: 404, message: `path ${question.path} was not found` })
        : { status: 404, headers: { "content-type": "text/plain; charset=utf-8" }, body: "404 page not found\n" };
  }
}

function listAlerts(question: HttpQuestion, store: AlertStore, nowMs: number): HttpAnswer {
  const selected = select(question, store, nowMs);
  return "refusal" in selected
    ? selected.refusal
    : json(
        200,
        selected.alerts.map((alert) => gettableAlert(alert, nowMs)),
      );
}

/** One group per receiver and alert name: the demo's routing groups by `alertname`. */
function listGroups(question: HttpQuestion, store: AlertStore, nowMs: number): HttpAnswer {
  const selected = select(question, store, nowMs);
  if ("refusal" in selected) return selected.refusal;
  const groups = new Map<string, StoredAlert[]>();
  for (const alert of selected.alerts) {
    const id = `${receiverOf(alert)}\n${alert.labels["alertname"] ?? ""}`;
    groups.set(id, [...(groups.get(id) ?? []), alert]);
  }
  const body = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, alerts]) => {
      const [receiver = "", alertname = ""] = id.split("\n");
      return {
        alerts: alerts.map((alert) => gettableAlert(alert, nowMs)),
        labels: alertname === "" ? {} : { alertname },
        receiver: { name: receiver },
      };
    });
  return json(200, body);
}

/** Only `false` switches a kind off: anything else is read as the default, as the real server does for `maybe`. */
function select(
  question: HttpQuestion,
  store: AlertStore,
  nowMs: number,
): { readonly alerts: readonly StoredAlert[] } | { readonly refusal: HttpAnswer } {
  const matchers: LabelMatcher[] = [];
  for (const text of question.query.getAll("filter")) {
    const matcher = parseMatcher(text);
    if (!matcher) return { refusal: json(400, `bad matcher format: ${text}`) };
    matchers.push(matcher);
  }
  const wants = (name: string) => question.query.get(name) !== "false";
  const receiver = question.query.get("receiver");
  const alerts = store.current(nowMs).filter((alert) => {
    if (alert.silencedBy.length > 0 ? !wants("silenced") : !wants("active")) return false;
    if (receiver !== null && receiver !== "" && receiver !== receiverOf(alert)) return false;
    return matchers.every((matches) => matches(alert.labels));
  });
  return { alerts };
}

/** Good alerts are taken even when one is bad, and the answer is 400 all the same: recorded behaviour of 0.33. */
function postAlerts(question: HttpQuestion, store: AlertStore, nowMs: number): HttpAnswer {
  const list = z.array(z.unknown()).safeParse(parseJson(question.body));
  if (!list.success) return json(400, { code: 602, message: "alerts in body must be of type array" });
  const parsed = list.data.map((item) => PostableAlert.safeParse(item));
  const good = parsed.flatMap((item) => (item.success && Object.keys(item.data.labels).length > 0 ? [item.data] : []));
  store.post(
    good.map((alert) => toDemoAlert(alert, nowMs)),
    nowMs,
  );
  return good.length === parsed.length ? { status: 200, headers: {}, body: "" } : json(400, "an alert is not valid");
}

function toDemoAlert(alert: z.infer<typeof PostableAlert>, nowMs: number): DemoAlert {
  const { startsAt, endsAt, generatorURL, labels, annotations } = alert;
  return {
    labels,
    annotations,
    startsAt: startsAt ?? new Date(nowMs).toISOString(),
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(generatorURL === undefined ? {} : { generatorURL }),
  };
}

function status(startedAt: string): object {
  return {
    cluster: { name: "demo", peers: [], status: "ready" },
    config: { original: "route:\n  receiver: channel\n" },
    uptime: startedAt,
    versionInfo: { branch: "", buildDate: "", buildUser: "", goVersion: "", revision: "", version: "0.33.1" },
  };
}

function json(statusCode: number, body: unknown): HttpAnswer {
  return { status: statusCode, headers: { "content-type": "application/json" }, body: `${JSON.stringify(body)}\n` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
