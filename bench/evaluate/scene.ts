/** The stage of one incident: its services with the names they go by, its ids, and how each service writes ids. */
import type { CatalogService } from "@/lib/domain/service-catalog";
import type { Attributes } from "@/lib/domain/timeline-event";
import type { z } from "zod";
import { Estate, type PlantedSpan, type Service, type SpanOptions } from "./estate";
import type { Random } from "./random";

/** Service → other names that parts of its telemetry use. */
const DRIFT = {
  "customer-app": [],
  "storefront-api": ["storefront", "shop-frontend"],
  "status-api": ["statusapi-v2", "order-status"],
  "order-service": ["orders-svc", "oms"],
  "billing-api": ["bill-api", "payments"],
  "billing-worker": ["charge-worker"],
  "payment-gateway": ["pgw", "psp-bridge"],
  "email-worker": ["mailer"],
  "admin-web": ["backoffice"],
  approvals: ["risk-approvals"],
  "nightly-import": ["nightly-import-cron"],
  "identity-service": ["auth", "login-svc"],
} as const satisfies Record<string, readonly string[]>;
export type ServiceName = keyof typeof DRIFT;

const INTERNAL: ReadonlySet<string> = new Set(["admin-web", "approvals", "nightly-import"]);
const MAX_SKEW_MS = [0, 40, 2_000, 45_000, 300_000] as const;
const MINUTE = 60_000;

export interface Scene {
  readonly estate: Estate;
  readonly random: Random;
  /** When the story begins, milliseconds after the start of the window. */
  readonly at: number;
  readonly order: string;
  readonly account: string;
  /** True when too little of the story is kept to say what broke. */
  readonly short: boolean;
  /** 0 to 7: picks the telling of the story. */
  readonly variant: number;
  readonly catalog: readonly z.input<typeof CatalogService>[];
  service(name: ServiceName): Service;
  /** Every name under which a reader may see the service. */
  namesOf(name: ServiceName): string[];
  /** Another customer's order in the same form. */
  otherOrder(): string;
  /** The id in prose, spelled as this service spells it. */
  prose(service: Service, order?: string): string;
  /** The id as an attribute, spelled as this service spells it. */
  tag(service: Service, order?: string): Attributes;
}

export function setScene(random: Random, startMs: number, variant: number, short: boolean): Scene {
  const estate = new Estate(random, startMs, random.pick(MAX_SKEW_MS));
  const { services, catalog, names } = castServices(random);
  const form = random.pick(ORDER_FORMS);
  const order = form(random);
  const styles = new Map<string, { prose: (id: string) => string; attribute: string }>();
  const styleOf = (service: Service) => {
    const style = styles.get(service.name) ?? { prose: random.pick(PROSE), attribute: random.pick(ATTRIBUTES) };
    styles.set(service.name, style);
    return style;
  };
  return {
    estate,
    random,
    at: random.int(24, 28) * MINUTE + random.int(0, 59_999),
    order,
    account: `acct_${random.int(10_000, 99_999)}`,
    short,
    variant,
    catalog,
    service: (name) => services.get(name) ?? { name },
    namesOf: (name) => names.get(name) ?? [name],
    otherOrder() {
      for (;;) {
        const other = form(random);
        if (other !== order) return other;
      }
    },
    prose: (service, id = order) => styleOf(service).prose(id),
    tag: (service, id = order) => ({ [styleOf(service).attribute]: id }),
  };
}

const ORDER_FORMS: readonly [(random: Random) => string, ...((random: Random) => string)[]] = [
  (random) => String(random.int(40_000, 59_999)),
  (random) => String(random.int(7_000_000, 7_999_999)),
  (random) => `SO-2026-${String(random.int(1, 999_999)).padStart(7, "0")}`,
  (random) =>
    [8, 4, 4, 4, 12]
      .map((digits) => random.hex(digits))
      .join("-")
      .replace(/^../, "4a"),
];

