/** From a span that took a message to the span that sent it. */
import type { EvidenceIndex } from "../graph/evidence-index";
import type { EvidenceRecord } from "../read-records";

export const NO_RECORDS: readonly EvidenceRecord[] = [];

/** Spans whose message this span took. A link between other kinds of spans says nothing about which came first. */
export function linkedProducers(record: EvidenceRecord, index: EvidenceIndex): readonly EvidenceRecord[] {
  const span = record.event.span;
  if (!span || span.links.length === 0) return NO_RECORDS;
  return span.links.flatMap((link) => {
    const linked = spanAt(index, link.traceId, link.spanId);
    const isMessage = span.spanKind === "consumer" || linked?.event.span?.spanKind === "producer";
    return linked && isMessage ? [linked] : [];
  });
}

export function spanAt(
  index: EvidenceIndex,
  traceId: string | undefined,
  spanId: string | undefined,
): EvidenceRecord | undefined {
  return traceId === undefined || spanId === undefined ? undefined : index.traces.get(traceId)?.spans.get(spanId);
}
