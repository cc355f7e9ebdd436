/** Real logs and spans of the TrainTicket benchmark as timeline events, as the Loki and Tempo adapters would make them. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseEpochNs } from "@/lib/domain/epoch-ns";
import type { TimelineEvent } from "@/lib/domain/timeline-event";

export interface TrainTicket {
  readonly events: readonly TimelineEvent[];
  readonly bytes: string;
}

/** TRAINTICKET_DIR, or the folder beside the checkout; undefined when neither is there. */
export function loadTrainTicket(): TrainTicket | undefined {
  const folder = process.env["TRAINTICKET_DIR"] ?? path.resolve("../shared/data/trainticket");
  if (!existsSync(path.join(folder, "log.csv"))) return undefined;
  const logs = parseCsv(readFileSync(path.join(folder, "log.csv"), "utf8")).slice(1);
  const spans = parseCsv(readFileSync(path.join(folder, "trace.csv"), "utf8")).slice(1);
  const events = [...logs.flatMap(logEvent), ...spans.flatMap(spanEvent)];
  return { events, bytes: JSON.stringify(events) };
}

function logEvent(row: readonly string[], index: number): TimelineEvent[] {
  const [, ns = "", , pod = "", , traceId = "", spanId = "", raw = ""] = row;
  const at = parseEpochNs(ns);
  if (!at) return [];
  const container: unknown = JSON.parse(raw);
  const text =
    typeof container === "object" && container !== null && "log" in container ? String(container.log).trimEnd() : raw;
  const ids = { ...(traceId === "" ? {} : { trace_id: traceId }), ...(spanId === "" ? {} : { span_id: spanId }) };
  return [
    {
      ...common(`log-${String(index)}`, pod),
      kind: "log",
      happenedAtNs: at,
      title: text,
      text,
      attributes: { pod, ...ids },
      source: "loki/main",
    },
  ];
}

function spanEvent(row: readonly string[]): TimelineEvent[] {
  const [traceId = "", spanId = "", parent = "", pod = "", name = "", start = "", end = ""] = row;
  const [at, endedAt] = [parseEpochNs(start), parseEpochNs(end)];
  if (!at || !endedAt) return [];
  const parentSpan = parent === "root" || parent === "" ? {} : { parentSpanId: parent };
  return [
    {
      ...common(`span-${traceId}-${spanId}`, pod),
      kind: "span",
      happenedAtNs: at,
      endedAtNs: endedAt,
      title: name,
      attributes: { pod },
      source: "tempo/main",
      span: { traceId, spanId, ...parentSpan, spanKind: "internal", durationNs: "0", links: [] },
    },
  ];
}

/** The service is only the pod name without its two suffixes. */
function common(id: string, pod: string) {
  return {
    id,
    rawService: pod.replace(/-[0-9a-z]+-[0-9a-z]+$/, ""),
    rawEnvironment: null,
    severity: "info" as const,
    outcome: "unknown" as const,
    sightings: [],
    links: [],
    context: false,
  };
}

/** RFC 4180: quoted fields, doubled quotes, line breaks inside quotes. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of splitRecords(text)) {
    const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
    rows.push(fields.map((field) => (field[1] === undefined ? (field[2] ?? "") : field[1].replaceAll('""', '"'))));
  }
  return rows;
}

function splitRecords(text: string): string[] {
  const records: string[] = [];
  let open = "";
  for (const line of text.split("\n")) {
    open = open === "" ? line : `${open}\n${line}`;
    if ((open.match(/"/g)?.length ?? 0) % 2 === 1) continue;
    if (open.trim() !== "") records.push(open);
    open = "";
  }
  return records;
}
