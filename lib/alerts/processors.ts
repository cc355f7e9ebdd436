/** Which processor reads which kind of delivery. What no processor reads waits in the table until one does. */
import { readAlertmanager } from "./alertmanager/to-sightings";
import { BACKFILL_KIND, readBackfill } from "./backfill/to-sightings";
import type { DeliveryProcessor } from "./delivery-reading";
import { readGrafana } from "./grafana/to-sightings";
import { readOnCall } from "./read-on-call";
import { readSentry } from "./sentry/to-sightings";

export const PROCESSORS: ReadonlyMap<string, DeliveryProcessor> = new Map([
  ["alertmanager", readAlertmanager],
  ["grafana", readGrafana],
  ["sentry", readSentry],
  ["oncall", readOnCall],
  [BACKFILL_KIND, readBackfill],
]);
