/** Sentry errors as timeline events. Pure. Shapes: `wire.ts`; traps of the event JSON: https://docs.sentry.io/api/events/. */
import { type EpochNs, epochNsFromMs, epochNsFromRfc3339, epochMs } from "@/lib/domain/epoch-ns";
import type { Outcome, Severity } from "@/lib/domain/severity";
import type { SourceId } from "@/lib/domain/source-id";
import type { Attributes, TimelineEvent } from "@/lib/domain/timeline-event";
import { parseSpanId, parseTraceId } from "@/lib/domain/trace-id";
import { contentFactId } from "@/lib/normalize/fact-id";
import { parseSeverity } from "@/lib/normalize/severity";
import { eventPage } from "./links";
import type { SentryEventDetail, SentryException, SentryRow } from "./wire";

const MAX_FRAMES = 60;
const MAX_TEXT_LENGTH = 32_768;
/** Tags that name the service better than the project does, in order. */
const SERVICE_TAGS = ["service.name", "service_name", "service"];
/** Repeats of the user as Sentry builds them; the id alone is kept, under `user.id`. */
const PERSONAL_TAGS = new Set(["user", "sentry:user", "user.ip", "user.email", "user.username", "url"]);

type Maybe = string | null | undefined;

/**
 * One error. `row` is the search answer, `detail` the event in full where it could be read.
 * Order and uniqueness: none promised; the id depends on project and event id only. Undefined when the row has no time.
 */
export function errorEvent(
  source: SourceId,
  webBase: string,
  row: SentryRow,
  detail: SentryEventDetail | undefined,
): TimelineEvent | undefined {
  const rowAtNs = epochNsFromRfc3339(row.timestamp);
  const happenedAtNs = preciseInstant(row, detail) ?? rowAtNs;
  if (happenedAtNs === undefined) return undefined;
  const tags = new Map(detail?.tags ?? []);
  const project = row.project ?? row["project.name"] ?? null;
  const level = row.level ?? tags.get("level");
  const exception = detail?.entries.at(-1);
  const type = text(detail?.metadata?.type) ?? text(exception?.type);
  const value = text(detail?.metadata?.value) ?? text(exception?.value);
  const title = type === undefined ? (text(row.title) ?? text(detail?.title) ?? "Error") : joinTitle(type, value);
  const receivedAtNs = epochNsFromRfc3339(detail?.dateReceived ?? "");
  const eventId = plainId(row.id);
  return {
    // The whole second is in both answers; the fraction only in one of them, and an id must not depend on which came.
    id: contentFactId(source, wholeSecond(happenedAtNs), [project ?? "", eventId]),
    kind: "error",
    happenedAtNs,
    ...(receivedAtNs === undefined ? {} : { observedAtNs: receivedAtNs }),
    rawService: SERVICE_TAGS.map((name) => tags.get(name)).find((name) => name !== undefined && name !== "") ?? project,
    rawEnvironment: text(row.environment) ?? text(tags.get("environment")) ?? null,
    severity: parseSeverity(level ?? "error"),
    outcome: outcomeOf(parseSeverity(level ?? "error")),
    title,
    text: fullText(title, detail?.entries ?? []),
    attributes: attributesOf(row, detail, tags, { type, value, project, eventId }),
    sightings: [],
    source,
    links: issueLinks(webBase, row["issue.id"] ?? detail?.groupID ?? detail?.group_id, eventId),
    context: false,
  };
}

/** Sentry rounds `timestamp` to the second; the order of events needs the fraction. */
export function preciseInstant(row: SentryRow, detail: SentryEventDetail | undefined): EpochNs | undefined {
  const created = detail?.dateCreated ?? detail?.date_created;
  if (created) return epochNsFromRfc3339(created);
  const ms = row.timestamp_ms;
  if (typeof ms === "number") return ms > 0 && ms < 1e13 ? epochNsFromMs(ms) : undefined;
  return ms ? epochNsFromRfc3339(ms) : undefined;
}

function wholeSecond(at: EpochNs): EpochNs {
  return epochNsFromMs(Math.floor(epochMs(at) / 1000) * 1000);
}

function attributesOf(
  row: SentryRow,
  detail: SentryEventDetail | undefined,
  tags: ReadonlyMap<string, string>,
  known: { type: Maybe; value: Maybe; project: Maybe; eventId: string },
): Attributes {
  const traceId = parseTraceId(row.trace ?? detail?.contexts?.trace?.trace_id ?? "");
  const spanId = parseSpanId(detail?.contexts?.trace?.span_id ?? row["trace.span"] ?? "");
  const pairs: [string, Maybe][] = [
    ["exception.type", known.type],
    ["exception.value", known.value],
    ["culprit", row.culprit ?? detail?.culprit],
    ["release", row.release ?? detail?.release?.version ?? tags.get("release")],
    ["environment", row.environment ?? tags.get("environment")],
    ["platform", detail?.platform],
    ["user.id", row["user.id"] ?? detail?.user?.id],
    ["trace_id", traceId],
    ["span_id", spanId],
    ["sentry.project", known.project],
    ["sentry.event_id", known.eventId],
    ["sentry.issue", row.issue === "unknown" ? undefined : row.issue],
    ...searchedTags(row),
    ...[...tags]
      .filter(([name]) => !PERSONAL_TAGS.has(name))
      .map(([name, value]) => [`tag.${name}`, value] as [string, string]),
  ];
  // fromEntries defines own properties, so a hostile tag named `__proto__` stays an ordinary name.
  return Object.fromEntries(pairs.flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
}

/** The columns we filtered on come back under their own name, also when the detail could not be read. */
function searchedTags(row: SentryRow): [string, Maybe][] {
  return Object.entries(row).flatMap(([column, value]): [string, Maybe][] => {
    const name = /^tags\[(.+)\]$/.exec(column)?.[1];
    return name !== undefined && (typeof value === "string" || typeof value === "number")
      ? [[`tag.${name}`, String(value)]]
      : [];
  });
}

function fullText(title: string, exceptions: readonly SentryException[]): string {
  const parts = exceptions.map((exception) => {
    // Frames come oldest first; people read the crash first.
    const frames = (exception.stacktrace?.frames ?? []).slice(-MAX_FRAMES).reverse();
    const lines = frames.map((frame) => {
      const place = [frame.filename ?? frame.module ?? "unknown", frame.lineNo].filter(
        (part) => part !== null && part !== undefined,
      );
      return `    at ${frame.function ?? "?"} (${place.join(":")})`;
    });
    return [joinTitle(exception.type ?? "Error", exception.value ?? undefined), ...lines].join("\n");
  });
  // Chained exceptions come cause first; the one that was raised is shown first.
  const full = parts.length === 0 ? title : parts.reverse().join("\nCaused by: ");
  return full.length > MAX_TEXT_LENGTH ? `${full.slice(0, MAX_TEXT_LENGTH)}…` : full;
}

function issueLinks(webBase: string, issueId: Maybe, eventId: string): TimelineEvent["links"] {
  return issueId && /^\d+$/.test(issueId) ? [{ label: "Sentry issue", url: eventPage(webBase, issueId, eventId) }] : [];
}

/** Ids compare as lower-case hex without dashes, however a server spells them. */
function plainId(id: string): string {
  return id.replaceAll("-", "").toLowerCase();
}

function joinTitle(type: string, value: string | undefined): string {
  return value ? `${type}: ${value}` : type;
}

function outcomeOf(severity: Severity): Outcome {
  if (severity === "error" || severity === "critical") return "error";
  return severity === "warning" ? "warning" : "unknown";
}

function text(value: Maybe): string | undefined {
  return value ? value : undefined;
}
