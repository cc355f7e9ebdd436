/**
 * OTLP attribute values in Tempo's JSON → plain values.
 *
 * Tempo writes protobuf-JSON: 64-bit integers are text, `NaN` and infinities are text, bytes are base64, and an empty
 * object is null (grafana/tempo pkg/tempopb, opentelemetry-proto common.proto). Pure; never throws.
 */

export type PlainValue =
  string | number | boolean | null | readonly PlainValue[] | { readonly [name: string]: PlainValue };

const MAX_DEPTH = 10;

/** Integers beyond 2^53 stay text, so that a long order number keeps its last digits. */
export function readAnyValue(value: unknown, depth = 0): PlainValue {
  if (!isRecord(value) || depth > MAX_DEPTH) return null;
  if (typeof value["stringValue"] === "string") return value["stringValue"];
  if ("intValue" in value) return readInteger(value["intValue"]);
  if ("doubleValue" in value) return readDouble(value["doubleValue"]);
  if (typeof value["boolValue"] === "boolean") return value["boolValue"];
  if (typeof value["bytesValue"] === "string") return value["bytesValue"];
  if (isRecord(value["arrayValue"])) return list(value["arrayValue"]).map((item) => readAnyValue(item, depth + 1));
  if (isRecord(value["kvlistValue"])) {
    return Object.fromEntries(
      list(value["kvlistValue"]).flatMap((pair) =>
        isRecord(pair) && typeof pair["key"] === "string"
          ? [[pair["key"], readAnyValue(pair["value"], depth + 1)]]
          : [],
      ),
    );
  }
  return null;
}

function readInteger(value: unknown): PlainValue {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function readDouble(value: unknown): PlainValue {
  if (typeof value === "number") return value;
  return typeof value === "string" ? value : null;
}

/** `{}` is an empty array or map. */
function list(container: Record<string, unknown>): readonly unknown[] {
  return Array.isArray(container["values"]) ? container["values"] : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
