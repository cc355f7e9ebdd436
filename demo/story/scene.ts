/** Collects what happens: lines, spans, errors and deploys, each in the spelling of the service that says it. */
import type { DemoLogLine, DemoSentryDeploy, DemoSentryEvent, DemoSpan, DemoValue } from "../backends/backend";
import type { Random } from "./random";
import { shapeOf, type ServiceName } from "./service-shape";

export interface StoryBatch {
  readonly lines: readonly DemoLogLine[];
  readonly spans: readonly DemoSpan[];
  readonly errors: readonly DemoSentryEvent[];
  readonly deploys: readonly DemoSentryDeploy[];
}

export interface SpanPlan {
  readonly service: ServiceName;
  readonly name: string;
  readonly kind?: DemoSpan["kind"];
  readonly parent?: DemoSpan;
  /** Nanoseconds since 1970. */
  readonly at: bigint;
  readonly tookMs: number;
  readonly order?: string;
  /** Status message of a failed span. */
  readonly failure?: string;
  readonly attributes?: Readonly<Record<string, DemoValue>>;
  readonly events?: NonNullable<DemoSpan["events"]>;
  readonly links?: readonly DemoSpan[];
}

export interface LinePlan {
  readonly service: ServiceName;
  readonly at: bigint;
  readonly line: string;
  /** Its ids go into structured metadata. */
  readonly span?: DemoSpan;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ErrorPlan {
  readonly service: ServiceName;
  readonly at: bigint;
  readonly type: string;
  readonly value: string;
  readonly span: DemoSpan;
  readonly order?: string;
  readonly account?: string;
  readonly frames: DemoSentryEvent["frames"];
}

export class Scene implements StoryBatch {
  readonly lines: DemoLogLine[] = [];
  readonly spans: DemoSpan[] = [];
  readonly errors: DemoSentryEvent[] = [];
  readonly deploys: DemoSentryDeploy[] = [];

  constructor(readonly random: Random) {}

  /** Adds a span; without a parent it starts a trace of its own. */
  span(plan: SpanPlan): DemoSpan {
    const shape = shapeOf(plan.service);
    const span: DemoSpan = {
      traceId: plan.parent?.traceId ?? this.random.hex(32),
      spanId: this.random.hex(16),
      ...(plan.parent ? { parentSpanId: plan.parent.spanId } : {}),
      name: plan.name,
      kind: plan.kind ?? "internal",
      startNs: plan.at.toString(),
      endNs: (plan.at + ms(plan.tookMs)).toString(),
      ...(plan.failure === undefined ? {} : { status: "error", statusMessage: plan.failure }),
      resource: {
        "service.name": shape.inTraces,
        "service.version": shape.version,
        "service.namespace": shape.loki === "internal" ? "internal" : "shop",
        [shape.traceEnvironment[0]]: shape.traceEnvironment[1],
        "host.name": shape.host,
      },
      attributes: { ...orderAttribute(plan), ...plan.attributes },
      ...(plan.events ? { events: plan.events } : {}),
      ...(plan.links ? { links: plan.links.map(({ traceId, spanId }) => ({ traceId, spanId })) } : {}),
    };
    this.spans.push(span);
    return span;
  }

  log(plan: LinePlan): void {
    const shape = shapeOf(plan.service);
    const ids = plan.span ? { trace_id: plan.span.traceId, span_id: plan.span.spanId } : {};
    const metadata = { ...ids, ...plan.metadata };
    this.lines.push({
      labels: { service_name: shape.inLogs, [shape.logEnvironment[0]]: shape.logEnvironment[1] },
      atNs: plan.at.toString(),
      line: plan.line,
      ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    });
  }

  /** Reports an exception to Sentry, with the trace it happened in and the order as a tag. */
  error(plan: ErrorPlan): void {
    const shape = shapeOf(plan.service);
    this.errors.push({
      eventId: this.random.hex(32),
      project: plan.service,
      atIso: iso(plan.at),
      level: "error",
      type: plan.type,
      value: plan.value,
      culprit: `${plan.frames.at(-1)?.filename ?? plan.service} in ${plan.frames.at(-1)?.function ?? "?"}`,
      platform: "node",
      environment: "production",
      release: `${plan.service}@${shape.version}`,
      traceId: plan.span.traceId,
      spanId: plan.span.spanId,
      ...(plan.account === undefined ? {} : { userId: plan.account }),
      tags: { service: plan.service, ...(plan.order === undefined ? {} : { order_id: plan.order }) },
      frames: plan.frames,
    });
  }

  add(other: StoryBatch): void {
    for (const line of other.lines) this.lines.push(line);
    for (const span of other.spans) this.spans.push(span);
    for (const error of other.errors) this.errors.push(error);
    for (const deploy of other.deploys) this.deploys.push(deploy);
  }
}

/** Milliseconds as nanoseconds. */
export function ms(count: number): bigint {
  return BigInt(Math.round(count * 1_000_000));
}

/** `2026-11-23T15:14:04.510Z`, rounded down to the millisecond. */
export function iso(at: bigint): string {
  return new Date(Number(at / 1_000_000n)).toISOString();
}

export function endOf(span: DemoSpan): bigint {
  return BigInt(span.endNs);
}

function orderAttribute(plan: SpanPlan): Record<string, DemoValue> {
  const name = shapeOf(plan.service).orderAttribute;
  if (plan.order === undefined || name === undefined) return {};
  return { [name]: name === "orderId" ? BigInt(plan.order) : plan.order };
}
