/**
 * Events inside a span → timeline events of their own: an exception is an error row, anything else a log row. They hang
 * under their span through the parent in the span facts. Pure.
 */
import { parseEpochNs } from "@/lib/domain/epoch-ns";
import type { Attributes, SpanFacts, TimelineEvent } from "@/lib/domain/timeline-event";
import { contentFactId } from "@/lib/normalize/fact-id";
import { flattenAttributes } from "@/lib/normalize/flatten-attributes";
import type { TempoSpanEvent } from "./wire";

const MAX_TITLE_LENGTH = 300;

/** Events without a time happened when the span started, as far as anybody can tell. */
export function spanEventsOf(
  span: TimelineEvent,
  facts: SpanFacts,
  events: readonly TempoSpanEvent[],
  originAttributes: Attributes,
): TimelineEvent[] {
  return events.map((event) => {
    const own = flattenAttributes(Object.fromEntries(event.attributes.map(({ key, value }) => [key, value])));
    const name = event.name ?? "";
    const happenedAtNs = parseEpochNs(event.timeUnixNano ?? "") ?? span.happenedAtNs;
    const content = [facts.traceId, facts.spanId, name, JSON.stringify(Object.entries(own).sort())];
    const id = contentFactId(span.source, happenedAtNs, content);
    const { rawService, rawEnvironment, source, links, context } = span;
    return {
      id,
      happenedAtNs,
      rawService,
      rawEnvironment,
      ...describe(name, own),
      attributes: { ...own, "event.name": name, ...originAttributes },
      sightings: [],
      source,
      // No span id of its own exists; the fact id is unique and cannot be taken for a real one.
      span: { ...facts, spanId: id, parentSpanId: facts.spanId, spanKind: "internal", durationNs: "0", links: [] },
      links,
      context,
    };
  });
}

type Described = Pick<TimelineEvent, "kind" | "severity" | "outcome" | "title" | "text">;

function describe(name: string, attributes: Attributes): Described {
  const type = textOf(attributes["exception.type"]);
  const message = textOf(attributes["exception.message"]);
  if (name !== "exception" && type === "" && message === "") {
    return { kind: "log", severity: "info", outcome: "unknown", title: oneLine(name === "" ? "span event" : name) };
  }
  const title = oneLine([type, message].filter((part) => part !== "").join(": ") || "exception");
  const stack = textOf(attributes["exception.stacktrace"]);
  return { kind: "error", severity: "error", outcome: "error", title, text: stack === "" ? message || title : stack };
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .slice(0, MAX_TITLE_LENGTH)
    .toWellFormed();
}

function textOf(value: Attributes[string] | undefined): string {
  return value === undefined ? "" : String(value);
}
