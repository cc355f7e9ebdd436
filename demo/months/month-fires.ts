/** From conditions to alerts that fire: every rule over its own label sets, as Prometheus would. */
import { fingerprintOf } from "../backends/alertmanager/fingerprint";
import type { Random } from "../story/random";
import type { Cause } from "./cause";
import { EVALUATION_MS, evaluateRule } from "./evaluate-rule";

export interface MonthFire {
  /** Place in the month's list, by start. */
  readonly number: number;
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly startMs: number;
  readonly endMs: number;
  readonly cause: Cause;
}

/** Fires by start. Prometheus is restarted at `restarts`: what fires then expires and begins anew. */
export function fireRules(random: Random, causes: readonly Cause[], restarts: readonly number[]): MonthFire[] {
  const fires: Omit<MonthFire, "number">[] = [];
  for (const series of bySeries(causes).values()) {
    const [first] = series;
    if (first === undefined) continue;
    const labels = alertLabels(first);
    const fingerprint = fingerprintOf(labels);
    for (const fire of evaluateRule(first.rule, series, random.integer(0, EVALUATION_MS - 1))) {
      const cause = series[fire.condition] ?? first;
      const spans = restarts.reduce((parts, at) => parts.flatMap((part) => restart(part, at)), [fire]);
      for (const { startMs, endMs } of spans) fires.push({ fingerprint, labels, startMs, endMs, cause });
    }
  }
  fires.sort((a, b) => a.startMs - b.startMs || (a.fingerprint < b.fingerprint ? -1 : 1));
  return fires.map((fire, number) => ({ number, ...fire }));
}

/** Reports stop; four minutes later the alert has expired; the new process waits out `for` again. */
function restart<T extends { readonly startMs: number; readonly endMs: number }>(fire: T, atMs: number): T[] {
  const [expiresMs, againMs] = [atMs + 4 * 60_000, atMs + 11 * 60_000];
  if (fire.startMs >= atMs || fire.endMs <= expiresMs) return [fire];
  const first = { ...fire, endMs: expiresMs };
  return fire.endMs <= againMs ? [first] : [first, { ...fire, startMs: againMs }];
}

function bySeries(causes: readonly Cause[]): Map<string, Cause[]> {
  const series = new Map<string, Cause[]>();
  for (const cause of causes) {
    const key = JSON.stringify([cause.rule.name, cause.labels]);
    series.set(key, [...(series.get(key) ?? []), cause]);
  }
  return series;
}

function alertLabels({ rule, labels }: Cause): Record<string, string> {
  const service = rule.service === "" ? {} : { service: rule.service };
  const route = rule.pages && rule.severity !== "page" ? { notify: "on-call" } : {};
  return {
    alertname: rule.name,
    env: "production",
    severity: rule.severity,
    ...service,
    ...route,
    ...rule.labels,
    ...labels,
  };
}
