/**
 * How each service of the shop spells its name, its environment and the order number. The differences are the point:
 * real estates drift, and the timeline has to join them all the same.
 */
export interface ServiceShape {
  /** `service.name` in traces. */
  readonly inTraces: string;
  /** `service_name` in logs. */
  readonly inLogs: string;
  /** `service` in metrics; undefined when the service exposes none. */
  readonly inMetrics?: string;
  /** Key and value of the environment in traces, logs and metrics. */
  readonly traceEnvironment: readonly [string, string];
  readonly logEnvironment: readonly [string, string];
  readonly metricEnvironment: string;
  /** Attribute of a span that holds the order number; undefined when spans carry none. */
  readonly orderAttribute?: "order.id" | "orderId" | "app.order.id";
  /** Which of the two Loki servers keeps its lines. */
  readonly loki: "product" | "internal";
  readonly version: string;
  readonly host: string;
}

const NAMED = "deployment.environment.name";
const OLD = "deployment.environment";

export const SERVICES = {
  "customer-app": {
    inTraces: "customer-app",
    inLogs: "customer-app",
    traceEnvironment: [NAMED, "production"],
    logEnvironment: ["deployment_environment_name", "production"],
    metricEnvironment: "production",
    orderAttribute: "orderId",
    loki: "product",
    version: "5.31.0",
    host: "edge-2",
  },
  "storefront-api": {
    inTraces: "storefront-api",
    inLogs: "storefront-api",
    inMetrics: "storefront-api",
    traceEnvironment: [NAMED, "prod"],
    logEnvironment: ["env", "prod"],
    metricEnvironment: "prod",
    orderAttribute: "order.id",
    loki: "product",
    version: "3.12.4",
    host: "node-p1",
  },
  "order-service": {
    inTraces: "order-service",
    inLogs: "order-service",
    inMetrics: "order-service",
    traceEnvironment: [OLD, "production"],
    logEnvironment: ["environment", "production"],
    metricEnvironment: "production",
    orderAttribute: "order.id",
    loki: "product",
    version: "8.4.0",
    host: "node-p2",
  },
  "status-api": {
    inTraces: "status-api",
    inLogs: "status-api",
    inMetrics: "status-api",
    traceEnvironment: [NAMED, "prod"],
    logEnvironment: ["env", "prod"],
    metricEnvironment: "prod",
    orderAttribute: "order.id",
    loki: "product",
    version: "2.19.0",
    host: "node-p3",
  },
  "billing-api": {
    inTraces: "bill-api",
    inLogs: "billing-api",
    inMetrics: "billing-api",
    traceEnvironment: [NAMED, "prod"],
    logEnvironment: ["env", "prod"],
    metricEnvironment: "prod",
    orderAttribute: "order.id",
    loki: "product",
    version: "1.44.2",
    host: "node-p4",
  },
  "billing-worker": {
    inTraces: "billing-worker",
    inLogs: "billing-worker",
    traceEnvironment: [OLD, "prod"],
    logEnvironment: ["deployment_environment", "prod"],
    metricEnvironment: "prod",
    orderAttribute: "order.id",
    loki: "product",
    version: "1.44.2",
    host: "node-p4",
  },
  "payment-gateway": {
    inTraces: "payment-gateway",
    inLogs: "payment-gateway",
    inMetrics: "payment-gateway",
    traceEnvironment: [OLD, "production"],
    logEnvironment: ["environment", "production"],
    metricEnvironment: "production",
    orderAttribute: "app.order.id",
    loki: "product",
    version: "6.0.9",
    host: "node-p5",
  },
  "email-worker": {
    inTraces: "email-worker",
    inLogs: "email-worker",
    traceEnvironment: [NAMED, "production"],
    logEnvironment: ["environment", "production"],
    metricEnvironment: "production",
    loki: "product",
    version: "0.9.3",
    host: "node-p6",
  },
  "admin-web": {
    inTraces: "admin-web",
    inLogs: "admin-web",
    inMetrics: "admin-web",
    traceEnvironment: [NAMED, "production"],
    logEnvironment: ["env", "production"],
    metricEnvironment: "production",
    orderAttribute: "order.id",
    loki: "internal",
    version: "0.77.0",
    host: "node-i1",
  },
  approvals: {
    inTraces: "approvals",
    inLogs: "approvals",
    inMetrics: "approvals",
    traceEnvironment: [NAMED, "prod"],
    logEnvironment: ["env", "prod"],
    metricEnvironment: "prod",
    orderAttribute: "order.id",
    loki: "internal",
    version: "4.2.1",
    host: "node-i2",
  },
  "nightly-import": {
    inTraces: "nightly-import",
    inLogs: "nightly-import",
    traceEnvironment: [OLD, "production"],
    logEnvironment: ["env", "production"],
    metricEnvironment: "production",
    orderAttribute: "order.id",
    loki: "internal",
    version: "1.8.0",
    host: "node-i3",
  },
} as const satisfies Record<string, ServiceShape>;

export type ServiceName = keyof typeof SERVICES;

export function shapeOf(service: ServiceName): ServiceShape {
  return SERVICES[service];
}

/** Which Loki a line belongs to, by the name it is logged under. */
export function lokiOf(inLogs: string): "product" | "internal" {
  return Object.values(SERVICES).find((shape) => shape.inLogs === inLogs)?.loki ?? "product";
}
