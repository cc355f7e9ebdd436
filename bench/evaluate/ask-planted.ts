/** Asks the product about one planted incident. */
import { askRoad } from "./ask-road";
import type { PlantedAnswer } from "./planted-answer";
import type { PlantedIncident } from "./planted-incident";

export async function askPlanted(incident: PlantedIncident): Promise<PlantedAnswer> {
  const query = { keys: [incident.asked], window: incident.window };
  const { services, sentences } = incident;
  const { answer, recordOf } = await askRoad(query, incident.records, {
    services: [...services],
    sentences: [...sentences],
  });
  const finding = (kind: string) => answer.findings.find((one) => one.kind === kind);
  const breakPoint = finding("break-point");
  const staff = finding("staff-impact");
  return {
    shown: [...answer.events, ...answer.parts].map(({ id, context }) => ({ id: recordOf(id), context })),
    staffImpact: staff && { records: staff.events.map(recordOf), sentence: staff.sentence },
    firstSymptom: finding("first-symptom")?.events.map(recordOf)[0],
    breakPoint: breakPoint && {
      level: breakPoint.level,
      candidates: breakPoint.candidates.map(({ service, event, evidence }) => ({
        service,
        record: recordOf(event),
        evidence,
      })),
      rejected: breakPoint.rejected.map(({ event, reason }) => ({ record: recordOf(event), reason })),
    },
  };
}
