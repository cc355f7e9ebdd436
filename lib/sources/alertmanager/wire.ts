/**
 * Alertmanager API v2 (prometheus/alertmanager `api/v2/openapi.yaml`, 0.25 to 0.34), reduced to what we use.
 * One malformed alert is skipped and counted; it never spoils the list.
 */
import { z } from "zod";

const labels = z.record(z.string(), z.string());
const ids = z.array(z.string()).nullish().catch(undefined);

export const GettableAlert = z.object({
  labels,
  annotations: labels.nullish().catch(undefined),
  startsAt: z.string(),
  endsAt: z.string().nullish().catch(undefined),
  updatedAt: z.string().nullish().catch(undefined),
  fingerprint: z.string(),
  generatorURL: z.string().nullish().catch(undefined),
  receivers: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .catch(undefined),
  status: z
    .object({
      state: z.string(),
      silencedBy: ids,
      inhibitedBy: ids,
      /** Since 0.28. */
      mutedBy: ids,
    })
    .nullish()
    .catch(undefined),
});
export type GettableAlert = z.infer<typeof GettableAlert>;

export const AlertList = z.array(z.unknown());
/** One entry per route and group; an alert routed twice appears twice. */
export const AlertGroupList = z.array(z.object({ alerts: z.array(z.unknown()).nullish() }));

export const ServerStatus = z.object({
  versionInfo: z.object({ version: z.string().nullish() }).nullish().catch(undefined),
});
