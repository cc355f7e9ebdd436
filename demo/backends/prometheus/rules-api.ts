/** `/api/v1/rules` and `/api/v1/alerts`: the CURRENT rules; history lives in the ALERTS series. */
import type { HttpAnswer } from "../serve-http";
import { invalidParameter, success } from "./api-answer";
import { matchParameters, type Parameters } from "./api-parameters";
import type { Matcher } from "./promql-ast";
import { alertView, stateOf, type RuleEngine, type RuleState } from "./rule-engine";

const RULE_FILE = "/etc/prometheus/rules.yml";
const INTERVAL_SECONDS = 15;
const NEVER = "0001-01-01T00:00:00Z";

export function answerAlerts(engine: RuleEngine): HttpAnswer {
  return success({ alerts: engine.rules.flatMap((state) => [...state.active.values()].map(alertView)) });
}

/** `group_limit` paging is left out: the demo holds few groups. */
export function answerRules(parameters: Parameters, engine: RuleEngine): HttpAnswer {
  const type = parameters.one("type").toLowerCase();
  if (type !== "" && type !== "alert" && type !== "record")
    throw invalidParameter("type", `not supported value ${JSON.stringify(parameters.one("type"))}`);
  if (parameters.has("group_next_token") && !parameters.has("group_limit"))
    throw invalidParameter("group_next_token", "group_limit needs to be present in order to paginate over the groups");
  const selections = matchParameters(parameters, false);
  const states = type === "record" ? [] : engine.rules.filter((state) => isWanted(parameters, selections, state));
  const withAlerts = parameters.one("exclude_alerts") !== "true";
  const groups = [...new Set(states.map((state) => state.rule.group))].map((name) => {
    const members = states.filter((state) => state.rule.group === name);
    return {
      name,
      file: RULE_FILE,
      rules: members.map((state) => ruleView(state, withAlerts)),
      interval: INTERVAL_SECONDS,
      limit: 0,
      evaluationTime: 0.0004,
      lastEvaluation: lastEvaluation(members[0]),
    };
  });
  return success({ groups });
}

function isWanted(parameters: Parameters, selections: readonly (readonly Matcher[])[], state: RuleState): boolean {
  const names = parameters.all("rule_name[]");
  const groups = parameters.all("rule_group[]");
  const files = parameters.all("file[]");
  const fits = selections.some((matchers) =>
    matchers.every((matcher) => matcher.matches(state.rule.labels[matcher.name] ?? "")),
  );
  return (
    (names.length === 0 || names.includes(state.rule.name)) &&
    (groups.length === 0 || groups.includes(state.rule.group)) &&
    (files.length === 0 || files.includes(RULE_FILE)) &&
    (selections.length === 0 || fits)
  );
}

function ruleView(state: RuleState, withAlerts: boolean): unknown {
  const { rule } = state;
  const alerts = [...state.active.values()];
  const overall = alerts.some((alert) => stateOf(alert) === "firing")
    ? "firing"
    : alerts.length > 0
      ? "pending"
      : "inactive";
  return {
    state: overall,
    name: rule.name,
    query: rule.query,
    duration: rule.forSeconds,
    keepFiringFor: 0,
    labels: rule.labels,
    annotations: rule.annotations,
    ...(withAlerts ? { alerts: alerts.map(alertView) } : {}),
    health: state.lastEvaluationMs === undefined ? "unknown" : "ok",
    evaluationTime: 0.0002,
    lastEvaluation: lastEvaluation(state),
    type: "alerting",
  };
}

function lastEvaluation(state: RuleState | undefined): string {
  return state?.lastEvaluationMs === undefined ? NEVER : new Date(state.lastEvaluationMs).toISOString();
}
