/** Who knew first of what hit customers. Pure. */
import type { NoiseReport } from "@/lib/contract/noise-report";

export const DETECTOR_WORDS = {
  page: "A page",
  dashboard: "Somebody at a dashboard",
  "internal-user": "Somebody inside",
  customer: "A customer",
  partner: "A partner",
  "deploy-watch": "Whoever deployed",
  unknown: "Not known",
} as const;

export interface Detectors {
  readonly finding: string;
  readonly parts: readonly {
    readonly key: keyof typeof DETECTOR_WORDS;
    readonly name: string;
    readonly impacts: number;
    readonly share: number;
  }[];
  readonly impacts: number;
}

export function prepareDetectors({ firstDetector, impacts }: NoiseReport["recall"]): Detectors {
  const parts = firstDetector
    .filter((one) => one.impacts > 0)
    .map(({ detector, impacts: count }) => ({
      key: detector,
      name: DETECTOR_WORDS[detector],
      impacts: count,
      share: impacts === 0 ? 0 : count / impacts,
    }));
  const customers = firstDetector.find(({ detector }) => detector === "customer")?.impacts ?? 0;
  const finding =
    impacts === 0
      ? "Nobody recorded a time when customers were hit"
      : `Customers knew first ${String(customers)} of ${String(impacts)} times`;
  return { finding, parts, impacts };
}
