/** The only file that talks to Prometheus and parses its JSON. Queries go by POST: no address is too long for them. */
import "server-only";
import type { z } from "zod";
import type { FetchBudget } from "@/lib/domain/evidence-request";
import type { SourceHttp, SourceHttpRequest, SourceHttpResult } from "@/lib/platform/source-http";
import {
  BUILD_PATH,
  EXEMPLARS_PATH,
  FLAGS_PATH,
  type Parameters,
  QUERY_PATH,
  RANGE_PATH,
  RULES_PATH,
  definedRulesParameters,
  rulesParameters,
} from "./query";
import {
  AlertingRule,
  BuildInfo,
  type DefinedRules,
  Envelope,
  ErrorEnvelope,
  type ExemplarSet,
  ExemplarSets,
  Flags,
  Matrix,
  RuleGroups,
  RuleTimes,
  type Series,
  Vector,
} from "./wire";

export type PrometheusFailure =
  | Extract<SourceHttpResult, { ok: false }>
  | { readonly ok: false; readonly kind: "bad-response"; readonly attempts: number };

export type PrometheusAnswer<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** The server itself says that something is missing. */
      readonly isPartial: boolean;
    }
  | {
      readonly ok: false;
      readonly failure: PrometheusFailure;
      /** The endpoint does not exist on this server (Mimir, Thanos and VictoriaMetrics lack some). */
      readonly isMissing: boolean;
    };

export interface PrometheusClient {
  range(parameters: Parameters): Promise<PrometheusAnswer<readonly Series[]>>;
  instant(parameters: Parameters): Promise<PrometheusAnswer<Vector["result"]>>;
  exemplars(parameters: Parameters): Promise<PrometheusAnswer<readonly ExemplarSet[]>>;
  alertingRules(): Promise<PrometheusAnswer<readonly AlertingRule[]>>;
  /** By the name of the alert; the longest interval where several groups hold it. Seconds. */
  ruleTimes(): Promise<PrometheusAnswer<ReadonlyMap<string, { readonly intervalS: number; readonly forS: number }>>>;
  /** The same as they are defined, without what they make of it now. */
  definedRules(): Promise<PrometheusAnswer<DefinedRules>>;
  version(): Promise<PrometheusAnswer<string | undefined>>;
  flags(): Promise<PrometheusAnswer<Flags>>;
}

/** One client per fetch. All its requests run at once, so the byte budget is divided over `requests` of them. */
export function createPrometheusClient(
  http: SourceHttp,
  budget: FetchBudget,
  requests: number,
  signal: AbortSignal,
): PrometheusClient {
  const limits = { deadlineAtMs: budget.deadlineAtMs, maxBytes: Math.max(1, Math.floor(budget.maxBytes / requests)) };

  async function send<S extends z.ZodType>(
    request: SourceHttpRequest,
    schema: S,
  ): Promise<PrometheusAnswer<z.output<S>>> {
    const result = await http.send(request, limits, signal);
    if (!result.ok) return { ok: false, failure: knownFailure(result), isMissing: isMissing(result) };
    const envelope = Envelope.safeParse(parseJson(result.text));
    const data = envelope.success ? schema.safeParse(envelope.data.data) : undefined;
    if (!envelope.success || !data?.success) {
      const failure: PrometheusFailure = { ok: false, kind: "bad-response", attempts: result.attempts };
      return { ok: false, failure, isMissing: false };
    }
    const warned = (envelope.data.warnings ?? []).some((warning) => !isAdvice(warning));
    return { ok: true, value: data.data, isPartial: warned || envelope.data.isPartial === true };
  }

  const post = (operation: string, path: string, form: Parameters): SourceHttpRequest => ({
    operation: `prometheus.${operation}`,
    method: "POST",
    path,
    form,
  });
  const get = (operation: string, path: string, query: Parameters = []): SourceHttpRequest => ({
    operation: `prometheus.${operation}`,
    method: "GET",
    path,
    query,
  });

  return {
    range: (parameters) =>
      send(
        post("query_range", RANGE_PATH, parameters),
        Matrix.transform((matrix) => matrix.result),
      ),
    instant: (parameters) =>
      send(
        post("query", QUERY_PATH, parameters),
        Vector.transform((vector) => vector.result),
      ),
    exemplars: (parameters) => send(post("exemplars", EXEMPLARS_PATH, parameters), ExemplarSets),
    alertingRules: () => send(get("rules", RULES_PATH, rulesParameters), RuleGroups.transform(readRules)),
    ruleTimes: () => send(get("rules", RULES_PATH, rulesParameters), RuleTimes.transform(timesByName)),
    definedRules: () => send(get("rules", RULES_PATH, definedRulesParameters), RuleGroups.transform(readDefinedRules)),
    version: () =>
      send(
        get("buildinfo", BUILD_PATH),
        BuildInfo.transform((info) => info.version ?? undefined),
      ),
    flags: () => send(get("flags", FLAGS_PATH), Flags),
  };
}

function readRules(groups: z.output<typeof RuleGroups>): readonly AlertingRule[] {
  return readDefinedRules(groups).rules;
}

function readDefinedRules({ groups }: z.output<typeof RuleGroups>): DefinedRules {
  const all = groups.flatMap(({ name: group, interval, rules }) =>
    rules.filter(isAlerting).map((rule) => ({ group, interval, rule })),
  );
  const rules = all.flatMap(({ group, interval, rule }) => {
    const parsed = AlertingRule.safeParse(rule);
    return parsed.success ? [{ ...parsed.data, group, interval }] : [];
  });
  return { rules, skipped: all.length - rules.length };
}

/** Some servers list recording rules too, whatever they are asked for. */
function isAlerting(rule: unknown): boolean {
  return typeof rule === "object" && rule !== null && "type" in rule && rule.type !== "recording";
}

function timesByName({ groups }: z.output<typeof RuleTimes>) {
  const times = new Map<string, { intervalS: number; forS: number }>();
  for (const { interval, rules } of groups) {
    for (const { name, type, duration } of rules) {
      const known = times.get(name);
      if (type === "alerting" && interval > 0 && (known === undefined || known.intervalS < interval)) {
        times.set(name, { intervalS: interval, forS: duration });
      }
    }
  }
  return times;
}

/**
 * The same timeout is 503 `timeout` on one run and 422 `execution` on the next (seen on 3.5.3), and must be one kind of
 * gap. 422 with another cause stays "rejected". A 503 without an envelope is a server that starts or stops.
 */
function knownFailure(result: Extract<SourceHttpResult, { ok: false }>): PrometheusFailure {
  if (result.kind !== "status" || (result.status !== 422 && result.status !== 503)) return result;
  const problem = ErrorEnvelope.safeParse(parseJson(result.text ?? ""));
  if (!problem.success) return result;
  const { errorType, error } = problem.data;
  const isTimeout = errorType === "timeout" || error.includes("deadline exceeded") || error.includes("timed out");
  return isTimeout ? { ok: false, kind: "timeout", attempts: result.attempts } : result;
}

function isMissing(result: Extract<SourceHttpResult, { ok: false }>): boolean {
  return result.kind === "status" && (result.status === 404 || result.status === 405 || result.status === 501);
}

/** Remarks about the query's style, in the channel that Prometheus 3 also uses for missing data. */
function isAdvice(warning: string): boolean {
  return warning.startsWith("PromQL warning:") || warning.startsWith("PromQL info:");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
