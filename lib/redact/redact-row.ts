/** One timeline row for one role. The row rule comes first (full or stub), then every field by its class. */
import type { EventView, WhyStep } from "@/lib/contract/event-view";
import { keyId } from "@/lib/domain/correlation-key";
import { addNs, durationNs, toRfc3339Nano, type EpochNs } from "@/lib/domain/epoch-ns";
import type { FieldClass } from "@/lib/domain/role";
import { kindOfSource } from "@/lib/domain/source-id";
import type { NativeQuery } from "@/lib/domain/source-outcome";
import type { ClockCorrection, Join, RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { Attributes, EventKind } from "@/lib/domain/timeline-event";
import type { ClassTable } from "./class-table";
import { isTeamPath } from "./redact-attribute";
import { redactAttributes } from "./redact-attributes";
import { redactKey } from "./redact-key";
import type { RedactionContext } from "./redaction-context";

const NOT_SHARED = "Details are not shared with your role.";
const STUB_SENTENCE: Partial<Record<EventKind, string>> = {
  alert: "An infrastructure alert. Details are not shared with your role.",
  "metric-step": "An infrastructure measurement. Details are not shared with your role.",
};

/** True for the words of a row of which only the existence may be known. */
export function isStubSentence(text: string): boolean {
  return text === NOT_SHARED || Object.values(STUB_SENTENCE).includes(text);
}

const TITLE_CLASS: Readonly<Record<EventKind, FieldClass>> = {
  log: "text",
  span: "infrastructure",
  error: "code",
  alert: "infrastructure",
  deploy: "infrastructure",
  "job-run": "text",
  "metric-step": "infrastructure",
  "staff-action": "text",
  note: "note",
};

export function titleClassOf(kind: EventKind): FieldClass {
  return TITLE_CLASS[kind];
}

/** Sources put free text into titles of these: a status message, an annotation. Who reads no text must not read it there. */
const TITLES_WITH_TEXT: ReadonlySet<EventKind> = new Set<EventKind>(["span", "alert"]);

/** Whether the record's own title is read; the approved sentence stands for it otherwise. */
export function readsTitle(kind: EventKind, table: ClassTable): boolean {
  return table.reads(TITLE_CLASS[kind]) && (!TITLES_WITH_TEXT.has(kind) || table.reads("text"));
}

/** `full` or `stub`; rows that a role may not know of never get here, because they take no part in joining. */
export function isStub(row: TimelineRow, context: RedactionContext): boolean {
  return context.rowAccess(row) !== "full";
}

export function redactRow(row: TimelineRow, orderKey: string, context: RedactionContext): EventView {
  return isStub(row, context) ? stubOf(row, orderKey, context) : fullRow(row, orderKey, context);
}

/** The name for roles that read infrastructure, the listed display name for others, nothing of what is out of scope. */
export function serviceLabel(service: RowService | null, context: RedactionContext): string | null {
  if (!service) return null;
  const table = context.table(service);
  if (table.treat("workflow") !== "show") return "another service";
  if (table.seesInfrastructure) return service.name;
  return service.listed ? service.displayName : "a service";
}

/** The plain sentence, which names a service, for who reads workflow facts of the row. */
export function sentenceOf(row: TimelineRow, context: RedactionContext): string {
  return context.table(row.service).treat("workflow") === "show" ? row.sentence : NOT_SHARED;
}

// Rows are made by the hundred thousand: fields are assigned one by one, because spreads copy and cost garbage.
function fullRow(row: TimelineRow, orderKey: string, context: RedactionContext): EventView {
  const { event } = row;
  const table = context.table(row.service);
  const view = skeleton(row, orderKey, context);
  view.service = serviceLabel(row.service, context);
  view.environment = row.environment;
  view.sentence = sentenceOf(row, context);
  const team = row.actor === "staff" ? teamOf(event.attributes, table, context) : undefined;
  if (team !== undefined) view.actor.name = team;
  const title = readsTitle(event.kind, table) && freeText(event.title, TITLE_CLASS[event.kind], table, context);
  view.title = title === false || title === undefined ? view.sentence : title;
  const text = event.text === undefined ? undefined : freeText(event.text, textClassOf(event.kind), table, context);
  if (text !== undefined) view.text = text;
  redactAttributes(event.attributes, table, context, view.attributes);
  view.keys = redactKeys(row, table, context);
  view.why = row.why.map((join) => redactJoin(join, table, context));
  if (event.span && table.treat("telemetry-id") === "show") view.span = spanView(event.span);
  if (!table.seesInfrastructure) return view;
  addInfrastructure(view, event);
  if (view.clock && row.clock) {
    view.clock.host = row.clock.host;
    view.clock.reference = row.clock.reference;
  }
  return view;
}

/** The team of who acted, in the same words for everybody who reads teams, and never the person. */
function teamOf(attributes: Attributes, table: ClassTable, context: RedactionContext): string | undefined {
  const treatment = table.treat("staff");
  if (treatment !== "show" && treatment !== "team") return undefined;
  for (const path in attributes) {
    const name = attributes[path];
    if (typeof name !== "string" || !isTeamPath(path) || context.fields.classOf(path) !== "staff") continue;
    if (context.isTeam(name)) return name;
  }
  return undefined;
}

function addInfrastructure(view: EventView, event: TimelineRow["event"]): void {
  view.sourceId = event.source;
  view.links = event.links.map(({ label, url }) => ({ label, url }));
  if (event.observedAtNs !== undefined) view.observedAt = toRfc3339Nano(event.observedAtNs);
  if (event.endedAtNs !== undefined && event.endedAtNs >= event.happenedAtNs) {
    view.durationNs = durationNs(event.happenedAtNs, event.endedAtNs).toString();
  }
}

function stubOf(row: TimelineRow, orderKey: string, context: RedactionContext): EventView {
  const view = skeleton(row, orderKey, context);
  view.sentence = STUB_SENTENCE[row.event.kind] ?? NOT_SHARED;
  view.title = view.sentence;
  view.why = row.why.map(({ rule, confidence, key, source }) => ({
    keyKind: key?.kind ?? "context",
    rule,
    confidence,
    source: kindOfSource(source),
  }));
  return view;
}

/** What every role sees of every row: identity, order, time, kind, severity. Everything else is empty. */
function skeleton(row: TimelineRow, orderKey: string, context: RedactionContext): EventView {
  const { event } = row;
  const view: EventView = {
    id: context.publicId(event.id),
    orderKey,
    kind: event.kind,
    happenedAt: toRfc3339Nano(event.happenedAtNs),
    happenedAtNs: event.happenedAtNs,
    service: null,
    environment: null,
    actor: { kind: row.actor },
    severity: event.severity,
    outcome: event.outcome,
    title: "",
    sentence: "",
    attributes: {},
    keys: [],
    source: kindOfSource(event.source),
    links: [],
    why: [],
    context: event.context,
    seenIn: [...row.seenIn],
    count: row.count,
  };
  if (row.partOf !== undefined) view.partOf = context.publicId(row.partOf);
  if (row.part) view.part = row.part;
  if (row.lastAtNs !== undefined) view.lastAt = toRfc3339Nano(row.lastAtNs);
  if (row.causal) view.causal = true;
  if (row.clock) view.clock = clockView(event.happenedAtNs, row.clock);
  return view;
}

function clockView(rawNs: EpochNs, { state, offsetNs, pairs }: ClockCorrection): NonNullable<EventView["clock"]> {
  const correctedAtNs = addNs(rawNs, offsetNs);
  return { state, correctedAt: toRfc3339Nano(correctedAtNs), correctedAtNs, offsetNs: offsetNs.toString(), pairs };
}

function redactKeys(row: TimelineRow, table: ClassTable, context: RedactionContext) {
  const keys: { kind: string; value: string }[] = [];
  for (let i = 0; i < row.sightings.length; i++) {
    const [sighting, id] = [row.sightings[i], row.keyIds[i]];
    if (!sighting || id === undefined || !context.listedKeys.has(id)) continue;
    const shown = redactKey(sighting.key, context, table);
    if (shown) keys.push({ kind: shown.kind, value: shown.value });
  }
  return keys;
}

function redactJoin(join: Join, table: ClassTable, context: RedactionContext): WhyStep {
  const key = join.key && redactKey(join.key, context, table);
  const step: WhyStep = {
    keyKind: join.key?.kind ?? "context",
    rule: join.rule,
    confidence: join.confidence,
    source: kindOfSource(join.source),
  };
  if (key) step.key = keyId(key);
  if (join.throughEvent !== undefined) step.throughEvent = context.publicId(join.throughEvent);
  if (table.seesInfrastructure) {
    step.foundIn = join.foundIn;
    step.sourceId = join.source;
  }
  // A native query holds every id that was asked for, and text patterns: only who reads all of that may read it.
  const readsQueries =
    table.reads("code") && table.treat("business-id") === "show" && table.treat("account-id") === "show";
  if (join.query && readsQueries) step.query = queryView(join.query);
  return step;
}

/** One view per query, shared by all rows that it brought. */
const queryViews = new WeakMap<NativeQuery, NonNullable<WhyStep["query"]>>();

function queryView(query: NativeQuery): NonNullable<WhyStep["query"]> {
  let view = queryViews.get(query);
  if (!view) {
    const { language, text, url } = query;
    view = { language, text, ...(url === undefined ? {} : { url }) };
    queryViews.set(query, view);
  }
  return view;
}

/** Undefined when the role reads a sentence instead. Free text is never shown unscrubbed, whatever the table says. */
function freeText(
  text: string,
  fieldClass: FieldClass,
  table: ClassTable,
  context: RedactionContext,
): string | undefined {
  if (!table.reads(fieldClass)) return undefined;
  return context.scrub(text, table.keepsPersonal(fieldClass) ? { keep: "personal" } : {});
}

/** Class of the full text. */
export function textClassOf(kind: EventKind): FieldClass {
  if (kind === "error") return "code";
  return kind === "note" ? "note" : "text";
}

function spanView(span: NonNullable<TimelineRow["event"]["span"]>) {
  const { traceId, spanId, parentSpanId, spanKind } = span;
  return { traceId, spanId, ...(parentSpanId === undefined ? {} : { parentSpanId }), spanKind };
}
