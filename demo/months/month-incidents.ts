/** What really breaks: incidents that start at a service, spread to those that call it, and are felt by customers or not. */
import type { Random } from "../story/random";
import type { Cause } from "./cause";
import { exponential, logNormal, poisson, weighted } from "./draw";
import { CALLERS, MONTH_SERVICES } from "./estate";
import { ORDINARY_RULES, type MonthRule } from "./month-rules";

const HOUR_MS = 3_600_000;
const INCIDENTS_A_MONTH = 55;
const MISSED_A_MONTH = 4;
const MONTH_MS = 30.4 * 24 * HOUR_MS;

export interface LatentIncident {
  readonly id: string;
  readonly service: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly severity: "critical" | "major" | "minor";
  readonly customersHit: boolean;
  /** No rule watches for it: customers tell. */
  readonly missed: boolean;
}

/** Incidents that start inside the span, and the conditions that they make true. */
export function planIncidents(random: Random, fromMs: number, toMs: number, volume: number) {
  const months = (toMs - fromMs) / MONTH_MS;
  const seen = poisson(random, INCIDENTS_A_MONTH * months * volume);
  // Known in advance, because recall is judged by it.
  const missed = Math.round(MISSED_A_MONTH * months);
  const incidents = Array.from({ length: seen + missed }, (_, index) =>
    incident(random, `incident-${String(fromMs)}-${String(index)}`, fromMs, toMs, index >= seen),
  ).sort((a, b) => a.startMs - b.startMs);
  return { incidents, causes: incidents.filter(({ missed: unseen }) => !unseen).flatMap((one) => felt(random, one)) };
}

function incident(random: Random, id: string, fromMs: number, toMs: number, missed: boolean): LatentIncident {
  // A few services break often: weights as 1, 1/2, 1/3 …
  const service = MONTH_SERVICES[weighted(random, ZIPF)]?.name ?? "";
  const startMs = busyInstant(random, fromMs, toMs);
  const lengthMs = Math.min(8 * HOUR_MS, Math.max(6 * 60_000, logNormal(random, 26 * 60_000, 0.9)));
  const severity = (["critical", "major", "minor"] as const)[weighted(random, [0.2, 0.45, 0.35])] ?? "minor";
  const customersHit = missed || random.chance({ critical: 0.9, major: 0.45, minor: 0.1 }[severity]);
  return { id, service, startMs, endMs: Math.round(startMs + lengthMs), severity, customersHit, missed };
}

/** Rather by day than by night, rather on weekdays: people change things then. */
function busyInstant(random: Random, fromMs: number, toMs: number): number {
  for (;;) {
    const atMs = Math.round(random.between(fromMs, toMs));
    const at = new Date(atMs);
    const byHour = 0.35 + 0.65 * Math.max(0, Math.sin(((at.getUTCHours() - 5) / 16) * Math.PI));
    const byDay = at.getUTCDay() % 6 === 0 ? 0.6 : 1;
    if (random.chance(byHour * byDay)) return atMs;
  }
}

/** At the service itself, then at its callers with some delay, two steps far. */
function felt(random: Random, incident: LatentIncident): Cause[] {
  const causes: Cause[] = [];
  let front = [incident.service];
  const reached = new Set(front);
  let lagMs = 0;
  for (let hops = 0; hops <= 2; hops++) {
    for (const service of front) causes.push(...atService(random, incident, service, lagMs, hops));
    lagMs += 30_000 + exponential(random, 60_000);
    front = front
      .flatMap((service) => CALLERS.get(service) ?? [])
      .map(({ name }) => name)
      .filter((name) => !reached.has(name) && random.chance(0.35));
    for (const name of front) reached.add(name);
  }
  return causes;
}

function atService(random: Random, incident: LatentIncident, service: string, lagMs: number, hops: number): Cause[] {
  const [errors, slow] = rulesOf(service);
  const fromMs = Math.round(incident.startMs + lagMs + exponential(random, 20_000));
  const toMs = Math.round(incident.endMs + exponential(random, 40_000));
  const make = (rule: MonthRule): Cause => ({
    rule,
    fromMs,
    toMs,
    labels: {},
    why: "incident",
    incident: incident.id,
    truth: hops === 0 || random.chance(0.3) ? "actionable" : "duplicate",
  });
  return [
    ...(errors !== undefined && (hops === 0 || random.chance(0.7)) ? [make(errors)] : []),
    ...(slow !== undefined && random.chance(0.6) ? [make(slow)] : []),
  ];
}

function rulesOf(service: string): readonly (MonthRule | undefined)[] {
  return BY_SERVICE.get(service) ?? [];
}

const ZIPF = MONTH_SERVICES.map((_, index) => 1 / (index + 1));
const BY_SERVICE = new Map(
  MONTH_SERVICES.map(({ name }) => [name, ORDINARY_RULES.filter(({ service }) => service === name)]),
);
