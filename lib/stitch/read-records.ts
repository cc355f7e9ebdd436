/** Reads a settled step once: keys, canonical names and sentence of every event. Re-stitching reuses the result. */
import { keyId, type CorrelationKey, type KeyId } from "@/lib/domain/correlation-key";
import type { PlanStep, SettledStep } from "@/lib/domain/query-plan";
import type { NativeQuery } from "@/lib/domain/source-outcome";
import type { KeySighting, TimelineEvent } from "@/lib/domain/timeline-event";
import { parseSpanId } from "@/lib/domain/trace-id";
import { foldName } from "@/lib/normalize/attribute-spellings";
import type { CanonicalNames, CanonicalService } from "@/lib/normalize/canonical-names";
import type { CompiledKeyRules } from "@/lib/normalize/compile-key-rules";
import type { SentenceBook } from "@/lib/normalize/describe-event";
import { extractKeys, sightingOfBareValue } from "@/lib/normalize/extract-keys";
import { textShape, type TextShape } from "./facts/text-shape";

export interface EvidenceRecord {
  readonly event: TimelineEvent;
  readonly sightings: readonly KeySighting[];
  readonly keyIds: readonly KeyId[];
  /** Keys that a person took out: no longer sighted, but they still tell whose the record is. */
  readonly disowned?: readonly CorrelationKey[];
  readonly traceId: string | undefined;
  /** The span the record belongs to: its own, or the one its line was written in. */
  readonly spanId: string | undefined;
  readonly service: CanonicalService | null;
  readonly environment: string | null;
  readonly sentence: string;
  /** True when a configured sentence rule recognised the record. */
  readonly recognised: boolean;
  /** By which repeats are recognised. */
  readonly shape: TextShape;
  readonly step: PlanStep;
  readonly query: NativeQuery | undefined;
}

export interface ReadingRules {
  readonly keys: CompiledKeyRules;
  readonly names: CanonicalNames;
  readonly sentences: SentenceBook;
}

export function readRecords({ step, outcome }: SettledStep, rules: ReadingRules): EvidenceRecord[] {
  return outcome.events.map((event) => readRecord(event, step, outcome.queries[event.fetchedBy ?? 0], rules));
}

function readRecord(
  raw: TimelineEvent,
  step: PlanStep,
  query: NativeQuery | undefined,
  rules: ReadingRules,
): EvidenceRecord {
  const found = extractKeys(raw, rules.keys);
  let sightings = found;
  if (step.request.kind === "by-key") {
    const { kind, value } = step.request.key;
    const isNamed = found.some(({ key }) => key.value === value && key.kind === kind);
    const bare = isNamed ? undefined : sightingOfBareValue(raw, step.request.key, rules.keys.all);
    if (bare) sightings = [...found, bare];
  }
  const service = raw.rawService === null ? null : rules.names.service(raw.rawService);
  const { kind, sentence, specific } = rules.sentences.describe(raw, service);
  return {
    event: kind === raw.kind ? raw : { ...raw, kind },
    sightings,
    keyIds: sightings.map((sighting) => keyId(sighting.key)),
    traceId: raw.span?.traceId ?? sightings.find((s) => s.key.kind === "trace" && s.rule !== "span link")?.key.value,
    // A span event (an exception) has a place in the trace of its own and was written inside its host span.
    spanId: (raw.kind === "span" ? raw.span?.spanId : raw.span?.parentSpanId) ?? spanIdOf(raw),
    service,
    environment: raw.rawEnvironment === null ? null : (rules.names.environment(raw.rawEnvironment) ?? null),
    sentence,
    recognised: specific,
    // A span's text is its status message, which only a failed one has: the name alone says what was done.
    shape: textShape(raw.kind === "span" ? raw.title : (raw.text ?? raw.title)),
    step,
    query,
  };
}

const spanIdPaths = new Map<string, boolean>();

/** The span a record says it was written in, under any usual attribute name. */
export function spanIdOf(event: TimelineEvent): string | undefined {
  for (const path in event.attributes) {
    let isSpanId = spanIdPaths.get(path);
    if (isSpanId === undefined) {
      const folded = foldName(path);
      isSpanId = folded.endsWith("spanid") && !folded.endsWith("parentspanid");
      if (spanIdPaths.size < 10_000) spanIdPaths.set(path, isSpanId);
    }
    if (isSpanId) return parseSpanId(String(event.attributes[path]));
  }
  return undefined;
}
