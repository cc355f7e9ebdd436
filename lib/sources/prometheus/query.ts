/**
 * PromQL for the context of an incident. Pure; service names go in through `promql-literals.ts` only.
 * API: https://prometheus.io/docs/prometheus/latest/querying/api/.
 */
import type { MetricSeries } from "@/lib/domain/source-outcome";
import type { SourceSettings } from "@/lib/domain/source-settings";
import { labelName, quoteAlternatives, selector } from "./promql-literals";
import type { TimeGrid } from "./time-grid";

export type Parameters = readonly (readonly [name: string, value: string])[];
type RedSettings = SourceSettings["red"];

export const QUERY_PATH = "/api/v1/query";
export const RANGE_PATH = "/api/v1/query_range";
export const EXEMPLARS_PATH = "/api/v1/query_exemplars";
export const RULES_PATH = "/api/v1/rules";
export const BUILD_PATH = "/api/v1/status/buildinfo";
export const FLAGS_PATH = "/api/v1/status/flags";

/** Names longer than any real service's only make the regex slow. */
const MAX_SERVICES = 100;
/** Two samples of a one-minute scrape; shorter windows would show nothing on such servers. */
const MIN_RATE_S = 120;

/** Rate, error ratio and 95th percentile of the services, one series per service. Empty when no service is asked. */
export function redQueries(
  red: RedSettings,
  rawServices: readonly string[],
  stepS: number,
): { readonly signal: MetricSeries["signal"]; readonly promql: string }[] {
  if (askedServices(rawServices).length === 0) return [];
  const range = `[${Math.max(stepS, MIN_RATE_S)}s]`;
  const each = (build: (label: string, matchers: readonly string[]) => string) =>
    branches(red, rawServices)
      .map(({ label, matchers }) => build(label, matchers))
      .join(" or ");
  const requests = (label: string, matchers: readonly string[]) =>
    `sum by (${label}) (rate(${selector(red.requestsMetric, matchers)}${range}))`;
  return [
    { signal: "rate", promql: each(requests) },
    {
      signal: "errors",
      promql: each((label, matchers) => {
        const all = requests(label, matchers);
        // A service that never failed has no error series; its ratio is a real zero, not a gap.
        return `(${requests(label, [...matchers, red.errorMatcher])} or ${all} * 0) / ${all}`;
      }),
    },
    {
      signal: "duration",
      promql: each((label, matchers) => {
        const buckets = selector(`${red.durationMetric}_bucket`, matchers);
        return `histogram_quantile(0.95, sum by (${label}, le) (rate(${buckets}${range})))`;
      }),
    },
  ];
}

/** The labels under which a service may stand, the configured one first. */
export function serviceLabels(red: RedSettings): string[] {
  return [...new Set([red.serviceLabel, "service", "service_name", "job"])];
}

/** Exemplars of the services' latency buckets. */
export function exemplarQuery(red: RedSettings, rawServices: readonly string[]): string | undefined {
  if (askedServices(rawServices).length === 0) return undefined;
  return branches(red, rawServices)
    .map(({ matchers }) => selector(`${red.durationMetric}_bucket`, matchers))
    .join(" or ");
}

const FIRING = 'ALERTS{alertstate="firing"}';

/**
 * Points where an alert began or stopped firing: small however long it fired. A start at t lies in (t - step, t].
 * No service goes into the query: rules name the service under many labels, so the choice is made on the answer.
 */
export function alertEdgeQueries(stepS: number): {
  readonly starts: string;
  readonly ends: string;
  readonly now: string;
} {
  const before = `${FIRING} offset ${stepS}s`;
  return { starts: `${FIRING} unless ${before}`, ends: `${before} unless ${FIRING}`, now: FIRING };
}

/**
 * The same edges for a history that has to be whole. `timestamp` tells when the sample was taken, and with a step of at most
 * the interval that is the first firing evaluation, or the last.
 */
export function firingHistoryQueries(stepS: number) {
  const before = `${FIRING} offset ${stepS}s`;
  const { starts, ends } = alertEdgeQueries(stepS);
  return {
    starts: `timestamp(${FIRING}) unless ${before}`,
    ends: `timestamp(${before}) unless ${FIRING}`,
    activeAtStarts: `ALERTS_FOR_STATE and ignoring(alertstate) (${starts})`,
    activeAtEnds: `ALERTS_FOR_STATE offset ${stepS}s and ignoring(alertstate) (${ends})`,
    before: `timestamp(${FIRING})`,
    /** At steps of five minutes no sample is between two of them. */
    anything: `count(count_over_time(${FIRING}[10m]))`,
    activeBefore: `ALERTS_FOR_STATE and ignoring(alertstate) ${FIRING}`,
    /** Whatever it scrapes: no value means that it was not there itself. */
    alive: `count(count_over_time(up[${ALIVE_WITHIN_S}s]))`,
  } as const;
}
/** Two scrapes a minute apart. */
export const ALIVE_WITHIN_S = 120;

/** Half of an answer would be taken for a time without alerts; `max_source_resolution` is Thanos'. */
export function wholeRangeParameters(promql: string, grid: TimeGrid): Parameters {
  return [...wholeOnly(rangeParameters(promql, grid)), ["max_source_resolution", "0s"]];
}

export function wholeInstantParameters(promql: string, atS: number): Parameters {
  return wholeOnly(instantParameters(promql, atS));
}

function wholeOnly(parameters: Parameters): Parameters {
  return parameters.map(([name, value]) => [name, name === "partial_response" ? "false" : value]);
}

/** `partial_response` is Thanos', `nocache` VictoriaMetrics'; others ignore both. */
export function rangeParameters(promql: string, grid: TimeGrid): Parameters {
  return [
    ["query", promql],
    ["start", String(grid.startS)],
    ["end", String(grid.endS)],
    ["step", String(grid.stepS)],
    ["partial_response", "true"],
    ["nocache", "1"],
  ];
}

export function instantParameters(promql: string, atS: number): Parameters {
  return [
    ["query", promql],
    ["time", String(atS)],
    ["partial_response", "true"],
  ];
}

export function exemplarParameters(promql: string, startS: number, endS: number): Parameters {
  return [
    ["query", promql],
    ["start", String(startS)],
    ["end", String(endS)],
  ];
}

export const rulesParameters: Parameters = [["type", "alert"]];
/** Servers that do not know `exclude_alerts` send what fires too. */
export const definedRulesParameters: Parameters = [...rulesParameters, ["exclude_alerts", "true"]];

/**
 * One branch per label. A series that names the service under an earlier label is left out of the later ones, so
 * nothing counts twice.
 */
function branches(red: RedSettings, rawServices: readonly string[]) {
  const values = quoteAlternatives(askedServices(rawServices));
  const labels = serviceLabels(red).map(labelName);
  return labels.map((label, i) => ({
    label,
    matchers: [`${label}=~${values}`, ...labels.slice(0, i).map((earlier) => `${earlier}!~${values}`)],
  }));
}

/** An empty name would match every series without the label. */
function askedServices(rawServices: readonly string[]): string[] {
  return [...new Set(rawServices)]
    .filter((name) => name !== "")
    .sort()
    .slice(0, MAX_SERVICES);
}
