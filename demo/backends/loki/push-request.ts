/** `POST /loki/api/v1/push` in JSON, and the rules of Loki 3.4's distributor for what it takes. */
import { z } from "zod";
import { Refusal } from "../demo-server";
import { detectLevel } from "./detected-level";
import type { LogEntry } from "./log-store";

export interface PushedLine {
  readonly labels: Readonly<Record<string, string>>;
  readonly entry: LogEntry;
}

const Texts = z.record(z.string(), z.string());
const PushRequest = z.object({
  streams: z.array(
    z.object({
      stream: Texts.default({}),
      values: z.array(z.tuple([z.string(), z.string()]).or(z.tuple([z.string(), z.string(), Texts]))),
    }),
  ),
});
const SERVICE_KEYS = (
  "service app application app_name name app_kubernetes_io_name container container_name k8s_container_name " +
  "component workload job k8s_job_name"
).split(" ");
const MAX_LINE_BYTES = 262_144;

/** Lines of a push body. 400 for what is not that JSON, 422 when nothing is left to store (messages differ from Go's decoder). */
export function readPushRequest(body: string): PushedLine[] {
  const parsed = PushRequest.safeParse(parseJson(body));
  if (!parsed.success)
    throw new Refusal(400, "loghttp.PushRequest.Streams: the body does not have the shape of a push");
  const lines = parsed.data.streams.flatMap(({ stream, values }) =>
    values.map(([atNs, line, metadata]) => preparedLine(stream, atNs, line, escapedAsStored(metadata ?? {}))),
  );
  if (lines.length === 0) throw new Refusal(422, "error at least one valid stream is required for ingestion\n");
  return lines;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Loki before 3.6 stores metadata of a JSON push with its JSON escapes unresolved. */
function escapedAsStored(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, JSON.stringify(value).slice(1, -1)]));
}

/** Adds what Loki adds on the way in: a service name, the detected level, and names that fit its rules. */
export function preparedLine(
  given: Readonly<Record<string, string>>,
  atNs: string,
  line: string,
  metadata: Readonly<Record<string, string>>,
): PushedLine {
  if (!/^[0-9]+$/u.test(atNs))
    throw new Refusal(400, `loghttp.PushRequest.Streams: the timestamp is not a number of ns`);
  if (Buffer.byteLength(line) > MAX_LINE_BYTES) {
    const length = String(Buffer.byteLength(line));
    throw new Refusal(
      400,
      `Max entry size '262144' bytes exceeded for stream while adding an entry with length '${length}' bytes`,
    );
  }
  const labels = withServiceName(given);
  const clean = Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [freeName(metadataName(key), labels), value]),
  );
  return {
    labels,
    entry: { atNs: BigInt(atNs), line, metadata: { ...clean, detected_level: detectLevel(labels, clean, line) } },
  };
}

function withServiceName(labels: Readonly<Record<string, string>>): Record<string, string> {
  if (labels["service_name"] !== undefined) return labels;
  const found = SERVICE_KEYS.map((key) => labels[key]).find((value) => value !== undefined && value !== "");
  return { ...labels, service_name: found ?? "unknown_service" };
}

/** A metadata key named like an index label is shown with a suffix. */
function freeName(name: string, labels: Readonly<Record<string, string>>): string {
  return Object.hasOwn(labels, name) ? `${name}_extracted` : name;
}

function metadataName(key: string): string {
  const clean = key.replace(/[^A-Za-z0-9_]/gu, "_");
  if (/^_[^_]/u.test(clean)) return `key${clean}`;
  return /^[0-9]/u.test(clean) ? `key_${clean}` : clean;
}
