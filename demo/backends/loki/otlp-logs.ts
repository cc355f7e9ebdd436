/** `POST /otlp/v1/logs` in OTLP/JSON: which attributes become labels and which become metadata (Loki 3.4 defaults). */
import { z } from "zod";
import { Refusal } from "../demo-server";
import { preparedLine, type PushedLine } from "./push-request";

const INDEXED = new Set(
  (
    "service.name service.namespace service.instance.id deployment.environment deployment.environment.name cloud.region " +
    "cloud.availability_zone k8s.cluster.name k8s.namespace.name k8s.pod.name k8s.container.name container.name " +
    "k8s.replicaset.name k8s.deployment.name k8s.statefulset.name k8s.daemonset.name k8s.cronjob.name k8s.job.name"
  ).split(" "),
);

const AnyValue = z.record(z.string(), z.unknown());
const Attributes = z.array(z.object({ key: z.string(), value: AnyValue.default({}) })).default([]);
type Attributes = z.infer<typeof Attributes>;
const LogRecord = z.object({
  timeUnixNano: z.coerce.string().optional(),
  observedTimeUnixNano: z.coerce.string().optional(),
  severityNumber: z.number().default(0),
  severityText: z.string().default(""),
  body: AnyValue.optional(),
  attributes: Attributes,
  traceId: z.string().default(""),
  spanId: z.string().default(""),
  flags: z.number().default(0),
  droppedAttributesCount: z.number().default(0),
});
type LogRecord = z.infer<typeof LogRecord>;
const Scope = z.object({ name: z.string().default(""), version: z.string().default(""), attributes: Attributes });
const OtlpLogs = z.object({
  resourceLogs: z
    .array(
      z.object({
        resource: z.object({ attributes: Attributes }).default({ attributes: [] }),
        scopeLogs: z
          .array(z.object({ scope: Scope.optional(), logRecords: z.array(LogRecord).default([]) }))
          .default([]),
      }),
    )
    .default([]),
});

/** Lines of an OTLP body; 400 for another shape, 422 when it holds no line. */
export function readOtlpLogs(body: string): PushedLine[] {
  const parsed = OtlpLogs.safeParse(parseJson(body));
  if (!parsed.success) throw new Refusal(400, "the body is not OTLP/JSON");
  const lines = parsed.data.resourceLogs.flatMap(({ resource, scopeLogs }) => {
    const indexed = resource.attributes.filter(({ key }) => INDEXED.has(key));
    const others = resource.attributes.filter(({ key }) => !INDEXED.has(key));
    const labels = flattened(indexed);
    return scopeLogs.flatMap(({ scope, logRecords }) =>
      logRecords.map((record) =>
        preparedLine(labels, instantOf(record), lineOf(record), {
          ...flattened(others),
          ...scopeMetadata(scope),
          ...recordMetadata(record),
        }),
      ),
    );
  });
  if (lines.length === 0) throw new Refusal(422, "error at least one valid stream is required for ingestion");
  return lines;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function instantOf(record: LogRecord): string {
  const at = record.timeUnixNano ?? "0";
  return at === "0" ? (record.observedTimeUnixNano ?? "0") : at;
}

function lineOf(record: LogRecord): string {
  return record.body === undefined ? "" : textOf(record.body);
}

function scopeMetadata(scope: z.infer<typeof Scope> | undefined): Record<string, string> {
  if (scope === undefined) return {};
  return withoutEmpty({ ...flattened(scope.attributes), scope_name: scope.name, scope_version: scope.version });
}

function recordMetadata(record: LogRecord): Record<string, string> {
  const at = record.timeUnixNano ?? "0";
  return {
    ...flattened(record.attributes),
    ...withoutEmpty({
      observed_timestamp: at === "0" || record.observedTimeUnixNano === "0" ? "" : (record.observedTimeUnixNano ?? ""),
      severity_number: record.severityNumber === 0 ? "" : String(record.severityNumber),
      severity_text: record.severityText,
      flags: record.flags === 0 ? "" : String(record.flags),
      dropped_attributes_count: record.droppedAttributesCount === 0 ? "" : String(record.droppedAttributesCount),
      trace_id: /^0*$/u.test(record.traceId) ? "" : record.traceId.toLowerCase(),
      span_id: /^0*$/u.test(record.spanId) ? "" : record.spanId.toLowerCase(),
    }),
  };
}

function withoutEmpty(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== ""));
}

/** Nested maps join with `_`; other values become text. */
function flattened(attributes: Attributes, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    attributes.flatMap(({ key, value }) => {
      const name = prefix + key.replace(/[^A-Za-z0-9]/gu, "_");
      const nested = z.object({ kvlistValue: z.object({ values: Attributes }) }).safeParse(value);
      if (nested.success) return Object.entries(flattened(nested.data.kvlistValue.values, `${name}_`));
      return [[name, textOf(value)] as const];
    }),
  );
}

function textOf(value: z.infer<typeof AnyValue>): string {
  const plain = plainOf(value);
  if (plain === null || plain === undefined) return "";
  return typeof plain === "object" ? JSON.stringify(plain) : String(plain);
}

const ListValue = z.object({ values: z.array(AnyValue).default([]) });
const MapValue = z.object({ values: Attributes });

function plainOf(value: z.infer<typeof AnyValue>): string | number | boolean | object | null | undefined {
  const [kind, held] = Object.entries(value)[0] ?? [];
  if (kind === "arrayValue") return ListValue.parse(held).values.map(plainOf);
  if (kind === "kvlistValue") {
    return Object.fromEntries(
      MapValue.parse(held)
        .values.map((member) => [member.key, plainOf(member.value)] as const)
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  }
  if (kind === "intValue" || kind === "doubleValue") return Number(held);
  return typeof held === "string" || typeof held === "boolean" ? held : undefined;
}
