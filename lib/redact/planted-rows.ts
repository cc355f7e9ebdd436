/**
 * Rows that carry one value in every place where a field or a class can stand, and nowhere else. A policy test runs them
 * through the redactor and looks for the value. Pure.
 */
import { keyId, type CorrelationKey } from "@/lib/domain/correlation-key";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { FieldClass } from "@/lib/domain/role";
import type { RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import { EVENT_KINDS, type Attributes, type EventKind, type TimelineEvent } from "@/lib/domain/timeline-event";
import { titleClassOf } from "./redact-row";

const CALM = "calm";
/** Long enough ago that no window of a question reaches it. */
const AT = epochNsFromMs(Date.UTC(2001, 8, 9, 1, 46, 40));

/** A path of each class by the built-in catalogue. */
const PATH_OF: Readonly<Record<FieldClass, string>> = {
  workflow: "http.request.method",
  "business-id": "order.id",
  "account-id": "account.id",
  personal: "user.email",
  staff: "staff.name",
  note: "note",
  infrastructure: "host.name",
  "telemetry-id": "span_id",
  code: "db.statement",
  text: "msg",
  secret: "session.token",
  unknown: "planted.by.nobody",
};

const KEY_OF: Readonly<Partial<Record<FieldClass, string>>> = {
  "business-id": "order",
  "account-id": "account",
  "telemetry-id": "trace",
};

/** The value at an attribute path. */
export function rowsWithField(path: string, value: string): TimelineRow[] {
  const attributes: Attributes = { [path]: value };
  return everyRow(() => ({ attributes }));
}

/** The value in each part of a row that is of the class, by itself and as an attribute. */
export function rowsWithClass(fieldClass: FieldClass, value: string): TimelineRow[] {
  const inText = (kind: EventKind) => (kind === "error" ? "code" : kind === "note" ? "note" : "text") === fieldClass;
  const kindOfKey = KEY_OF[fieldClass];
  const isPlace = fieldClass === "infrastructure";
  return everyRow((kind) => ({
    attributes: { [PATH_OF[fieldClass]]: value },
    title: titleClassOf(kind) === fieldClass ? value : CALM,
    text: inText(kind) ? value : CALM,
    ...(kindOfKey === undefined ? {} : { key: { kind: kindOfKey, value } }),
    ...(fieldClass === "telemetry-id" ? { span: value } : {}),
    ...(fieldClass === "code" ? { query: value } : {}),
    ...(isPlace ? { place: value } : {}),
  }));
}

interface Planted {
  readonly attributes: Attributes;
  readonly title?: string;
  readonly text?: string;
  readonly key?: CorrelationKey;
  readonly span?: string;
  readonly query?: string;
  /** Where it ran: service, source, host. */
  readonly place?: string;
}

/** Every kind, described by a configured sentence or not. */
function everyRow(plant: (kind: EventKind) => Planted): TimelineRow[] {
  return EVENT_KINDS.flatMap((kind) => [true, false].map((recognised) => rowOf(kind, recognised, plant(kind))));
}

function rowOf(kind: EventKind, recognised: boolean, planted: Planted): TimelineRow {
  const { key, place = CALM, query = CALM } = planted;
  const event = eventOf(kind, planted);
  const service: RowService = { name: place, displayName: CALM, owner: CALM, audience: "product", listed: true };
  const rule = { rule: CALM, confidence: "exact" } as const;
  return {
    event,
    orderNs: AT,
    causal: false,
    clock: { state: "corrected", offsetNs: 1n, host: place, reference: place, pairs: 1 },
    service,
    environment: null,
    actor: "service",
    sentence: CALM,
    recognised,
    sightings: key ? [{ key, at: CALM, ...rule }] : [],
    keyIds: key ? [keyId(key)] : [],
    why: [
      {
        ...rule,
        ...(key ? { key } : {}),
        foundIn: place,
        source: event.source,
        query: { language: "LogQL", text: query },
      },
    ],
    seenIn: ["loki"],
    count: 1,
    depth: 0,
  };
}

function eventOf(kind: EventKind, planted: Planted): TimelineEvent {
  const { attributes, title = CALM, text = CALM, span, place = CALM } = planted;
  return {
    ...{ id: `planted-${kind}`, kind, happenedAtNs: AT, endedAtNs: AT, observedAtNs: AT },
    ...{ rawService: place, rawEnvironment: null, severity: "info", outcome: "unknown" },
    ...{ title, text, attributes, sightings: [], context: false },
    source: `loki/${place}`,
    links: [{ label: CALM, url: `https://grafana.example/${place}` }],
    ...(span === undefined
      ? {}
      : { span: { traceId: span, spanId: span, spanKind: "server", durationNs: "1", links: [] } }),
  };
}
