/** A span as the Tempo stand-in keeps it: ids in hex, instants in ns, attribute values as OTLP wrote them. */

export interface OtlpValue {
  readonly stringValue?: string | undefined;
  /** 64-bit, as text. */
  readonly intValue?: string | undefined;
  readonly doubleValue?: number | undefined;
  readonly boolValue?: boolean | undefined;
  /** Base64. */
  readonly bytesValue?: string | undefined;
  readonly arrayValue?: { readonly values: readonly OtlpValue[] } | undefined;
  readonly kvlistValue?: { readonly values: readonly OtlpAttribute[] } | undefined;
}

export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

export interface SpanEvent {
  readonly atNs: bigint;
  readonly name: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly dropped: number;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly attributes: readonly OtlpAttribute[];
}

export interface SpanScope {
  readonly name: string;
  readonly version: string;
  readonly attributes: readonly OtlpAttribute[];
}

export interface StoredSpan {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly name: string;
  /** 0 unspecified … 5 consumer, as in OTLP. */
  readonly kind: number;
  readonly startNs: bigint;
  readonly endNs: bigint;
  /** 0 unset, 1 ok, 2 error. */
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly droppedAttributes: number;
  readonly droppedEvents: number;
  readonly droppedLinks: number;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly resource: readonly OtlpAttribute[];
  readonly scope: SpanScope;
}

export const KINDS = ["unspecified", "internal", "server", "client", "producer", "consumer"] as const;
export const STATUSES = ["unset", "ok", "error"] as const;

export function durationNs(span: StoredSpan): bigint {
  return span.endNs - span.startNs;
}

export function textAttribute(attributes: readonly OtlpAttribute[], key: string): string {
  return attributes.find((attribute) => attribute.key === key)?.value.stringValue ?? "";
}
