/** Whose clock dated a record. Records of one machine share a clock, whatever services run on it. */
import { addNs } from "@/lib/domain/epoch-ns";
import { kindOfSource } from "@/lib/domain/source-id";
import type { EvidenceIndex } from "../graph/evidence-index";
import { spanAt } from "./linked-producers";
import type { EvidenceRecord } from "../read-records";

/** The machine first: pods on one node share its clock. */
const SPAN_PLACES = ["resource.host.name", "resource.k8s.node.name", "resource.k8s.pod.name"];
const INSTANCE = "resource.service.instance.id";
const LINE_PLACES = [
  ...["host.name", "host_name", "hostname", "resource.host.name"],
  ...["k8s.node.name", "k8s_node_name", "node_name", "resource.k8s.node.name"],
  ...["k8s.pod.name", "k8s_pod_name", "pod_name", "pod", "resource.k8s.pod.name"],
];
/** In many lines these hold something else (`Host` of a request), so an unknown value of them means nothing. */
const VAGUE_PLACES = ["host", "node"];
const INSTANCE_PLACES = ["service.instance.id", "service_instance_id", "resource.service.instance.id"];
/** Sentry may round to the second. */
const SENTRY_SLACK_NS = 1_000_000_000n;

interface HostNames {
  /** Host that a name of a machine, pod or instance stands for. */
  readonly byName: ReadonlyMap<string, string>;
  /** Host by service; null where a service runs on several. */
  readonly byService: ReadonlyMap<string, string | null>;
}

/** As the source spells it; the service where a span names no machine. Undefined: nothing is known. */
export function hostOfSpan(record: EvidenceRecord): string | undefined {
  for (const place of SPAN_PLACES) {
    const value = record.event.attributes[place];
    if (value !== undefined && value !== "") return String(value);
  }
  const instance = record.event.attributes[INSTANCE];
  if (instance !== undefined && instance !== "") return instanceName(record, instance);
  return record.service?.name;
}

/** In: spans, in the order of their records: where two disagree about a name, the first stands. */
export function hostNames(spans: Iterable<EvidenceRecord>): HostNames {
  const byName = new Map<string, string>();
  const byService = new Map<string, string | null>();
  for (const span of spans) {
    const host = hostOfSpan(span);
    if (host === undefined) continue;
    for (const name of namesOf(span)) if (!byName.has(name)) byName.set(name, host);
    const service = span.service?.name;
    if (service === undefined) continue;
    const known = byService.get(service);
    if (known === undefined) byService.set(service, host);
    else if (known !== host) byService.set(service, null);
  }
  return { byName, byService };
}

/**
 * Host of any record. A line written inside a span was written where the span ran, which is surer than its labels.
 * Undefined for what no host dated: alerts, deploys and metrics carry the time of their server.
 */
export function hostOfRecord(record: EvidenceRecord, index: EvidenceIndex, names: HostNames): string | undefined {
  const source = kindOfSource(record.event.source);
  if (source === "tempo") return hostOfSpan(record);
  const span = spanAt(index, record.traceId, record.spanId);
  if (source === "sentry") return span && isOnClockOf(record, span) ? hostOfSpan(span) : undefined;
  if (source !== "loki") return undefined;
  return span ? hostOfSpan(span) : hostOfLine(record, names);
}

/** Sentry's relay puts right clocks that are far off, so its time is the host's only where it fits the host's own span. */
function isOnClockOf({ event }: EvidenceRecord, { event: span }: EvidenceRecord): boolean {
  const fromNs = addNs(span.happenedAtNs, -SENTRY_SLACK_NS);
  const toNs = addNs(span.endedAtNs ?? span.happenedAtNs, SENTRY_SLACK_NS);
  return event.happenedAtNs >= fromNs && event.happenedAtNs <= toNs;
}

function hostOfLine(record: EvidenceRecord, names: HostNames): string | undefined {
  const { attributes } = record.event;
  let isNamed = false;
  for (const place of LINE_PLACES) {
    const value = attributes[place];
    if (value === undefined || value === "") continue;
    const host = names.byName.get(String(value));
    if (host !== undefined) return host;
    isNamed = true;
  }
  for (const place of INSTANCE_PLACES) {
    const value = attributes[place];
    if (value === undefined || value === "") continue;
    const host = names.byName.get(instanceName(record, value));
    if (host !== undefined) return host;
    isNamed = true;
  }
  for (const place of VAGUE_PLACES) {
    const host = names.byName.get(String(attributes[place] ?? ""));
    if (host !== undefined) return host;
  }
  // A machine of which no span is known: its clock cannot be judged.
  if (isNamed || !record.service) return undefined;
  return names.byService.get(record.service.name) ?? undefined;
}

function namesOf(span: EvidenceRecord): string[] {
  const names = SPAN_PLACES.flatMap((place) => span.event.attributes[place] ?? []).map(String);
  const instance = span.event.attributes[INSTANCE];
  return (instance === undefined ? names : [...names, instanceName(span, instance)]).filter((name) => name !== "");
}

/** `1` is an instance of every service. */
function instanceName(record: EvidenceRecord, instance: string | number | boolean): string {
  return `${record.service?.name ?? ""}/${String(instance)}`;
}
