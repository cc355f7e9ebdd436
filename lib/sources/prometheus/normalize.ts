/** Alert episodes and exemplars as timeline events. Pure. */
import { type EpochNs, epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { SourceId } from "@/lib/domain/source-id";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { parseKnownTraceId, parseSpanId } from "@/lib/domain/trace-id";
import { foldName } from "@/lib/normalize/attribute-spellings";
import { contentFactId } from "@/lib/normalize/fact-id";
import { parseSeverity } from "@/lib/normalize/severity";
import type { AlertEpisode } from "./alert-episodes";
import { sampleValue } from "./normalize-metrics";
import type { AlertingRule, ExemplarSet } from "./wire";

type Labels = Readonly<Record<string, string>>;

const MAX_EXEMPLARS = 5_000;
const TRACE_LABELS = ["trace_id", "traceID", "traceId", "TraceID"];
const SPAN_LABELS = ["span_id", "spanID", "spanId", "SpanID"];
const ENVIRONMENT_LABELS = ["env", "environment", "deployment_environment", "deployment_environment_name"];

/** Whether any of `labels` spells one of the services, without regard to case and separators. */
export function isOfServices(metric: Labels, labels: readonly string[], rawServices: readonly string[]): boolean {
  const asked = new Set(rawServices.map(foldName));
  return labels.some((label) => {
    const value = metric[label];
    return value !== undefined && value !== "" && asked.has(foldName(value));
  });
}

/** An alert at the start of the step in which it began to fire. */
export function alertEvent(
  source: SourceId,
  episode: AlertEpisode,
  rules: readonly AlertingRule[],
  labels: readonly string[],
): TimelineEvent {
  const happenedAtNs = epochNsFromMs(episode.startS * 1000);
  const name = episode.labels["alertname"] ?? "Alert";
  const rule = rules.find((candidate) => isRuleOf(candidate, episode.labels));
  const annotations = annotationsOf(rule, episode.labels);
  const severity = parseSeverity(first(episode.labels, ["severity", "level", "priority"]));
  const summary = annotations["summary"];
  return {
    id: contentFactId(source, happenedAtNs, ["alert", ...Object.entries(episode.labels).sort(byName).flat()]),
    kind: "alert",
    happenedAtNs,
    ...(episode.endS === undefined ? {} : { endedAtNs: epochNsFromMs(episode.endS * 1000) }),
    rawService: first(episode.labels, labels) ?? null,
    rawEnvironment: first(episode.labels, ENVIRONMENT_LABELS) ?? null,
    severity,
    outcome: severity === "info" || severity === "warning" ? "warning" : "error",
    title: summary === undefined ? name : `${name}: ${summary}`,
    attributes: {
      "alert.name": name,
      "alert.state": episode.endS === undefined ? "firing" : "resolved",
      ...(episode.sinceBefore ? { "alert.started_before_window": true } : {}),
      ...(rule === undefined ? {} : { "alert.for_s": rule.duration, "alert.expression": rule.query }),
      ...prefixed("annotation.", annotations),
      ...prefixed("label.", episode.labels),
    },
    sightings: [],
    source,
    links: [],
    context: true,
  };
}

/**
 * Sampled requests with a trace id, slowest first. Not context: a sample is somebody's request, so it belongs to a timeline
 * only when its trace does. A request is one row, however many buckets hold it.
 */
export function exemplarEvents(
  source: SourceId,
  sets: readonly ExemplarSet[],
  labels: readonly string[],
  isWanted: (at: EpochNs) => boolean,
): { readonly events: readonly TimelineEvent[]; readonly total: number } {
  const found = new Map<string, { event: TimelineEvent; value: number }>();
  for (const { seriesLabels, exemplars } of sets) {
    for (const exemplar of exemplars) {
      const traceId = parseKnownTraceId(first(exemplar.labels, TRACE_LABELS) ?? "");
      const value = sampleValue(exemplar.value);
      if (traceId === undefined || value === null || !(exemplar.timestamp > 0)) continue;
      const spanId = parseSpanId(first(exemplar.labels, SPAN_LABELS) ?? "");
      const event = exemplarEvent(source, seriesLabels, labels, { atS: exemplar.timestamp, value, traceId, spanId });
      if (isWanted(event.happenedAtNs)) found.set(event.id, { event, value });
    }
  }
  const slowestFirst = [...found.values()].sort((a, b) => b.value - a.value || (a.event.id < b.event.id ? -1 : 1));
  return { events: slowestFirst.slice(0, MAX_EXEMPLARS).map(({ event }) => event), total: found.size };
}

function exemplarEvent(
  source: SourceId,
  seriesLabels: Labels,
  labels: readonly string[],
  exemplar: { atS: number; value: number; traceId: string; spanId: string | undefined },
): TimelineEvent {
  const happenedAtNs = epochNsFromMs(Math.round(exemplar.atS * 1000));
  const rawService = first(seriesLabels, labels) ?? null;
  return {
    id: contentFactId(source, happenedAtNs, ["exemplar", rawService ?? "", exemplar.traceId, String(exemplar.value)]),
    kind: "metric-step",
    happenedAtNs,
    rawService,
    rawEnvironment: first(seriesLabels, ENVIRONMENT_LABELS) ?? null,
    severity: "info",
    outcome: "unknown",
    title: `Sampled request took ${exemplar.value} s`,
    attributes: {
      trace_id: exemplar.traceId,
      ...(exemplar.spanId === undefined ? {} : { span_id: exemplar.spanId }),
      "metric.value": exemplar.value,
      "metric.unit": "s",
    },
    sightings: [],
    source,
    links: [],
    context: false,
  };
}

/** Labels of a rule that hold no template must all be on the alert. */
function isRuleOf(rule: AlertingRule, labels: Labels): boolean {
  if (rule.name !== labels["alertname"]) return false;
  return Object.entries(rule.labels).every(([name, value]) => value.includes("{{") || labels[name] === value);
}

/** Expanded text exists only for what fires now; a template with holes would read as a sentence that says nothing. */
function annotationsOf(rule: AlertingRule | undefined, labels: Labels): Labels {
  const active = rule?.alerts?.find((alert) =>
    Object.entries(labels).every(([name, value]) => alert.labels[name] === value),
  );
  if (active !== undefined) return active.annotations;
  return Object.fromEntries(Object.entries(rule?.annotations ?? {}).filter(([, text]) => !text.includes("{{")));
}

function prefixed(prefix: string, values: Labels): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === "" ? [] : [[prefix + name, value]])),
  );
}

function first(values: Labels, names: readonly string[]): string | undefined {
  return names.map((name) => values[name]).find((value) => value !== undefined && value !== "");
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}
