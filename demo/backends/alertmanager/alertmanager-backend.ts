/** An Alertmanager for the demo: API v2 over alerts in memory. It notifies nobody: the launcher calls the product's webhook. */
import type { AlertmanagerBackend } from "../backend";
import { serveHttp } from "../serve-http";
import { AlertStore } from "./alert-store";
import { answerAlertmanager } from "./answer-alertmanager";
import { readRouting } from "./routing";
import { SilenceStore } from "./silence-store";

const DEFAULT_CONFIG = `global:
  resolve_timeout: 5m
route:
  receiver: tickets
  group_by: [alertname, service]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
  routes:
    - receiver: on-call-page
      matchers: ['severity="page"']
receivers:
  - name: tickets
  - name: on-call-page
`;

/** `now` is the story's clock in unix milliseconds; `configYaml` an Alertmanager configuration. */
export function createAlertmanagerBackend(
  options: { readonly now?: () => number; readonly configYaml?: string } = {},
): AlertmanagerBackend {
  const now = options.now ?? Date.now;
  const routing = readRouting(options.configYaml ?? DEFAULT_CONFIG);
  const state = { now, routing, alerts: new AlertStore(routing.resolveTimeoutMs), silences: new SilenceStore() };
  const startedAtMs = now();
  return {
    ...serveHttp((question) => answerAlertmanager(question, state, startedAtMs)),
    post: (alerts) => {
      for (const alert of alerts) {
        const refusal = state.alerts.put(alert, now(), "unrepeated");
        if (refusal !== undefined) throw new Error(`alert refused: ${refusal}`);
      }
    },
  };
}
