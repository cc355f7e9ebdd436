/**
 * A timeline as one tidy table: a header, then one record a line, told apart by the first column. What could not be
 * known is a record like any other, so that no filter or sum loses it unseen. RFC 4180. Pure.
 */
import type { EventView } from "@/lib/contract/event-view";
import { gapTitle } from "@/lib/contract/gap-title";
import type { FindingView, GapView, TimelineAnswer } from "@/lib/contract/timeline-answer";
import { formulaSafe } from "./formula-safe";
import { readerWords, type ExportNote } from "./export-note";
import { shownTime } from "./row-marks";

/** Numbers are ours and stay numbers; every text is made safe. */
type Cell = string | number | bigint | boolean | undefined;

const COLUMNS = [
  /** `question`, `completeness`, `gap`, `finding`, `event`, or `part`: a further record behind an event. */
  "record",
  "id",
  /** Of an event, put right where its clock was wrong; the beginning of a question or gap. */
  "time",
  "until",
  /** As the source wrote it. */
  "recorded_time",
  "kind",
  "service",
  "environment",
  "actor",
  "actor_name",
  "severity",
  "outcome",
  "title",
  "sentence",
  "text",
  "keys",
  "sources",
  "count",
  /** Empty where a count has no total; `unknown` where nobody told. */
  "total",
  "context",
  "clock_offset_ns",
  "duration_ns",
  "joined_by",
  "attributes",
  "hidden",
  "part_of",
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], Cell>>;

/** Spreadsheets guess the encoding of a file without it. */
const BYTE_ORDER_MARK = "\ufeff";

export function exportCsv(answer: TimelineAnswer, made: ExportNote, options: { readonly bom?: boolean } = {}): string {
  const records: Row[] = [
    question(answer, made),
    completeness(answer),
    ...answer.gaps.map(gap),
    ...answer.findings.map(finding),
    ...answer.events.map((row) => event(row, "event")),
    ...answer.parts.map((row) => event(row, "part")),
  ];
  const lines = [COLUMNS.join(","), ...records.map((row) => COLUMNS.map((name) => cell(row[name])).join(","))];
  return `${options.bom ? BYTE_ORDER_MARK : ""}${lines.join("\r\n")}\r\n`;
}

function question({ query, stats }: TimelineAnswer, made: ExportNote): Row {
  return {
    record: "question",
    time: query.from,
    until: query.to,
    title: readerWords(query, made.audience),
    sentence: `Exported ${made.exportedAt.toISOString()}`,
    keys: query.keys.join(" "),
    // Rows that the reader may only know to exist, then classes that are not shared.
    hidden: [...(stats.withheld > 0 ? [`${String(stats.withheld)} rows`] : []), ...query.hidden].join(" "),
  };
}

function completeness({ completeness: state, query, stats }: TimelineAnswer): Row {
  return {
    record: "completeness",
    time: query.from,
    until: query.to,
    kind: state.state,
    title: `${String(stats.shown)} rows and ${String(stats.parts)} parts of ${String(stats.records)} records`,
    sentence: state.sentence,
    // Sources that answered in full, of those connected.
    count: state.answered,
    total: state.connected,
  };
}

function gap({ reason, window, service, source, sourceId, detail, shown, total, keys }: GapView): Row {
  const counted = shown !== undefined || total !== undefined;
  return {
    record: "gap",
    time: window?.from,
    until: window?.to,
    kind: reason,
    service,
    title: reason === "not-permitted" ? "Hidden for the role" : gapTitle(reason),
    sentence: detail,
    keys: keys?.join(" "),
    sources: sourceId ?? source,
    count: counted ? (shown ?? "unknown") : undefined,
    total: counted ? (total ?? "unknown") : undefined,
  };
}

function finding({ kind, level, sentence, service, events }: FindingView): Row {
  return { record: "finding", id: events[0], kind, outcome: level, service, sentence };
}

function event(row: EventView, record: "event" | "part"): Row {
  const attributes = Object.entries(row.attributes).map(([path, { value }]) => [path, value]);
  return {
    record,
    id: row.id,
    time: shownTime(row),
    until: row.lastAt,
    recorded_time: row.happenedAt,
    kind: row.kind,
    service: row.service ?? undefined,
    environment: row.environment ?? undefined,
    actor: row.actor.kind,
    actor_name: row.actor.name,
    severity: row.severity,
    outcome: row.outcome,
    title: row.title,
    sentence: row.sentence,
    text: row.text,
    keys: row.keys.map(({ kind, value }) => `${kind}:${value}`).join(" "),
    sources: row.seenIn.join(" "),
    count: row.count,
    context: row.context,
    clock_offset_ns: row.clock && BigInt(row.clock.offsetNs),
    duration_ns: row.durationNs === undefined ? undefined : BigInt(row.durationNs),
    joined_by: row.why.map(({ key, keyKind, rule }) => `${key ?? keyKind} (${rule})`).join(" > "),
    attributes: attributes.length === 0 ? undefined : JSON.stringify(Object.fromEntries(attributes)),
    part_of: row.partOf,
  };
}

function cell(value: Cell): string {
  if (value === undefined || value === "") return "";
  if (typeof value !== "string") return String(value);
  const safe = formulaSafe(value);
  return /[",;\s']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
