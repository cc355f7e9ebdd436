/** One timeline row for one role. The row rule comes first (full or stub), then every field by its class. */
import type { AttributeView, EventView, WhyStep } from "@/lib/contract/event-view";
import { keyId } from "@/lib/domain/correlation-key";
import { durationNs, toRfc3339Nano } from "@/lib/domain/epoch-ns";
import type { FieldClass, Role } from "@/lib/domain/role";
import { kindOfSource } from "@/lib/domain/source-id";
import type { Join, RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import type { EventKind } from "@/lib/domain/timeline-event";
import { classOfValue, redactAttribute } from "./redact-attribute";
import { redactKey } from "./redact-key";
import type { RedactionContext } from "./redaction-context";
import { scrubText } from "./scrub-text";

/** Rows a role may only know to exist. A stub keeps its place and time, so that all roles see the same order. */
const STUB_KINDS: Readonly<Record<Role, ReadonlySet<EventKind>>> = {
  support: new Set<EventKind>(["alert", "metric-step"]),
  engineer: new Set<EventKind>(),
  manager: new Set<EventKind>(["metric-step"]),
  admin: new Set<EventKind>(),
};

const STUB_SENTENCE: Partial<Record<EventKind, string>> = {
  alert: "An infrastructure alert. Details are not shared with your role.",
  "metric-step": "An infrastructure measurement. Details are not shared with your role.",
};

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

export function isStub(row: TimelineRow, role: Role): boolean {
  return STUB_KINDS[role].has(row.event.kind) && !row.recognised;
}

export function redactRow(row: TimelineRow, orderKey: string, context: RedactionContext): EventView {
  return isStub(row, context.role) ? stubOf(row, orderKey, context) : fullRow(row, orderKey, context);
}

/** `service name` for roles that read infrastructure, the listed display name for others. */
export function serviceLabel(service: RowService | null, context: RedactionContext): string | null {
  if (!service) return null;
  if (context.seesInfrastructure) return service.name;
  return service.listed ? service.displayName : "a service";
}

function fullRow(row: TimelineRow, orderKey: string, context: RedactionContext): EventView {
  const { event } = row;
  const { attributes, withheld } = redactAttributes(row, context);
  const readsTelemetry = context.treat("telemetry-id") === "show";
  const text = event.text === undefined ? undefined : freeText(event.text, textClass(event.kind), context);
  const observed = context.seesInfrastructure ? event.observedAtNs : undefined;
  const ended = context.seesInfrastructure ? event.endedAtNs : undefined;
  return {
    ...skeleton(row, orderKey, context),
    ...(observed === undefined ? {} : { observedAt: toRfc3339Nano(observed) }),
    ...(ended === undefined || ended < event.happenedAtNs
      ? {}
      : { durationNs: durationNs(event.happenedAtNs, ended).toString() }),
    service: serviceLabel(row.service, context),
    environment: row.environment,
    title: freeText(event.title, TITLE_CLASS[event.kind], context) ?? row.sentence,
    sentence: row.sentence,
    ...(text === undefined ? {} : { text }),
    attributes,
    withheld,
    keys: redactKeys(row, context),
    ...(context.seesInfrastructure ? { sourceId: event.source } : {}),
    links: context.seesInfrastructure ? event.links.map(({ label, url }) => ({ label, url })) : [],
    why: row.why.map((join) => redactJoin(join, context)),
    ...(readsTelemetry && event.span ? { span: spanView(event.span) } : {}),
  };
}

function stubOf(row: TimelineRow, orderKey: string, context: RedactionContext): EventView {
  const sentence = STUB_SENTENCE[row.event.kind] ?? "Details are not shared with your role.";
  return {
    ...skeleton(row, orderKey, context),
    service: null,
    environment: null,
    title: sentence,
    sentence,
    attributes: {},
    withheld: [],
    keys: [],
    links: [],
    why: row.why.map(({ rule, confidence, key, source }) => ({
      keyKind: key?.kind ?? "context",
      rule,
      confidence,
      source: kindOfSource(source),
    })),
  };
}

/** What every role sees of every row: identity, order, time, kind, severity. */
function skeleton(row: TimelineRow, orderKey: string, context: RedactionContext) {
  const { event } = row;
  return {
    id: context.publicId(event.id),
    orderKey,
    kind: event.kind,
    happenedAt: toRfc3339Nano(event.happenedAtNs),
    happenedAtNs: event.happenedAtNs as string,
    actor: { kind: row.actor },
    severity: event.severity,
    outcome: event.outcome,
    source: kindOfSource(event.source),
    context: event.context,
    seenIn: [...row.seenIn],
    count: row.count,
  };
}

function redactAttributes(row: TimelineRow, context: RedactionContext) {
  const attributes: Record<string, AttributeView> = {};
  const hidden = new Map<FieldClass, number>();
  for (const path in row.event.attributes) {
    const value = row.event.attributes[path];
    if (value === undefined) continue;
    const fieldClass = classOfValue(path, value, context);
    const view = redactAttribute(path, value, fieldClass, context);
    if (view) attributes[path] = view;
    else hidden.set(fieldClass, (hidden.get(fieldClass) ?? 0) + 1);
  }
  const withheld = [...hidden].map(([fieldClass, count]) => ({ class: fieldClass, count }));
  return { attributes, withheld };
}

function redactKeys(row: TimelineRow, context: RedactionContext) {
  const keys: { kind: string; value: string }[] = [];
  for (const { key } of row.sightings) {
    if (!context.listedKeys.has(keyId(key))) continue;
    const shown = redactKey(key, context);
    if (shown) keys.push({ kind: shown.kind, value: shown.value });
  }
  return keys;
}

function redactJoin(join: Join, context: RedactionContext): WhyStep {
  const key = join.key && redactKey(join.key, context);
  const readsCode = context.treat("code") === "scrub" || context.treat("code") === "show";
  return {
    ...(key ? { key: keyId(key) } : {}),
    keyKind: join.key?.kind ?? "context",
    rule: join.rule,
    ...(context.seesInfrastructure ? { foundIn: join.foundIn, sourceId: join.source } : {}),
    confidence: join.confidence,
    source: kindOfSource(join.source),
    ...(join.throughEvent === undefined ? {} : { throughEvent: context.publicId(join.throughEvent) }),
    ...(readsCode && join.query
      ? {
          query: {
            language: join.query.language,
            text: join.query.text,
            ...(join.query.url === undefined ? {} : { url: join.query.url }),
          },
        }
      : {}),
  };
}

/** Undefined when the role reads a sentence instead. Free text is never shown unscrubbed, whatever the table says. */
function freeText(text: string, fieldClass: FieldClass, context: RedactionContext): string | undefined {
  const treatment = context.treat(fieldClass);
  return treatment === "show" || treatment === "scrub" ? scrubText(text, context.pseudonyms) : undefined;
}

function textClass(kind: EventKind): FieldClass {
  if (kind === "error") return "code";
  return kind === "note" ? "note" : "text";
}

function spanView(span: NonNullable<TimelineRow["event"]["span"]>) {
  const { traceId, spanId, parentSpanId, spanKind } = span;
  return { traceId, spanId, ...(parentSpanId === undefined ? {} : { parentSpanId }), spanKind };
}
