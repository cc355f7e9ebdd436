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

export const GettableSilence = z.object({
  id: z.string(),
  matchers: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      isRegex: z.boolean().nullish().catch(undefined),
      /** Since 0.22; absent means equal. */
      isEqual: z.boolean().nullish().catch(undefined),
    }),
  ),
  startsAt: z.string(),
  endsAt: z.string(),
  createdBy: z.string().nullish().catch(undefined),
  comment: z.string().nullish().catch(undefined),
});
export type GettableSilence = z.infer<typeof GettableSilence>;
export const SilenceList = z.array(z.unknown());

export const ServerStatus = z.object({
  cluster: z.object({ status: z.string() }).nullish().catch(undefined),
  versionInfo: z.object({ version: z.string().nullish() }).nullish().catch(undefined),
  /** YAML, with its secrets masked. */
  config: z.object({ original: z.string() }).nullish().catch(undefined),
  /** When it was started. */
  uptime: z.string().nullish().catch(undefined),
});
export type ServerStatus = z.infer<typeof ServerStatus>;
