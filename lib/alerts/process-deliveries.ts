/** Stored deliveries → sightings → history, in their transaction. */
import "server-only";
import type { AlertRoute } from "@/lib/domain/alert-history";
import type { AlertSettings } from "@/lib/domain/alert-settings";
import type { AlertWork } from "@/lib/store/alert-work";
import type { StoredDelivery } from "@/lib/store/delivery-repository";
import type { DeliveryProcessor, DeliveryReading } from "./delivery-reading";
import { recomputeHistory, type HistoryRules } from "./recompute-history";

export interface ProcessingRules {
  readonly processors: ReadonlyMap<string, DeliveryProcessor>;
  readonly settings: AlertSettings;
  readonly history: HistoryRules;
  /** Of the hook with this kind and name. */
  readonly routeOf: (source: string) => AlertRoute;
}

/** For each delivery null, or our own words for what could not be taken. How they are parted into calls changes nothing. */
export async function processDeliveries(
  deliveries: readonly StoredDelivery[],
  work: AlertWork,
  rules: ProcessingRules,
): Promise<readonly (string | null)[]> {
  const readings = deliveries.map((delivery) => read(delivery, rules));
  const taken = readings.filter((one) => one.ok);
  const sightings = taken.flatMap((one) => one.sightings);
  if (sightings.length > 0) {
    await work.lock(sightings.map(({ fingerprint }) => fingerprint));
    await work.addSightings(sightings);
    await recomputeHistory(sightings, work, rules.history);
  }
  for (const { apply } of taken) await apply?.(work);
  return readings.map((one) => (one.ok ? (one.notice ?? null) : one.refusal));
}

function read(delivery: StoredDelivery, { processors, settings, routeOf }: ProcessingRules): DeliveryReading {
  const processor = processors.get(delivery.kind);
  if (!processor) throw new Error("a delivery was taken that no processor reads");
  return processor(delivery, { settings, hookRoute: routeOf(delivery.source) });
}
