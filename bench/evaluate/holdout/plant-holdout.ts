/**
 * Four shapes told blind: written without reading `lib/stitch`, truth fixed before the first run. Nothing is
 * improved on what they show, so they say how the product does on what its authors did not think of.
 */
import { HOLDOUT_SHAPES, type HoldoutShape, type PlantedIncident } from "../planted-incident";
import { plantStory } from "../plant-story";
import type { Scene } from "../scene";
import type { ToldStory } from "../told-story";
import { countryFlag } from "./country-flag";
import { expiredCertificate } from "./expired-certificate";
import { poisonMessage } from "./poison-message";
import { staleCache } from "./stale-cache";

/** Far from the seeds that the suite counts up from the same thousand. */
const FIRST_SEED = 500;

/** Which telling asks how: 3 by trace, 4 by ticket, 5 by account, else by order; 6 and 7 keep too little. */
const TELL: Readonly<Record<HoldoutShape, { tell: (scene: Scene) => ToldStory; variants: readonly number[] }>> = {
  "expired-certificate": { tell: expiredCertificate, variants: [0, 3, 4, 7] },
  "poison-message": { tell: poisonMessage, variants: [1, 3, 5, 6] },
  "country-flag": { tell: countryFlag, variants: [2, 4, 5, 7] },
  "stale-cache": { tell: staleCache, variants: [1, 3, 4, 6] },
};

export function plantHoldout(seed: number): PlantedIncident[] {
  return HOLDOUT_SHAPES.flatMap((shape, index) => {
    const { tell, variants } = TELL[shape];
    return variants.map((variant, telling) => {
      const own = seed * 1_000 + FIRST_SEED + index * variants.length + telling;
      const incident = plantStory({ shape, telling, variant, seed: own, tell });
      return { ...incident, sentences: [...incident.sentences, FLAG_SENTENCE] };
    });
  });
}

const FLAG_SENTENCE: PlantedIncident["sentences"][number] = {
  kind: "log",
  text: "switched flag .* for country",
  say: "A member of staff switched a flag.",
  as: "staff-action",
};
