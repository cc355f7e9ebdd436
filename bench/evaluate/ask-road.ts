/** Asks the product over its whole road, as an engineer, with backends that hold the given records. */
import { mergeExpansionRules, mergeKeyRules } from "@/lib/config/merge-rules";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { Configuration } from "@/lib/domain/configuration";
import { epochMs } from "@/lib/domain/epoch-ns";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { publicIds } from "@/lib/redact/redaction-context";
import { anAccess } from "@/lib/redact/testing/an-access";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { openTimeline } from "@/lib/timeline/open-timeline";
import { createTimelineDeps } from "@/lib/timeline/timeline-deps";
import type { z } from "zod";
import { plantedBackends } from "./planted-backends";

const KEYS = { pseudonymKey: Buffer.alloc(32, 1), idKey: Buffer.alloc(32, 2) };

export interface RoadAnswer {
  readonly answer: TimelineAnswer;
  /** From the id in the answer to the id of the record. */
  recordOf(publicId: string): string;
}

/** `configuration` is what a user would write into throughline.yaml. Throws when the road ends without an answer. */
export async function askRoad(
  query: IncidentQuery,
  records: readonly TimelineEvent[],
  configuration: z.input<typeof Configuration>,
): Promise<RoadAnswer> {
  const settings = Configuration.parse(configuration);
  const rules = { keys: mergeKeyRules(settings.keys), expansion: mergeExpansionRules(settings.expansion) };
  // A clock that stands still: the evidence is here, so nothing can time out.
  const now = epochMs(query.window.toNs);
  const deps = {
    ...createTimelineDeps({ ...settings, ...rules }, KEYS, () => now),
    sources: plantedBackends(records),
  };
  const answer = await collectAnswer(openTimeline(anAccess("engineer"), query, deps, new AbortController().signal));
  if (answer === undefined) throw new Error("the road ended without an answer");
  const publicId = publicIds(deps.redaction.idKey);
  const byPublicId = new Map(records.map(({ id }) => [publicId(id), id]));
  return { answer, recordOf: (id) => byPublicId.get(id) ?? `unknown row ${id}` };
}
