/** One configured backend, as the file, the environment or an admin page describes it. */
import { z } from "zod";
import { SourceKind } from "./source-id";

export const SourceSettings = z.strictObject({
  kind: SourceKind,
  /** Second half of the source id: `product` in `loki/product`. */
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected lower-case letters, digits and dashes")
    .default("main"),
  url: z.url({ protocol: /^https?$/, error: "expected an http(s) URL" }),
  audience: z.enum(["product", "internal"]).default("product"),
  token: z.string().min(1).optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  /** `X-Scope-OrgID` for Loki, Tempo, Mimir; `THANOS-TENANT` when `tenantHeader` says so. */
  tenant: z.string().max(150).optional(),
  tenantHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/)
    .default("X-Scope-OrgID"),
  /** Sentry organisation slug. */
  org: z.string().optional(),
  /** Sentry project slugs; all when empty. */
  projects: z.array(z.string()).default([]),
  /** Loki: a selector that every query starts from. */
  selector: z.string().default('{service_name=~".+"}'),
  /** Index labels that may hold a key, such as `account_id`. */
  keyLabels: z.array(z.string()).default([]),
  /** Base URL of a Grafana and the data source uid there, for deep links. */
  grafana: z.strictObject({ url: z.url(), datasourceUid: z.string(), orgId: z.number().int().default(1) }).optional(),
  /** How long the source keeps data, when it cannot tell itself: `31d`. */
  retentionDays: z.number().positive().optional(),
  /** Private and loopback addresses are refused unless the operator who wrote the settings says they are meant. */
  allowPrivateAddress: z.boolean().default(true),
  /** Prometheus: metric and label names when they differ from the conventions. */
  red: z
    .strictObject({
      serviceLabel: z.string().default("service"),
      requestsMetric: z.string().default("http_requests_total"),
      errorMatcher: z.string().default('status=~"5.."'),
      durationMetric: z.string().default("http_request_duration_seconds"),
    })
    .prefault({}),
});
export type SourceSettings = z.infer<typeof SourceSettings>;
