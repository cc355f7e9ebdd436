/** Test builder: spans that call each other, read as an estate's own words: service, operation, time, outcome. */
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { builtInExpansionRules } from "@/lib/domain/built-in-key-rules";
import { Limits } from "@/lib/domain/configuration";
import type { Finding, StitchedTimeline } from "@/lib/domain/stitched-timeline";
import type { Attributes, SpanFacts, TimelineEvent } from "@/lib/domain/timeline-event";
import { stitchTimeline } from "../stitch-timeline";
import { at, aLine, aSpan, readBy, traceId } from "./an-estate";

export const ORDER = { kind: "order", value: "48192" };

interface Call {
  readonly trace?: number;
  readonly parent?: number;
  readonly kind?: SpanFacts["spanKind"];
  /** Milliseconds. */
  readonly from?: number;
  readonly took?: number;
  readonly failed?: boolean;
  readonly outcome?: TimelineEvent["outcome"];
  readonly title?: string;
  readonly text?: string;
  readonly with?: Attributes;
  readonly links?: readonly [trace: number, span: number][];
}

/** A span `n` of `service`; it carries the asked order unless `with` says otherwise. */
export function aCall(n: number, service: string, over: Call = {}): TimelineEvent {
  const { trace = 0, parent, kind = "server", from = n, took = 10, links = [] } = over;
  const event = aSpan(trace, n, parent === undefined ? {} : { parent });
  if (!event.span) throw new Error("a span has facts");
  return {
    ...event,
    rawService: service,
    title: over.title ?? `step ${n}`,
    ...(over.text === undefined ? {} : { text: over.text }),
    outcome: over.outcome ?? (over.failed ? "error" : "ok"),
    happenedAtNs: at(from),
    endedAtNs: at(from + took),
    attributes: { "order.id": ORDER.value, ...over.with },
    span: {
      ...event.span,
      spanKind: kind,
      durationNs: String(Math.round(took * 1e6)),
      links: links.map(([other, span]) => ({ traceId: traceId(other), spanId: spanIdOf(span) })),
    },
  };
}

/** A line written inside span `n`, or without one when `n` is undefined. */
export function aRemark(n: number | undefined, service: string, title: string, over: Partial<TimelineEvent> = {}) {
  const place = n === undefined ? {} : { trace_id: traceId(0), span_id: spanIdOf(n) };
  return aLine(500, title, {
    id: `remark-${service}-${title}`,
    rawService: service,
    outcome: "error",
    severity: "error",
    attributes: { "order.id": ORDER.value, ...place },
    ...over,
  });
}

export function aContextRow(kind: "alert" | "deploy", service: string, atMs: number): TimelineEvent {
  const id = `${kind}-${service}`;
  return aLine(atMs, id, {
    id,
    kind,
    rawService: service,
    context: true,
    outcome: kind === "alert" ? "error" : "unknown",
  });
}

export function stitchCalls(
  events: readonly TimelineEvent[],
  sourceGaps: readonly EvidenceGap[] = [],
): StitchedTimeline {
  const [joined, context] = [events.filter((event) => !event.context), events.filter((event) => event.context)];
  return stitchTimeline({
    asked: [ORDER],
    batches: [readBy(ORDER, joined), readBy(undefined, context)],
    expansion: builtInExpansionRules(),
    limits: Limits.parse({}),
    sourceGaps,
  });
}

export function findingOf(timeline: StitchedTimeline, kind: Finding["kind"]): Finding | undefined {
  return timeline.findings.find((finding) => finding.kind === kind);
}

function spanIdOf(n: number): string {
  return aSpan(0, n).span?.spanId ?? "";
}