/** How log lines of real systems write an order id. */
const PROSE: readonly [(id: string) => string, ...((id: string) => string)[]] = [
  (id) => `order #${id}`,
  (id) => `order ${id}`,
  (id) => `order_id=${id}`,
  (id) => `[OrderId: ${id}]`,
  (id) => `Order Id: ${id}`,
  (id) => `orderId=${id}`,
  (id) => `/api/orders/${id}`,
  (id) => `{"order_id":"${id}"}`,
  (id) => `order no. ${id}`,
  (id) => `(order ${id})`,
];
const ATTRIBUTES: readonly [string, ...string[]] = ["order.id", "order_id", "app.order.id", "orderId", "order.number"];

function castServices(random: Random) {
  const services = new Map<string, Service>();
  const names = new Map<string, string[]>();
  const catalog: z.input<typeof CatalogService>[] = [];
  for (const [name, drift] of Object.entries(DRIFT)) {
    const other: string | undefined = drift[random.int(0, Math.max(0, drift.length - 1))];
    const drifts = other !== undefined && random.chance(0.5);
    const where = random.pick(["log", "span", "error", "alert"] as const);
    const internal = INTERNAL.has(name);
    services.set(name, { name, ...(internal && { internal }), ...(drifts && { spelled: { [where]: other } }) });
    // Half of the drifted names were never written down, and one service in twelve is in no catalogue at all.
    const declared = drifts && random.chance(0.5);
    names.set(name, drifts && !declared && other !== undefined ? [name, other] : [name]);
    if (random.chance(1 / 12)) continue;
    const aliases = declared && other !== undefined ? [other] : [];
    // The display name is the name, so that answers can be compared with the truth.
    catalog.push({ name, displayName: name, aliases, audience: internal ? "internal" : "product" });
  }
  for (const { name } of services.values()) {
    const listed = catalog.some((entry) => entry.name === name);
    const spelled = Object.values(services.get(name)?.spelled ?? {});
    if (!listed) names.set(name, [name, ...spelled]);
  }
  return { services, catalog, names };
}

export interface CallOptions extends Omit<SpanOptions, "kind" | "parent"> {
  readonly status?: number;
  /** The called side kept no span. */
  readonly calleeLost?: boolean;
  readonly callerAttributes?: Attributes;
  readonly calleeAttributes?: Attributes;
}

/** One call between two services: the caller's client span and the callee's server span inside it. */
export function call(
  scene: Scene,
  parent: PlantedSpan,
  to: Service,
  [method, route]: readonly [method: string, route: string],
  options: CallOptions,
): { client: PlantedSpan; server: PlantedSpan } {
  const { status, calleeLost, callerAttributes, calleeAttributes, ...rest } = options;
  const code = { "http.response.status_code": status ?? (options.failed === undefined ? 200 : 500) };
  const client = scene.estate.span(parent.service, `${method} ${to.name}`, parent.traceId, {
    ...rest,
    kind: "client",
    parent,
    // A client counts every 4xx as its own failure, as the HTTP conventions say.
    ...(rest.refused && { failed: "" }),
    attributes: { "http.request.method": method, "server.address": to.name, ...code, ...callerAttributes },
  });
  const server = scene.estate.span(to, `${method} ${route}`, parent.traceId, {
    ...rest,
    at: options.at + 2,
    ms: Math.max(1, options.ms - 4),
    kind: "server",
    parent: client,
    lost: calleeLost ?? options.lost ?? false,
    attributes: { "http.request.method": method, "http.route": route, ...code, ...calleeAttributes },
  });
  return { client, server };
}

/** A request of the customer's app as far as the shop's server span. */
export function openPage(
  scene: Scene,
  name: string,
  [method, route]: readonly [method: string, route: string],
  options: CallOptions & { readonly traceId?: string },
): { app: PlantedSpan; shop: PlantedSpan } {
  const { traceId, ...rest } = options;
  const app = scene.estate.span(scene.service("customer-app"), name, traceId ?? scene.estate.trace(), {
    ...rest,
    at: options.at - 30,
    ms: options.ms + 60,
    kind: "internal",
    attributes: {},
  });
  const { server } = call(scene, app, scene.service("storefront-api"), [method, route], rest);
  return { app, shop: server };
}
