/** Which processor reads which kind of delivery. What no processor reads waits in the table until one does. */
import { ALERTMANAGER_POLL } from "./alertmanager/poll-body";
import { readAlertmanagerPoll } from "./alertmanager/poll-to-sightings";
import { readAlertmanager } from "./alertmanager/to-sightings";
import { BACKFILL_KIND, readBackfill } from "./backfill/to-sightings";
import type { DeliveryProcessor } from "./delivery-reading";
import { readGrafana } from "./grafana/to-sightings";
import { readOnCall } from "./read-on-call";
import { SENTRY_CRONS } from "./sentry/cron-body";
import { readCrons } from "./sentry/crons-to-sightings";
import { readSentry } from "./sentry/to-sightings";

export const PROCESSORS: ReadonlyMap<string, DeliveryProcessor> = new Map([
  ["alertmanager", readAlertmanager],
  [ALERTMANAGER_POLL, readAlertmanagerPoll],
  ["grafana", readGrafana],
  ["sentry", readSentry],
  [SENTRY_CRONS, readCrons],
  ["oncall", readOnCall],
  [BACKFILL_KIND, readBackfill],
]);
