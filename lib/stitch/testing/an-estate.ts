/** Test builders: records as if a source had answered, read by the built-in rules. */
import { Limits } from "@/lib/domain/configuration";
import { builtInExpansionRules, builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import type { CorrelationKey } from "@/lib/domain/correlation-key";
import { epochNsFromBigInt } from "@/lib/domain/epoch-ns";
import type { PlanStep } from "@/lib/domain/query-plan";
import { anEvent } from "@/lib/domain/testing/an-event";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { compileCanonicalNames } from "@/lib/normalize/canonical-names";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { compileSentenceBook } from "@/lib/normalize/describe-event";
import { readRecords, type EvidenceRecord, type ReadingRules } from "../read-records";
import { stitchTimeline } from "../stitch-timeline";

export const READING: ReadingRules = {
  keys: compileKeyRules(builtInKeyRules()),
  names: compileCanonicalNames([{ name: "admin-web", aliases: [], actor: "staff", audience: "internal" }], []),
  sentences: compileSentenceBook([]),
};

const BASE = 1_795_446_843_000_000_000n;
const WINDOW = { fromNs: epochNsFromBigInt(BASE), toNs: epochNsFromBigInt(BASE + 3_600_000_000_000n) };

export const at = (offsetMs: number) => epochNsFromBigInt(BASE + BigInt(Math.round(offsetMs * 1_000_000)));
/** A valid trace id from a small number. */
export const traceId = (n: number) => (n + 1).toString(16).padStart(32, "a");
const spanId = (n: number) => (n + 1).toString(16).padStart(16, "b");

export function aSpan(
  trace: number,
  span: number,
  over: Omit<Partial<TimelineEvent>, "links"> & { parent?: number; links?: number[] } = {},
) {
  const { parent, links = [], ...rest } = over;
  return anEvent({
    id: `span-${trace}-${span}`,
    kind: "span",
    title: `step ${span}`,
    source: "tempo/main",
    happenedAtNs: at(trace * 1000 + span),
    span: {
      traceId: traceId(trace),
      spanId: spanId(span),
      ...(parent === undefined ? {} : { parentSpanId: spanId(parent) }),
      spanKind: "internal",
      durationNs: "1000000",
      links: links.map((other) => ({ traceId: traceId(other), spanId: spanId(0) })),
    },
    ...rest,
  });
}

export function aLine(n: number, title: string, over: Partial<TimelineEvent> = {}) {
  return anEvent({ id: `line-${n}`, title, happenedAtNs: at(n), source: "loki/main", ...over });
}

export function readBy(key: CorrelationKey | undefined, events: readonly TimelineEvent[]): EvidenceRecord[] {
  const step: PlanStep = key
    ? {
        id: `x|by-key|${key.kind}:${key.value}`,
        source: "loki/main",
        request: { kind: "by-key", key, window: WINDOW },
        hop: 0,
      }
    : { id: "x|context|", source: "loki/main", request: { kind: "context", rawServices: [], window: WINDOW }, hop: 0 };
  const outcome = { source: step.source, answered: true, events, metrics: [], gaps: [], queries: [], elapsedMs: 1 };
  return readRecords({ step, outcome }, READING);
}

export function stitch(asked: readonly CorrelationKey[], ...batches: EvidenceRecord[][]) {
  return stitchTimeline({ asked, batches, expansion: builtInExpansionRules(), limits: Limits.parse({}) });
}
