/** The whole suite: eight tellings of each of eight shapes. Pure: the same seed gives the same records and truth. */
import { SHAPES, type PlantedIncident, type Shape } from "./planted-incident";
import { plantStory } from "./plant-story";
import type { Scene } from "./scene";
import { badDeploy } from "./shapes/bad-deploy";
import { identityOutage } from "./shapes/identity-outage";
import { missedJob } from "./shapes/missed-job";
import { queueBacklog } from "./shapes/queue-backlog";
import { rejectedApproval } from "./shapes/rejected-approval";
import { schemaMismatch } from "./shapes/schema-mismatch";
import { slowDatabase } from "./shapes/slow-database";
import { thirdPartyOutage } from "./shapes/third-party-outage";
import type { ToldStory } from "./told-story";

/** The seed that the tests hold to the targets. */
export const DEFAULT_SEED = 1;

const TELLINGS = 8;

const TELL: Readonly<Record<Shape, (scene: Scene) => ToldStory>> = {
  "schema-mismatch": schemaMismatch,
  "rejected-approval": rejectedApproval,
  "slow-database": slowDatabase,
  "queue-backlog": queueBacklog,
  "missed-job": missedJob,
  "bad-deploy": badDeploy,
  "third-party-outage": thirdPartyOutage,
  "identity-outage": identityOutage,
};

export function plantIncidents(seed: number): PlantedIncident[] {
  return SHAPES.flatMap((shape, index) =>
    Array.from({ length: TELLINGS }, (_, telling) =>
      plantStory({
        shape,
        telling,
        variant: telling,
        seed: seed * 1_000 + index * TELLINGS + telling,
        tell: TELL[shape],
      }),
    ),
  );
}
