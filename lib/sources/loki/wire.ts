/**
 * What Loki sends: `GET|POST /loki/api/v1/query_range`, Loki 2.9 to 3.7.
 * https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time
 * Unknown fields are ignored; only what is used is required.
 */
import { z } from "zod";

const Labels = z.record(z.string(), z.string());

/** Third element of an entry, sent when `categorize-labels` was asked for. Empty parts are left out, so `{}` is common. */
const Categories = z.object({ structuredMetadata: Labels.optional(), parsed: Labels.optional() });

/** Nanoseconds as text. Two elements from servers that ignore the header. */
const Entry = z.union([
  z.tuple([z.string().regex(/^\d{1,19}$/), z.string()]),
  z.tuple([z.string().regex(/^\d{1,19}$/), z.string(), Categories]).rest(z.unknown()),
]);

export const LokiStream = z.object({ stream: Labels.default({}), values: z.array(Entry) });
export type LokiStream = z.infer<typeof LokiStream>;

/** Only log results. A matrix here would mean that our query was not a log query. */
export const LokiQueryAnswer = z.object({
  status: z.literal("success"),
  data: z.object({
    resultType: z.literal("streams"),
    result: z
      .array(LokiStream)
      .nullish()
      .transform((streams) => streams ?? []),
  }),
});

/** `GET /loki/api/v1/labels`. `data` is left out when there is no label. */
export const LokiLabelsAnswer = z.object({ status: z.literal("success"), data: z.array(z.string()).optional() });

/** `GET /loki/api/v1/drilldown-limits`, Loki 3.6 and later. What the operator does not publish is left out. */
export const LokiLimitsAnswer = z.object({
  limits: z.object({
    retention_period: z.string().optional(),
    retention_stream: z
      .array(z.object({ period: z.string() }))
      .nullish()
      .catch(undefined),
    max_query_lookback: z.string().optional(),
    max_entries_limit_per_query: z.number().int().optional().catch(undefined),
  }),
});
