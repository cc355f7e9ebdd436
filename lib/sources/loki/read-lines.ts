/** Streams of an answer → lines, each with its index labels and its structured metadata told apart. Pure. */
import { parseEpochNs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { LokiStream } from "./wire";

export interface LokiLine {
  readonly atNs: EpochNs;
  readonly line: string;
  /** Index labels: what a stream selector can name. */
  readonly labels: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  /** The same for the same record in every query, with and without categories. */
  readonly identity: string;
}

type Labels = Readonly<Record<string, string>>;

/** Loki's own bookkeeping streams, which a catch-all selector can match. */
const INTERNAL = ["__aggregated_metric__", "__pattern__"];

/** In ascending time, equal instants by identity: Loki orders streams by label text, not by time. */
export function readLines(streams: readonly LokiStream[]): LokiLine[] {
  const lines: LokiLine[] = [];
  for (const { stream, values } of streams) {
    if (INTERNAL.some((name) => name in stream)) continue;
    for (const [ts, line, categories] of values) {
      const atNs = parseEpochNs(ts);
      if (atNs === undefined) continue;
      const metadata = categories?.structuredMetadata ?? {};
      // With frontend.encoding=protobuf the server still merges metadata into `stream` (grafana/loki#24262).
      const labels = without(stream, metadata, categories?.parsed);
      lines.push({ atNs, line, labels, metadata, identity: identityOf(atNs, line, labels, metadata) });
    }
  }
  return lines.sort(byTime);
}

export function byTime(a: LokiLine, b: LokiLine): number {
  if (a.atNs !== b.atNs) return a.atNs < b.atNs ? -1 : 1;
  return a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0;
}

/** Entries of an answer, dropped ones included: what the server counts against `limit`. */
export function countEntries(streams: readonly LokiStream[]): number {
  return streams.reduce((sum, stream) => sum + stream.values.length, 0);
}

function without(stream: Labels, metadata: Labels, parsed: Labels | undefined): Labels {
  const names = Object.keys(stream);
  if (!names.some((name) => name in metadata || (parsed !== undefined && name in parsed))) return stream;
  return Object.fromEntries(
    Object.entries(stream).filter(([name]) => !(name in metadata) && !(parsed !== undefined && name in parsed)),
  );
}

/** Over labels and metadata together, so that a server that cannot tell them apart gives the same identity. */
function identityOf(atNs: EpochNs, line: string, labels: Labels, metadata: Labels): string {
  return JSON.stringify([atNs, canonicalLabels(labels, metadata), line]);
}

/** Sorted `[name, value]` pairs as text. */
export function canonicalLabels(labels: Labels, metadata: Labels): string {
  const pairs = Object.entries({ ...labels, ...metadata });
  return JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
