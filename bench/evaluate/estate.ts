/**
 * Writes records the way services and their collectors do: by the clock of the host, under the name that this source
 * uses for the service, at the backend that would hold them. Times are milliseconds after the start of the hour.
 */
import { epochNsFromBigInt, epochNsFromMs, type EpochNs } from "@/lib/domain/epoch-ns";
import type { Severity } from "@/lib/domain/severity";
import type { SourceId } from "@/lib/domain/source-id";
import type { Attributes, SpanFacts, TimelineEvent } from "@/lib/domain/timeline-event";
import type { Belongs } from "./planted-incident";
import type { Random } from "./random";

export interface Service {
  /** As the catalogue has it, or as everybody spells it when nobody listed it. */
  readonly name: string;
  /** As this kind of source spells it; `name` otherwise. */
  readonly spelled?: {
    readonly log?: string;
    readonly span?: string;
    readonly error?: string;
    readonly alert?: string;
  };
  readonly internal?: boolean;
}

export interface SpanOptions {
  readonly kind?: SpanFacts["spanKind"];
  readonly at: number;
  readonly ms: number;
  readonly parent?: PlantedSpan | undefined;
  readonly links?: readonly PlantedSpan[];
  readonly attributes?: Attributes;
  /** Present: the span failed, with this status message. */
  readonly failed?: string;
  /** Answered 4xx: a warning, not an error. */
  readonly refused?: boolean;
  readonly belongs?: Belongs;
  /** The span happened, but the trace store never got it. */
  readonly lost?: boolean;
}

export interface PlantedSpan {
  readonly id: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly service: Service;
}

export interface LineOptions {
  readonly level?: "debug" | "info" | "warn" | "error";
  /** The span it was written in: its trace and span id go with it. */
  readonly in?: PlantedSpan | undefined;
  readonly attributes?: Attributes;
  readonly belongs?: Belongs;
}

const SEVERITY = { debug: "debug", info: "info", warn: "warning", error: "error" } as const;

export class Estate {
  readonly records: TimelineEvent[] = [];
  readonly belongs = new Map<string, Belongs>();
  readonly random: Random;
  readonly #startMs: number;
  readonly #skewMs = new Map<string, number>();
  readonly #maxSkewMs: number;

  constructor(random: Random, startMs: number, maxSkewMs: number) {
    this.random = random;
    this.#startMs = startMs;
    this.#maxSkewMs = maxSkewMs;
  }

  trace(): string {
    return this.random.hex(32);
  }

