/** What a processor makes of one delivery. */
import type { AlertRoute, AlertSighting } from "@/lib/domain/alert-history";
import type { AlertSettings } from "@/lib/domain/alert-settings";
import type { AlertWork } from "@/lib/store/alert-work";
import type { StoredDelivery } from "@/lib/store/delivery-repository";

export interface ReadingRules {
  readonly settings: AlertSettings;
  /** What the hook that it came to means; `unknown` for one that tells nothing, or is gone. */
  readonly hookRoute: AlertRoute;
}

export type DeliveryReading =
  | {
      readonly ok: true;
      readonly sightings: readonly AlertSighting[];
      /** Our own words for what of it is missing. */
      readonly notice?: string;
      /** For what is no alert: runs in the delivery's transaction. */
      readonly apply?: (work: AlertWork) => Promise<void>;
    }
  /** Our own words, for the page of hooks. */
  | { readonly ok: false; readonly refusal: string };

/** Never throws for what the delivery holds. */
export type DeliveryProcessor = (delivery: StoredDelivery, rules: ReadingRules) => DeliveryReading;
