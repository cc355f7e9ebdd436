/** A live question on a clock that the test moves: backends that get records one by one, die and come back. */
import type { TimelineFrame } from "@/lib/contract/timeline-answer";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { anEvent } from "@/lib/domain/testing/an-event";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { anAccess } from "@/lib/redact/testing/an-access";
import { openTimeline } from "../open-timeline";
import { anInstallation, type Answer } from "./an-installation";

export const STARTED_AT = 1_795_446_900_000;
const FROM = epochNsFromMs(STARTED_AT - 3_600_000);
const KEYS = [{ kind: "order", value: "48192" }];

/** Instants in milliseconds after the question was asked; negative ones lie before it. */
export interface PlannedRecord {
  readonly happenedAt: number;
  /** When the backend has it. */
  readonly hasItAt: number;
  readonly traceId?: string;
}

export function aRunningIncident(records: readonly PlannedRecord[], isDown: (atMs: number) => boolean = () => false) {
  let nowMs = STARTED_AT;
  const asked: EvidenceRequest[] = [];
  const at = () => nowMs - STARTED_AT;
  const events = records.map((record, n) => ({ record, event: eventOf(record, n) }));
  const loki: Answer = (request) => {
    asked.push(request);
    if (isDown(at())) {
      const gap = { source: "loki/main", reason: "refused", detail: "Not reachable.", retryable: true } as const;
      return { answered: false, gaps: [{ ...gap, window: request.window }] };
    }
    const { fromNs, toNs } = request.window;
    const has = events.filter(({ record, event }) => {
      const carries = request.kind === "by-key" || (request.kind === "trace" && record.traceId === request.traceId);
      return carries && record.hasItAt <= at() && event.happenedAtNs >= fromNs && event.happenedAtNs < toNs;
    });
    return { events: has.map(({ event }) => ({ ...event })) };
  };
  const wait = async (ms: number, signal: AbortSignal) => {
    await new Promise(setImmediate);
    if (!signal.aborted) nowMs += ms;
  };
  const deps = { ...anInstallation({ "loki/main": loki }, () => nowMs), wait };
  const window = () => ({ fromNs: FROM, toNs: epochNsFromMs(nowMs) });

  /** Reads the stream until `isEnough`, at the latest until its own end. */
  async function follow(isEnough: (frame: TimelineFrame, atMs: number) => boolean): Promise<TimelineFrame[]> {
    const leaving = new AbortController();
    const frames: TimelineFrame[] = [];
    const query = { keys: KEYS, window: window(), live: true };
    for await (const sealed of openTimeline(anAccess("engineer"), query, deps, leaving.signal)) {
      const frame = sealed.reveal();
      frames.push(frame);
      if (isEnough(frame, at())) leaving.abort();
    }
    return frames;
  }
  async function askAfresh() {
    const never = new AbortController().signal;
    const answer = await collectAnswer(
      openTimeline(anAccess("engineer"), { keys: KEYS, window: window() }, deps, never),
    );
    if (!answer) throw new Error("the stream had no end");
    return [...answer.events, ...answer.parts].sort((a, b) => (a.orderKey < b.orderKey ? -1 : 1));
  }
  return { follow, askAfresh, asked, at };
}

function eventOf({ happenedAt, traceId }: PlannedRecord, n: number): TimelineEvent {
  const attributes = traceId === undefined ? {} : { trace_id: traceId };
  return anEvent({
    id: `record-${String(n)}`,
    title: `order 48192 step ${String(n)}`,
    text: `order 48192 step ${String(n)}`,
    happenedAtNs: epochNsFromMs(STARTED_AT + happenedAt),
    attributes: { "order.id": "48192", ...attributes },
  });
}