  /** A span of `service` in `traceId`. Member unless said otherwise. */
  span(service: Service, name: string, traceId: string, options: SpanOptions): PlantedSpan {
    const spanId = this.random.hex(16);
    const spanKind = options.kind ?? "internal";
    const id = `tempo/${traceId}/${spanId}/${spanKind}`;
    const host = hostOf(service);
    const status = httpStatus(options.attributes);
    const failed = options.failed !== undefined;
    const planted = { id, traceId, spanId, service };
    if (options.lost === true) return planted;
    this.#add(options.belongs ?? "member", {
      ...this.#common(id, service.spelled?.span ?? service.name, "tempo/main", this.#clock(host, options.at)),
      kind: "span",
      endedAtNs: this.#clock(host, options.at + options.ms),
      severity: failed ? "error" : options.refused ? "warning" : "info",
      outcome: failed ? "error" : options.refused ? "warning" : "ok",
      title: status === undefined ? name : `${name} → ${status}`,
      ...(failed && options.failed !== "" && { text: options.failed ?? "" }),
      attributes: {
        ...options.attributes,
        "span.name": name,
        ...(failed && { "otel.status_code": "ERROR" }),
        ...(failed && options.failed !== "" && { "otel.status_description": options.failed ?? "" }),
        "resource.service.name": service.spelled?.span ?? service.name,
        "resource.deployment.environment.name": "production",
        "resource.host.name": host,
        "resource.k8s.pod.name": `${service.name}-7f9c4-${host.slice(-2)}`,
      },
      span: {
        traceId,
        spanId,
        ...(options.parent && { parentSpanId: options.parent.spanId }),
        spanKind,
        durationNs: String(Math.round(options.ms * 1_000_000)),
        links: (options.links ?? []).map((link) => ({ traceId: link.traceId, spanId: link.spanId })),
      },
    });
    return planted;
  }

  /** The exception event inside a span, as the trace store's adapter makes it. */
  exception(span: PlantedSpan, at: number, type: string, message: string, belongs: Belongs = "member"): string {
    const host = hostOf(span.service);
    const id = `tempo/${span.traceId}/${span.spanId}/exception/${this.records.length}`;
    const name = span.service.spelled?.span ?? span.service.name;
    return this.#add(belongs, {
      ...this.#common(id, name, "tempo/main", this.#clock(host, at)),
      kind: "error",
      severity: "error",
      outcome: "error",
      title: `${type}: ${message}`,
      text: `${type}: ${message}\n    at handle (${span.service.name}/main.ts:88)`,
      attributes: {
        "event.name": "exception",
        "exception.type": type,
        "exception.message": message,
        "resource.host.name": host,
      },
      span: {
        traceId: span.traceId,
        spanId: id,
        parentSpanId: span.spanId,
        spanKind: "internal",
        durationNs: "0",
        links: [],
      },
    });
  }

  /** A log line. `text` is the line; `attributes` are what the collector cut out of it or attached to it. */
  line(service: Service, text: string, at: number, options: LineOptions = {}): string {
    const host = hostOf(service);
    const severity = SEVERITY[options.level ?? "info"];
    const source: SourceId = service.internal === true ? "loki/internal" : "loki/product";
    const name = service.spelled?.log ?? service.name;
    const ids = options.in && { trace_id: options.in.traceId, span_id: options.in.spanId };
    return this.#add(options.belongs ?? "member", {
      ...this.#common(`loki/${this.records.length}`, name, source, this.#clock(host, at)),
      kind: "log",
      severity,
      outcome: severity === "error" ? "error" : severity === "warning" ? "warning" : "unknown",
      title: text,
      text,
      attributes: {
        service_name: name,
        env: "prod",
        host,
        pod: `${service.name}-7f9c4-${host.slice(-2)}`,
        level: options.level ?? "info",
        ...ids,
        ...options.attributes,
      },
    });
  }

  /** An error as the error tracker holds it. */
  sentry(service: Service, type: string, message: string, at: number, options: LineOptions = {}): string {
    const host = hostOf(service);
    const ids = options.in && { trace_id: options.in.traceId, span_id: options.in.spanId };
    return this.#add(options.belongs ?? "member", {
      ...this.#common(`sentry/${this.records.length}`, nameAt(service, "error"), "sentry/web", this.#clock(host, at)),
      kind: "error",
      severity: "error",
      outcome: "error",
      title: `${type}: ${message}`,
      text: `${type}: ${message}\n    at handle (${service.name}/main.ts:88)`,
      attributes: {
        "exception.type": type,
        "exception.value": message,
        "sentry.project": nameAt(service, "error"),
        "tag.server_name": host,
        ...ids,
        ...options.attributes,
      },
    });
  }

  alert(service: Service, name: string, at: number): string {
    return this.#context(`alert/${this.records.length}`, nameAt(service, "alert"), "prometheus/main", at, {
      kind: "alert",
      severity: "error",
      outcome: "error",
      title: name,
      attributes: { "alert.name": name, "label.service": nameAt(service, "alert") },
    });
  }

  deploy(service: Service, version: string, at: number): string {
    return this.#context(`deploy/${this.records.length}`, nameAt(service, "error"), "sentry/web", at, {
      kind: "deploy",
      severity: "info",
      outcome: "ok",
      title: `Released ${service.name}@${version}`,
      attributes: { release: `${service.name}@${version}`, environment: "production" },
    });
  }

  #context(
    id: string,
    rawService: string,
    source: SourceId,
    at: number,
    rest: Pick<TimelineEvent, "kind" | "severity" | "outcome" | "title" | "attributes">,
  ): string {
    const when = epochNsFromMs(this.#startMs + at);
    return this.#add("context", { ...this.#common(id, rawService, source, when), ...rest, context: true });
  }

  #add(belongs: Belongs, event: TimelineEvent): string {
    this.records.push(event);
    this.belongs.set(event.id, belongs);
    return event.id;
  }

  #common(id: string, rawService: string, source: SourceId, happenedAtNs: EpochNs) {
    const severity: Severity = "info";
    return {
      id,
      rawService,
      rawEnvironment: "production",
      happenedAtNs,
      severity,
      source,
      sightings: [],
      links: [],
      context: false,
    };
  }

  /** True time as the host's clock shows it, with nanoseconds that no millisecond has. */
  #clock(host: string, at: number): EpochNs {
    let skew = this.#skewMs.get(host);
    if (skew === undefined) {
      skew = this.#maxSkewMs === 0 ? 0 : this.random.int(-this.#maxSkewMs, this.#maxSkewMs);
      this.#skewMs.set(host, skew);
    }
    return epochNsFromBigInt(BigInt(Math.round((this.#startMs + at + skew) * 1000)) * 1000n + 417n);
  }
}

function nameAt(service: Service, source: "error" | "alert"): string {
  return service.spelled?.[source] ?? service.name;
}

/** One host for each service: enough to make every hop cross two clocks. */
function hostOf(service: Service): string {
  let sum = 7;
  for (const character of service.name) sum = (sum * 31 + character.charCodeAt(0)) % 9_000;
  return `ip-10-0-${Math.floor(sum / 90)}-${10 + (sum % 90)}`;
}

function httpStatus(attributes: Attributes | undefined): number | undefined {
  const status = attributes?.["http.response.status_code"];
  return typeof status === "number" ? status : undefined;
}
