/** Which hits to customers alerts told of in time, and who told of the others. */
import type { NoiseReport } from "@/lib/contract/noise-report";
import { type CustomerImpact, FIRST_DETECTORS } from "@/lib/domain/on-call";
import { notKnown, share } from "./estimates";
import { isAbout } from "./impact-pages";
import type { Month } from "./prepare-month";
import type { ReviewFacts } from "./review-facts";

export interface Recall {
  readonly figures: NoiseReport["recall"];
  readonly impacts: readonly CustomerImpact[];
  readonly detected: ReadonlySet<string>;
}

/** Detected: a delivered page about the impact, before the first person was aware of it. */
export function measureRecall(month: Month, facts: ReviewFacts): Recall {
  const unique = new Map(month.input.impacts.map((impact) => [impact.id, impact]));
  const impacts = [...unique.values()]
    .filter(({ startedAt }) => startedAt.getTime() >= month.from && startedAt < month.input.to)
    .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime() || (a.id < b.id ? -1 : 1));
  const firstPages = new Map(
    impacts.map((impact) => [impact.id, month.pages.rows.find(isAbout(impact, month))?.at ?? Infinity]),
  );
  const isDetected = (impact: CustomerImpact, within = Infinity) => {
    const page = firstPages.get(impact.id) ?? Infinity;
    return page <= (impact.awareAt?.getTime() ?? Infinity) && page - impact.startedAt.getTime() <= within;
  };
  const detected = impacts.filter((impact) => isDetected(impact));
  const none = "no impact on customers is recorded";
  const known = impacts.filter(({ firstDetector }) => firstDetector !== "unknown");
  const customers = known.filter(({ firstDetector }) => firstDetector === "customer");
  return {
    impacts,
    detected: new Set(detected.map(({ id }) => id)),
    figures: {
      impacts: impacts.length,
      detected: detected.length,
      recall: share(detected.length, impacts.length, none),
      within: [5, 15, 30, 60].map((minutes) => ({
        minutes,
        recall: share(impacts.filter((one) => isDetected(one, minutes * 60_000)).length, impacts.length, none),
      })),
      firstDetector: FIRST_DETECTORS.map((detector) => ({
        detector,
        impacts: impacts.filter(({ firstDetector }) => firstDetector === detector).length,
      })),
      customerFirst:
        known.length === 0 && impacts.length > 0
          ? notKnown(`who noticed first is not recorded for any of ${impacts.length} impacts`)
          : share(customers.length, known.length, none),
      estimatedImpacts: estimateImpacts(impacts, firstPages, facts.customerReported),
    },
  };
}

/** Chapman's estimate of a whole from two lists of parts and what is on both. Assumes that the lists are independent. */
export function chapman(first: number, second: number, both: number): number {
  return ((first + 1) * (second + 1)) / (both + 1) - 1;
}

function estimateImpacts(
  impacts: readonly CustomerImpact[],
  firstPages: ReadonlyMap<string, number>,
  customerReported: readonly string[] | undefined,
): number | null {
  if (customerReported === undefined || impacts.length === 0) return null;
  const reported = new Set(customerReported);
  const paged = impacts.filter(({ id }) => (firstPages.get(id) ?? Infinity) < Infinity);
  const told = impacts.filter(({ id }) => reported.has(id));
  return chapman(paged.length, told.length, paged.filter(({ id }) => reported.has(id)).length);
}
