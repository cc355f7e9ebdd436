/** One stored delivery → sightings → history, in its transaction. */
import "server-only";
import type { AlertRoute } from "@/lib/domain/alert-history";
import type { AlertSettings } from "@/lib/domain/alert-settings";
import type { AlertWork } from "@/lib/store/alert-work";
import type { StoredDelivery } from "@/lib/store/delivery-repository";
import type { DeliveryProcessor } from "./delivery-reading";
import { recomputeHistory, type HistoryRules } from "./recompute-history";

export interface ProcessingRules {
  readonly processors: ReadonlyMap<string, DeliveryProcessor>;
  readonly settings: AlertSettings;
  readonly history: HistoryRules;
  /** Of the hook with this kind and name. */
  readonly routeOf: (source: string) => AlertRoute;
}

/** Null, or our own words for what could not be taken. */
export async function processDelivery(
  delivery: StoredDelivery,
  work: AlertWork,
  { processors, settings, history, routeOf }: ProcessingRules,
): Promise<string | null> {
  const processor = processors.get(delivery.kind);
  if (!processor) throw new Error("a delivery was taken that no processor reads");
  const reading = processor(delivery, { settings, hookRoute: routeOf(delivery.source) });
  if (!reading.ok) return reading.refusal;
  await work.lock(reading.sightings.map(({ fingerprint }) => fingerprint));
  await work.addSightings(delivery.id, reading.sightings);
  await recomputeHistory(reading.sightings, work, history);
  await reading.apply?.(work);
  return reading.notice ?? null;
}
