/** Alerting rules over the store: pending, firing, and the ALERTS history they leave (rules/alerting.go, rules/group.go). */
import type { DemoAlertRule, DemoAlertTransition } from "../backend";
import { expandTemplate } from "./alert-template";
import { evaluate, startEvaluation } from "./evaluate";
import { formatExponent } from "./format-value";
import { LabelSet, METRIC_NAME } from "./label-set";
import { parsePromql } from "./parse-promql";
import type { Expr } from "./promql-ast";
import type { SeriesStore } from "./series-store";

export interface ActiveAlert {
  readonly labels: LabelSet;
  annotations: Readonly<Record<string, string>>;
  readonly activeAtMs: number;
  firedAtMs?: number;
  value: number;
}

export interface RuleState {
  readonly rule: DemoAlertRule;
  readonly expr: Expr;
  readonly active: Map<string, ActiveAlert>;
  /** Series written at the last evaluation, to be ended with a stale marker when they are not written again. */
  written: ReadonlyMap<string, LabelSet>;
  lastEvaluationMs?: number;
  error?: string;
}

const LOOKBACK_MS = 300_000;

export class RuleEngine {
  #rules: readonly RuleState[] = [];
  #listeners: ((transition: DemoAlertTransition) => void)[] = [];
  #lastEvaluationMs = 0;

  constructor(readonly store: SeriesStore) {}

  get rules(): readonly RuleState[] {
    return this.#rules;
  }

  onTransition(listener: (transition: DemoAlertTransition) => void): void {
    this.#listeners.push(listener);
  }

  /** Replaces all rules. Series of rules that are gone end with a stale marker, as at a reload. Throws on a bad query. */
  setRules(rules: readonly DemoAlertRule[]): void {
    const parsed = rules.map((rule) => ({ rule, expr: parsePromql(rule.query) }));
    for (const old of this.#rules)
      for (const labels of old.written.values())
        this.store.seriesOf(labels).append(this.#lastEvaluationMs + 1, "stale");
    this.#rules = parsed.map((one) => ({ ...one, active: new Map(), written: new Map() }));
  }

  evaluate(atMs: number): void {
    this.#lastEvaluationMs = atMs;
    for (const state of this.#rules) this.#evaluateRule(state, atMs);
  }

  #evaluateRule(state: RuleState, atMs: number): void {
    state.lastEvaluationMs = atMs;
    const value = evaluate(state.expr, atMs, startEvaluation(state.rule.query, this.store, LOOKBACK_MS));
    const samples =
      value.type === "vector"
        ? value.samples
        : value.type === "scalar"
          ? [{ labels: LabelSet.of({}), value: value.value }]
          : [];
    const present = new Set<string>();
    for (const sample of samples) {
      const alert = toAlert(state.rule, sample.labels, sample.value, atMs);
      present.add(alert.labels.key);
      this.#keepActive(state, alert, atMs);
    }
    for (const [key, alert] of state.active) {
      if (present.has(key)) continue;
      state.active.delete(key);
      if (alert.firedAtMs !== undefined) this.#announce(state, alert, "resolved", atMs);
    }
    this.#writeHistory(state, atMs);
  }

  #keepActive(state: RuleState, seen: ActiveAlert, atMs: number): void {
    const alert = state.active.get(seen.labels.key) ?? seen;
    alert.value = seen.value;
    alert.annotations = seen.annotations;
    state.active.set(alert.labels.key, alert);
    if (alert.firedAtMs !== undefined || atMs - alert.activeAtMs < state.rule.forSeconds * 1000) return;
    alert.firedAtMs = atMs;
    this.#announce(state, alert, "firing", atMs);
  }

  #writeHistory(state: RuleState, atMs: number): void {
    const written = new Map<string, LabelSet>();
    for (const alert of state.active.values()) {
      const history = alert.labels.with(METRIC_NAME, "ALERTS").with("alertstate", stateOf(alert));
      const since = alert.labels.with(METRIC_NAME, "ALERTS_FOR_STATE");
      this.store.seriesOf(history).append(atMs, 1);
      this.store.seriesOf(since).append(atMs, Math.floor(alert.activeAtMs / 1000));
      written.set(history.key, history).set(since.key, since);
    }
    for (const [key, labels] of state.written) if (!written.has(key)) this.store.seriesOf(labels).append(atMs, "stale");
    state.written = written;
  }

  #announce(state: RuleState, alert: ActiveAlert, became: DemoAlertTransition["state"], atMs: number): void {
    const transition: DemoAlertTransition = {
      state: became,
      alert: {
        labels: alert.labels.toObject(),
        annotations: alert.annotations,
        startsAt: new Date(alert.firedAtMs ?? atMs).toISOString(),
        ...(became === "resolved" ? { endsAt: new Date(atMs).toISOString() } : {}),
        generatorURL: `http://prometheus.demo/graph?g0.expr=${encodeURIComponent(state.rule.query)}&g0.tab=1`,
      },
    };
    for (const listener of this.#listeners) listener(transition);
  }
}

export function stateOf(alert: ActiveAlert): "pending" | "firing" {
  return alert.firedAtMs === undefined ? "pending" : "firing";
}

export function alertView(alert: ActiveAlert): unknown {
  return {
    labels: alert.labels.toObject(),
    annotations: alert.annotations,
    state: stateOf(alert),
    activeAt: new Date(alert.activeAtMs).toISOString(),
    value: formatExponent(alert.value),
  };
}

function toAlert(rule: DemoAlertRule, sampleLabels: LabelSet, value: number, atMs: number): ActiveAlert {
  const expand = (template: string) => expandTemplate(template, sampleLabels, value);
  const labels = Object.entries(rule.labels).reduce(
    (all, [name, template]) => all.with(name, expand(template)),
    sampleLabels.drop([METRIC_NAME]),
  );
  const annotations = Object.fromEntries(
    Object.entries(rule.annotations).map(([name, template]) => [name, expand(template)]),
  );
  return { labels: labels.with("alertname", rule.name), annotations, activeAtMs: atMs, value };
}
