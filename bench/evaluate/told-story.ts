/** What a shape tells about the incident that it wrote into a scene. */
import type { PlantedSpan } from "./estate";
import type { ServiceName } from "./scene";

export interface ToldStory {
  /** Absent: the evidence is too short. */
  readonly broke?: {
    readonly service: ServiceName;
    /** What the broken call went to, where that has no telemetry of its own: naming it is as right. */
    readonly beyond?: string;
    readonly records: readonly string[];
  };
  readonly firstSymptom: readonly string[];
  /** A span of the failing trace, where somebody could start from it. */
  readonly failing?: PlantedSpan;
  /** Records of what staff did, where no id leads from it to the failure. */
  readonly staffAction?: readonly string[];
  /** The ticket to ask by, where the story wrote one already. */
  readonly ticket?: string;
  readonly story: string;
}
