/** A Prometheus for the demo: the real HTTP API over samples in memory. */
import type { PrometheusBackend } from "../backend";
import { serveHttp } from "../serve-http";
import { answerPrometheus } from "./answer-prometheus";
import { RuleEngine } from "./rule-engine";
import { SeriesStore } from "./series-store";

/** `now` is the story's clock in unix milliseconds: the default instant of `/query` and the server's own time. */
export function createPrometheusBackend(
  options: {
    readonly now?: () => number;
    readonly store?: SeriesStore;
  } = {},
): PrometheusBackend {
  const now = options.now ?? Date.now;
  const store = options.store ?? new SeriesStore();
  const engine = new RuleEngine(store);
  const state = { engine, now, startedAtMs: now() };
  return {
    ...serveHttp((question) => answerPrometheus(question, state)),
    push: (samples) => {
      store.push(samples);
    },
    setRules: (rules) => {
      engine.setRules(rules);
    },
    evaluate: (atMs) => {
      engine.evaluate(atMs);
    },
    onTransition: (listener) => {
      engine.onTransition(listener);
    },
  };
}
