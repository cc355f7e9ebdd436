/** Asks the product about one planted incident, over its whole road, as an engineer. */
import { mergeExpansionRules, mergeKeyRules } from "@/lib/config/merge-rules";
import { Configuration } from "@/lib/domain/configuration";
import { epochMs } from "@/lib/domain/epoch-ns";
import { createRedactionContext } from "@/lib/redact/redaction-context";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { openTimeline } from "@/lib/timeline/open-timeline";
import { createTimelineDeps } from "@/lib/timeline/timeline-deps";
import type { BreakPointAnswer, PlantedAnswer } from "./planted-answer";
import { plantedBackends } from "./planted-backends";
import type { PlantedIncident } from "./planted-incident";

const KEYS = { pseudonymKey: Buffer.alloc(32, 1), idKey: Buffer.alloc(32, 2) };
const ENGINEER = {
  userId: "evaluate",
  displayName: "",
  email: "",
  role: "engineer",
  teams: [],
  via: "token",
} as const;

/** Throws when the road ends without an answer, which would be a bug of the road. */
export async function askPlanted(incident: PlantedIncident): Promise<PlantedAnswer> {
  const settings = Configuration.parse({ services: incident.services, sentences: incident.sentences });
  const complete = { ...settings, keys: mergeKeyRules(settings.keys), expansion: mergeExpansionRules([]) };
  // A clock that stands still: the evidence is here, so nothing can time out.
  const now = epochMs(incident.window.toNs);
  const deps = {
    ...createTimelineDeps(complete, KEYS, () => now),
    sources: plantedBackends(incident.records),
  };
  const query = { keys: [incident.asked], window: incident.window };
  const answer = await collectAnswer(openTimeline(ENGINEER, query, deps, new AbortController().signal));
  if (answer === undefined) throw new Error(`${incident.name}: the road ended without an answer`);

  const { publicId } = createRedactionContext(deps.redaction, ENGINEER.role);
  const planted = new Map(incident.records.map(({ id }) => [publicId(id), id]));
  const plantedId = (id: string) => planted.get(id) ?? `unknown row ${id}`;
  const finding = (kind: string) => answer.findings.find((one) => one.kind === kind);
  const breakPoint = finding("break-point");
  return {
    shown: [...answer.events, ...answer.parts].map(({ id, context }) => ({ id: plantedId(id), context })),
    firstSymptom: finding("first-symptom")?.events.map(plantedId)[0],
    breakPoint: breakPoint && {
      level: breakPoint.level,
      candidates: breakPoint.candidates.map(({ service, event, evidence }) => ({
        service,
        record: plantedId(event),
        evidence,
      })),
      rejected: breakPoint.rejected.map(({ event, reason }): BreakPointAnswer["rejected"][number] => ({
        record: plantedId(event),
        reason,
      })),
    },
  };
}
