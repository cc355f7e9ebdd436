/** Runs a log query over the store and writes the answer Loki's `query_range` gives for it. */
import type { LineState } from "./line-state";
import { LineState as State } from "./line-state";
import { type LabelMatcher, selects } from "./label-matcher";
import { firstAtOrAfter, type LogEntry, type LogStore, type LogStream, streamKey } from "./log-store";
import type { LokiWindow } from "./loki-parameters";
import { passes, type Pipeline } from "./pipeline";

export interface LogQuery {
  readonly matchers: readonly LabelMatcher[];
  readonly pipeline: Pipeline;
}

export interface FoundLine {
  readonly entry: LogEntry;
  readonly state: LineState;
}

export interface LogReading {
  readonly window: LokiWindow;
  readonly limit: number;
  readonly direction: "forward" | "backward";
  /** Skips lines of one stream closer than this; 0 keeps all. */
  readonly intervalNs: bigint;
}

/** At most `limit` lines over all streams, in the asked direction; ties in the order of stream labels. */
export function findLines(store: LogStore, query: LogQuery, reading: LogReading): FoundLine[] {
  const cursors = [...store.streams()]
    .filter((stream) => selects(query.matchers, stream.labels))
    .sort((left, right) => (streamKey(left.labels) < streamKey(right.labels) ? -1 : 1))
    .map((stream) => readStream(stream, query.pipeline, reading));
  return mergeInOrder(cursors, reading);
}

/** Every line of the window, for metric queries. */
export function* everyLine(store: LogStore, query: LogQuery, window: LokiWindow): Generator<FoundLine> {
  const reading: LogReading = { window, limit: Infinity, direction: "forward", intervalNs: 0n };
  for (const stream of store.streams()) {
    if (selects(query.matchers, stream.labels)) yield* readStream(stream, query.pipeline, reading);
  }
}

function* readStream(stream: LogStream, pipeline: Pipeline, reading: LogReading): Generator<FoundLine> {
  const from = firstAtOrAfter(stream.entries, reading.window.startNs);
  const to = firstAtOrAfter(stream.entries, reading.window.endNs);
  const forward = reading.direction === "forward";
  let lastNs: bigint | undefined;
  for (let step = 0; step < to - from; step += 1) {
    const entry = stream.entries[forward ? from + step : to - 1 - step];
    if (entry === undefined || !pipeline.rawFilters.every((test) => test(entry.line))) continue;
    const state = new State(entry.line, stream.labels, entry.metadata);
    if (!passes(pipeline, state)) continue;
    if (lastNs !== undefined && distance(entry.atNs, lastNs) < reading.intervalNs) continue;
    lastNs = entry.atNs;
    yield { entry, state };
  }
}

function distance(left: bigint, right: bigint): bigint {
  return left > right ? left - right : right - left;
}

/** Streams stop being read as soon as the limit is full: a small limit over many lines stays cheap. */
function mergeInOrder(cursors: readonly Generator<FoundLine>[], reading: LogReading): FoundLine[] {
  const sign = reading.direction === "forward" ? 1n : -1n;
  const heads = cursors.map((cursor) => ({ cursor, next: cursor.next() }));
  const lines: FoundLine[] = [];
  while (lines.length < reading.limit) {
    let best: (typeof heads)[number] | undefined;
    let bestNs = 0n;
    for (const head of heads) {
      if (head.next.done === true) continue;
      const atNs = head.next.value.entry.atNs * sign;
      if (best === undefined || atNs < bestNs) {
        best = head;
        bestNs = atNs;
      }
    }
    if (best === undefined || best.next.done === true) break;
    lines.push(best.next.value);
    best.next = best.cursor.next();
  }
  return lines;
}

type Texts = Readonly<Record<string, string>>;

/** `data` of a streams answer, with or without the flag `categorize-labels`. */
export function streamsAnswer(lines: readonly FoundLine[], categorized: boolean): object {
  const groups = new Map<string, { stream: Texts; values: unknown[] }>();
  for (const { entry, state } of lines) {
    const stream = categorized ? state.stream : state.all();
    const key = streamKey(stream);
    const group = groups.get(key) ?? { stream: sorted(stream), values: [] };
    groups.set(key, group);
    const pair = [String(entry.atNs), state.line];
    group.values.push(categorized ? [...pair, categories(state)] : pair);
  }
  const keys = [...groups.keys()].sort();
  return {
    resultType: "streams",
    ...(categorized ? { encodingFlags: ["categorize-labels"] } : {}),
    result: keys.map((key) => groups.get(key)),
    stats: statsOf(lines.length),
  };
}

/** Each category only when it holds something, so `{}` is common. */
function categories(state: LineState): object {
  const some = (texts: Texts): boolean => Object.keys(texts).length > 0;
  return {
    ...(some(state.metadata) ? { structuredMetadata: sorted(state.metadata) } : {}),
    ...(some(state.parsed) ? { parsed: sorted(state.parsed) } : {}),
  };
}

function sorted(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).sort(([left], [right]) => (left < right ? -1 : 1)));
}

export function statsOf(rows: number): object {
  return { summary: { totalEntriesReturned: rows, totalBytesProcessed: 0, totalLinesProcessed: 0, execTime: 0 } };
}
