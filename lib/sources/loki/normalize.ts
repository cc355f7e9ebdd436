/** A line of Loki → a timeline event. Pure. */
import { addNs, epochNsFromRfc3339, parseEpochNs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { Outcome, Severity } from "@/lib/domain/severity";
import type { SourceId } from "@/lib/domain/source-id";
import type { SourceSettings } from "@/lib/domain/source-settings";
import type { Attributes, AttributeValue, EventLink, TimelineEvent } from "@/lib/domain/timeline-event";
import { contentFactId } from "@/lib/normalize/fact-id";
import { parseSeverity } from "@/lib/normalize/severity";
import { grafanaLink } from "../grafana-link";
import { parseLine, type ParsedLine } from "./parse-line";
import { canonicalLabels, type LokiLine } from "./read-lines";
import { labelName } from "./query";

/** Most telling first. `service_name` is set by Loki 3 for every stream; the rest are what older setups use. */
const SERVICE = [
  "service_name",
  "service.name",
  "service",
  "app",
  "app_kubernetes_io_name",
  "container",
  "container_name",
  "k8s_deployment_name",
  "k8s_deployment",
  "deployment",
  "job",
];
const ENVIRONMENT = ["deployment_environment_name", "deployment_environment", "env", "environment"];
const OBSERVED = ["observed_timestamp", "observed_time_unix_nano", "observedTimestamp", "observedTimeUnixNano"];
const LEVEL_LABELS = ["detected_level", "severity_text", "level", "severity_number", "severity"];
const LEVEL_FIELDS = ["level", "severity", "lvl", "loglevel", "log.level", "severity_text", "@l"];
const LEVEL_WORD = /\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL|PANIC)\b/;
const LINK_MARGIN_NS = 60_000_000_000n;

/** Severity `error` and worse is outcome `error`; a line says nothing about success, so the rest is `unknown`. */
export function toTimelineEvent(source: SourceId, settings: SourceSettings, line: LokiLine): TimelineEvent {
  const parsed = parseLine(line.line);
  const own = { ...line.labels, ...line.metadata };
  const severity = severityOf(own, parsed);
  const observedAtNs = observedAt(own);
  return {
    id: contentFactId(source, line.atNs, [canonicalLabels(line.labels, line.metadata), line.line]),
    kind: "log",
    happenedAtNs: line.atNs,
    ...(observedAtNs !== undefined && { observedAtNs }),
    rawService: serviceOf(own),
    rawEnvironment: first(own, ENVIRONMENT) ?? null,
    severity,
    outcome: outcomeOf(severity),
    title: parsed.title,
    text: parsed.text,
    attributes: joined(own, parsed.fields),
    sightings: [],
    source,
    links: linksOf(settings, line),
    context: false,
  };
}

/** When the collector got the record, as OpenTelemetry has it. Short numbers are another unit and name another time. */
function observedAt(own: Readonly<Record<string, string>>): EpochNs | undefined {
  const text = first(own, OBSERVED) ?? "";
  return /^\d{19}$/.test(text) ? parseEpochNs(text) : epochNsFromRfc3339(text);
}

function serviceOf(own: Readonly<Record<string, string>>): string | null {
  const name = first(own, SERVICE);
  // What Loki writes when it found no name: not a name.
  if (name !== "unknown_service") return name ?? null;
  return first({ ...own, service_name: "" }, SERVICE) ?? null;
}

function severityOf(own: Readonly<Record<string, string>>, parsed: ParsedLine): Severity {
  const candidates = [
    ...LEVEL_LABELS.map((name) => own[name]),
    ...LEVEL_FIELDS.map((name) => parsed.fields[name]),
    LEVEL_WORD.exec(parsed.text.slice(0, 120))?.[1],
  ];
  for (const candidate of candidates) {
    if (typeof candidate === "boolean") continue;
    const severity = parseSeverity(candidate);
    if (severity !== "unknown") return severity;
  }
  return "unknown";
}

function outcomeOf(severity: Severity): Outcome {
  if (severity === "error" || severity === "critical") return "error";
  return severity === "warning" ? "warning" : "unknown";
}

/** Labels and metadata keep their names; a field of the line with the same name and another value moves to `line.…`. */
function joined(own: Readonly<Record<string, string>>, fields: Attributes): Attributes {
  const entries = new Map<string, AttributeValue>(Object.entries(own));
  for (const [name, value] of Object.entries(fields)) {
    const taken = entries.get(name);
    if (taken === undefined) entries.set(name, value);
    else if (String(taken) !== String(value)) entries.set(`line.${name}`, value);
  }
  return Object.fromEntries(entries);
}

/** The line among its neighbours: its stream, one minute to each side. */
function linksOf(settings: SourceSettings, line: LokiLine): EventLink[] {
  if (settings.grafana === undefined) return [];
  const matchers = Object.entries(line.labels)
    .filter(([name]) => labelName(name) === name)
    .map(([name, value]) => `${name}=${JSON.stringify(value.toWellFormed())}`);
  if (matchers.length === 0) return [];
  const window = { fromNs: addNs(line.atNs, -LINK_MARGIN_NS), toNs: addNs(line.atNs, LINK_MARGIN_NS) };
  return [{ label: "Logs in Grafana", url: grafanaLink(settings.grafana, "loki", `{${matchers.join(",")}}`, window) }];
}

function first(own: Readonly<Record<string, string>>, names: readonly string[]): string | undefined {
  for (const name of names) if (own[name] !== undefined && own[name] !== "") return own[name];
  return undefined;
}
