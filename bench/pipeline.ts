/** Read, stitch and redact as the product does between a source's answer and the stream. */
import { builtInExpansionRules, builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { Limits } from "@/lib/domain/configuration";
import type { CorrelationKey } from "@/lib/domain/correlation-key";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { KeyRule } from "@/lib/domain/key-rule";
import type { Role } from "@/lib/domain/role";
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { compileCanonicalNames } from "@/lib/normalize/canonical-names";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { compileSentenceBook } from "@/lib/normalize/describe-event";
import { compileFieldCatalog } from "@/lib/redact/field-catalog";
import { anAccess } from "@/lib/redact/testing/an-access";
import { createPseudonymizer } from "@/lib/redact/pseudonym";
import { TimelineRedactor } from "@/lib/redact/redact-timeline";
import { createRedactionContext } from "@/lib/redact/redaction-context";
import { readRecords, type ReadingRules } from "@/lib/stitch/read-records";
import { stitchTimeline } from "@/lib/stitch/stitch-timeline";

export interface Pipeline {
  stitch(events: readonly TimelineEvent[], asked: CorrelationKey): StitchedTimeline;
  /** Number of frames, so that nothing is optimised away. */
  redact(stitched: StitchedTimeline, role: Role): number;
}

export function createPipeline(rules: readonly KeyRule[] = builtInKeyRules()): Pipeline {
  const keys = compileKeyRules(rules);
  const reading: ReadingRules = { keys, names: compileCanonicalNames([], []), sentences: compileSentenceBook([]) };
  const redaction = {
    fields: compileFieldCatalog({}, keys),
    keyRules: keys,
    pseudonyms: createPseudonymizer(Buffer.alloc(32, 1)),
    idKey: Buffer.alloc(32, 2),
    displayName: () => "a service",
    isTeam: () => false,
  };
  const window = { fromNs: epochNsFromMs(0), toNs: epochNsFromMs(Date.UTC(2100, 0)) };
  return {
    stitch(events, asked) {
      const step = {
        id: "bench",
        source: "loki/product",
        request: { kind: "by-key", key: asked, window },
        hop: 0,
      } as const;
      const outcome = { source: step.source, answered: true, events, metrics: [], gaps: [], queries: [], elapsedMs: 0 };
      const batches = [readRecords({ step, outcome }, reading)];
      return stitchTimeline({ asked: [asked], batches, expansion: builtInExpansionRules(), limits: Limits.parse({}) });
    },
    redact(stitched, role) {
      const redactor = new TimelineRedactor(createRedactionContext(redaction, anAccess(role)));
      return (
        redactor.rows(stitched).length + (redactor.summary(stitched, { unlinks: [], searchesOf: () => 1 }) ? 1 : 0)
      );
    },
  };
}
