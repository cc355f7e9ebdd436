/**
 * Prometheus HTTP API v1 (https://prometheus.io/docs/prometheus/latest/querying/api/, 2.42 to 3.x), and what Mimir,
 * Thanos and VictoriaMetrics add to it. Values are text ("NaN", "+Inf"), times are seconds.
 */
import { z } from "zod";

const labels = z.record(z.string(), z.string());
const Sample = z.tuple([z.number(), z.string()]);

/** `data` may come together with `warnings`; VictoriaMetrics says `isPartial` instead. */
export const Envelope = z.object({
  status: z.literal("success"),
  data: z.unknown(),
  warnings: z.array(z.string()).nullish().catch(undefined),
  isPartial: z.boolean().nullish().catch(undefined),
});

export const ErrorEnvelope = z.object({
  status: z.literal("error"),
  errorType: z.string(),
  error: z.string().catch(""),
});

export const Series = z.object({ metric: labels, values: z.array(Sample).default([]) });
export type Series = z.infer<typeof Series>;
export const Matrix = z.object({ resultType: z.literal("matrix"), result: z.array(Series) });

export const Vector = z.object({
  resultType: z.literal("vector"),
  result: z.array(z.object({ metric: labels, value: Sample.optional() })),
});
export type Vector = z.infer<typeof Vector>;

export const ExemplarSet = z.object({
  seriesLabels: labels,
  exemplars: z.array(z.object({ labels, value: z.string(), timestamp: z.number() })),
});
export type ExemplarSet = z.infer<typeof ExemplarSet>;
export const ExemplarSets = z
  .array(ExemplarSet)
  .nullable()
  .transform((sets) => sets ?? []);

export const AlertingRule = z.object({
  type: z.literal("alerting"),
  name: z.string(),
  query: z.string().catch(""),
  /** Seconds of `for`. */
  duration: z.number().catch(0),
  /** Seconds of `keep_firing_for`; since 2.42. */
  keepFiringFor: z.number().catch(0),
  labels: labels.catch({}),
  /** Templates, not expanded. */
  annotations: labels.catch({}),
  /** What is pending or firing now, with expanded annotations. */
  alerts: z
    .array(z.object({ labels, annotations: labels.catch({}), state: z.string(), activeAt: z.string().nullish() }))
    .nullish()
    .catch(undefined),
});
export type AlertingRule = z.infer<typeof AlertingRule>;
export const RuleGroups = z.object({
  groups: z.array(
    z.object({
      name: z.string().catch(""),
      /** Seconds between two evaluations. */
      interval: z.number().catch(0),
      rules: z.array(z.unknown()).catch([]),
    }),
  ),
});

/** Alerting rules with the group they stand in. */
export interface DefinedRules {
  readonly rules: readonly (AlertingRule & { readonly group: string; readonly interval: number })[];
  /** Alerting rules that could not be read. */
  readonly skipped: number;
}

/** Of the same answer, only when each group is evaluated. */
export const RuleTimes = z.object({
  groups: z.array(
    z.object({
      /** Seconds. */
      interval: z.number().catch(0),
      rules: z.array(z.object({ name: z.string(), type: z.string(), duration: z.number().catch(0) })).catch([]),
    }),
  ),
});

export const BuildInfo = z.object({ version: z.string().nullish() });

/** `GET /api/v1/status/flags`: every flag of the server as text. Mimir and VictoriaMetrics have no such page. */
export const Flags = labels;
export type Flags = z.infer<typeof Flags>;
