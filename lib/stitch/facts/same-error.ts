/** One exception in a log line, as a span event and in the error tracker. */
import { epochMs } from "@/lib/domain/epoch-ns";
import { kindOfSource, type SourceKind } from "@/lib/domain/source-id";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import { errorSignature, type ErrorSignature } from "./error-signature";
import type { JoinResult } from "../graph/join-evidence";
import type { EvidenceRecord } from "../read-records";

interface Report {
  readonly place: number;
  readonly kind: SourceKind;
  readonly row: TimelineRow;
  readonly record: EvidenceRecord;
  readonly signature: ErrorSignature;
  readonly atMs: number;
  readonly rawMs: number;
}

type Fact = Report[];

const NEAR_MS = 2_000;
/** Shorter ones are words such as `Error` or `closed`, which say nothing about which error it was. */
const TELLING_LENGTH = 8;
/** How many facts of one place are looked back at. */
const LOOK_BACK = 64;

/**
 * A fact has at most one report of each kind of source: further ones are repeats. Two reports are of one fact when they
 * lie within two seconds and
 * - name the same trace and span, and one says the other's type or message; or
 * - name the same trace and service, with equal type and message; or
 * - one names no trace, and service, type, message and an id such as the order are equal.
 * Writes the first report's place into `earlier`; copies, which have one there already, follow theirs.
 */
export function sameErrors(rows: readonly TimelineRow[], joined: JoinResult, earlier: number[]): void {
  const reports = reportsOf(rows, joined, earlier);
  const facts = new Map<string, Fact[]>();
  for (const report of reports) {
    const places = lookUpsOf(report);
    const fact = nearest(
      report,
      places.map((place) => facts.get(place)),
    );
    const own = fact ?? [];
    own.push(report);
    const [seed] = own;
    if (fact && seed) earlier[report.place] = seed.place;
    for (const place of places) {
      const known = facts.get(place);
      if (!known) facts.set(place, [own]);
      else if (!known.includes(own, -LOOK_BACK)) known.push(own);
    }
  }
}

/** Errors of traces and of the tracker, and lines that could report one of them: same trace, or same service. */
function reportsOf(rows: readonly TimelineRow[], joined: JoinResult, earlier: readonly number[]): Report[] {
  const traces = new Set<string>();
  const services = new Set<string>();
  const errors = new Map<number, EvidenceRecord>();
  rows.forEach((row, place) => {
    if (row.event.kind !== "error" || kindOfSource(row.event.source) === "loki" || earlier[place] !== place) return;
    const record = joined.joined.get(row.event.id)?.record;
    if (!record) return;
    errors.set(place, record);
    if (record.traceId !== undefined) traces.add(record.traceId);
    if (row.service) services.add(row.service.name);
  });
  if (errors.size === 0) return [];
  const reports: Report[] = [];
  rows.forEach((row, place) => {
    const record = errors.get(place) ?? lineOf(row, joined);
    if (!record || earlier[place] !== place) return;
    const mayTell = errors.has(place) || traces.has(record.traceId ?? "") || services.has(row.service?.name ?? "");
    if (mayTell) reports.push(toReport(place, row, record));
  });
  return reports;
}

function toReport(place: number, row: TimelineRow, record: EvidenceRecord): Report {
  return {
    place,
    row,
    record,
    kind: kindOfSource(row.event.source),
    signature: errorSignature(row.event),
    atMs: epochMs(row.orderNs),
    rawMs: epochMs(row.event.happenedAtNs),
  };
}

function lineOf({ event }: TimelineRow, joined: JoinResult): EvidenceRecord | undefined {
  if (kindOfSource(event.source) !== "loki" || event.severity === "debug" || event.severity === "info")
    return undefined;
  return joined.joined.get(event.id)?.record;
}

/** Under which names a fact of this report can be found: its span, its trace, its words. */
function lookUpsOf({ row, record, signature }: Report): string[] {
  const service = row.service?.name ?? "";
  const places: string[] = [];
  if (record.traceId !== undefined) {
    if (record.spanId !== undefined) places.push(`span\n${record.traceId}\n${record.spanId}`);
    if (signature.message !== "") places.push(`trace\n${record.traceId}\n${service}\n${signature.message}`);
  }
  if (signature.type !== "") places.push(`words\n${service}\n${signature.type}\n${signature.message}`);
  return places;
}

function nearest(report: Report, lookUps: readonly (readonly Fact[] | undefined)[]): Fact | undefined {
  let best: Fact | undefined;
  let bestMs = NEAR_MS + 1;
  for (const facts of lookUps) {
    if (!facts) continue;
    for (let i = Math.max(0, facts.length - LOOK_BACK); i < facts.length; i++) {
      const fact = facts[i];
      if (!fact || fact.some((known) => known.kind === report.kind)) continue;
      for (const known of fact) {
        const distanceMs = distanceOf(known, report);
        if (distanceMs >= bestMs || fact.some((other) => contradicts(other, report))) continue;
        if (!isSameFact(known, report)) continue;
        best = fact;
        bestMs = distanceMs;
      }
    }
  }
  return best;
}

function contradicts(a: Report, b: Report): boolean {
  if (a.record.traceId !== undefined && b.record.traceId !== undefined && a.record.traceId !== b.record.traceId) {
    return true;
  }
  return a.signature.type !== "" && b.signature.type !== "" && a.signature.type !== b.signature.type;
}

function isSameFact(a: Report, b: Report): boolean {
  const hasTraces = a.record.traceId !== undefined && b.record.traceId !== undefined;
  if (hasTraces && a.record.spanId !== undefined && a.record.spanId === b.record.spanId) {
    return mentions(a.signature, b.signature) || mentions(b.signature, a.signature);
  }
  if (!a.row.service || a.row.service.name !== b.row.service?.name) return false;
  if (a.signature.message !== b.signature.message || a.signature.message === "") return false;
  const hasTypes = a.signature.type !== "" && b.signature.type !== "";
  if (hasTraces) return hasTypes || a.signature.message.length >= TELLING_LENGTH;
  return hasTypes && sharesId(a.record, b.record);
}

function mentions(a: ErrorSignature, b: ErrorSignature): boolean {
  if (b.type.length >= TELLING_LENGTH && (a.type === b.type || a.text.includes(b.type))) return true;
  return b.message.length >= TELLING_LENGTH && a.text.includes(b.message);
}

function sharesId(a: EvidenceRecord, b: EvidenceRecord): boolean {
  return a.keyIds.some((id) => !id.startsWith("trace:") && b.keyIds.includes(id));
}

/** Also in raw time: the tracker may have put a clock right that we put right too. */
function distanceOf(a: Report, b: Report): number {
  return Math.min(Math.abs(a.atMs - b.atMs), Math.abs(a.rawMs - b.rawMs));
}
