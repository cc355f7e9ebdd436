/** A customer opens the page of an order: customer-app → storefront-api → status-api. Healthy, or with a schema error. */
import type { DemoSpan } from "../../backends/backend";
import { iso, ms, type Scene } from "../scene";
import { dbCall, httpCall } from "./http-call";

export interface StatusView {
  readonly at: bigint;
  readonly order: string;
  readonly account: string;
  /** The value that status-api's schema does not know; absent for a healthy page. */
  readonly unknownShippingMethod?: string;
}

const FRAMES = [
  { filename: "src/server/router.ts", function: "handleStatus", lineno: 88, inApp: true },
  { filename: "node_modules/zod/v4/core/parse.js", function: "_parse", lineno: 14, inApp: false },
  { filename: "src/status/decode-order.ts", function: "decodeOrder", lineno: 41, inApp: true },
];

export function viewOrderStatus(scene: Scene, view: StatusView): void {
  const failed = view.unknownShippingMethod !== undefined;
  const pace = scene.random.between(0.7, 1.6);
  const { order, at } = view;
  const session = `sess-${scene.random.hex(4)}`;
  const page = scene.span({
    service: "customer-app",
    name: "GET order status",
    kind: "client",
    at,
    tookMs: 120 * pace,
    order,
    attributes: {
      "account.id": view.account,
      "session.id": session,
      "app.screen": "order-status",
    },
    ...(failed ? { failure: "the order page could not be shown" } : {}),
  });
  const storefront = scene.span({
    service: "storefront-api",
    name: "GET /api/orders/:id/status",
    kind: "server",
    parent: page,
    at: at + ms(9 * pace),
    tookMs: 98 * pace,
    order,
    attributes: {
      ...httpCall("GET", "/api/orders/:id/status", `/api/orders/${order}/status`, failed ? 502 : 200),
      "account.id": view.account,
    },
    ...(failed ? { failure: "upstream answered 500" } : {}),
  });
  const status = readStatus(scene, view, storefront, pace);
  logPage(scene, view, { page, storefront, status, session });
}

function readStatus(scene: Scene, view: StatusView, storefront: DemoSpan, pace: number): DemoSpan {
  const { order, at } = view;
  const failed = view.unknownShippingMethod !== undefined;
  const call = scene.span({
    service: "storefront-api",
    name: "GET status-api",
    kind: "client",
    parent: storefront,
    at: at + ms(11 * pace),
    tookMs: 93 * pace,
    attributes: { "server.address": "status-api", "http.response.status_code": failed ? 500n : 200n },
    ...(failed ? { failure: "500" } : {}),
  });
  const status = scene.span({
    service: "status-api",
    name: "GET /status/{orderId}",
    kind: "server",
    parent: call,
    at: at + ms(13 * pace),
    tookMs: 88 * pace,
    order,
    attributes: httpCall("GET", "/status/{orderId}", `/status/${order}`, failed ? 500 : 200),
    ...(failed ? { failure: "SchemaError" } : {}),
  });
  scene.span({
    service: "status-api",
    name: "SELECT order_status",
    kind: "client",
    parent: status,
    at: at + ms(20 * pace),
    tookMs: 18 * pace,
    attributes: dbCall("postgresql", "status", "SELECT document FROM order_status WHERE order_id = $1"),
  });
  return decode(scene, view, status, at + ms(42 * pace), 40 * pace);
}

function decode(scene: Scene, view: StatusView, status: DemoSpan, at: bigint, tookMs: number): DemoSpan {
  const base = { service: "status-api", name: "decode order document", parent: status, at, order: view.order } as const;
  if (view.unknownShippingMethod === undefined) {
    scene.span({ ...base, tookMs: 6, attributes: { "schema.id": "order/7" } });
    return status;
  }
  const message = `field shippingMethod: unknown value "${view.unknownShippingMethod}"`;
  const thrownAt = at + ms(4);
  const span = scene.span({
    ...base,
    tookMs,
    failure: "SchemaError",
    attributes: { "schema.id": "order/7", "schema.field": "shippingMethod" },
    events: [
      {
        atNs: thrownAt.toString(),
        name: "exception",
        attributes: {
          "exception.type": "SchemaError",
          "exception.message": message,
          "exception.stacktrace": `SchemaError: ${message}\n    at decodeOrder (src/status/decode-order.ts:41:11)\n    at handleStatus (src/server/router.ts:88:5)`,
        },
      },
    ],
  });
  logSchemaError(scene, view, span, thrownAt, message);
  return status;
}

function logSchemaError(scene: Scene, view: StatusView, span: DemoSpan, thrownAt: bigint, message: string): void {
  const loggedAt = thrownAt + ms(1);
  scene.log({
    service: "status-api",
    at: loggedAt,
    line: JSON.stringify({
      time: iso(loggedAt),
      level: "ERROR",
      logger: "shop.status.Decoder",
      msg: "order document does not match the schema",
      orderId: Number(view.order),
      traceId: span.traceId,
      spanId: span.spanId,
      schema: { expected: "order/7", field: "shippingMethod" },
      error: { type: "SchemaError", message },
    }),
  });
  scene.error({
    service: "status-api",
    at: thrownAt,
    type: "SchemaError",
    value: message,
    span,
    order: view.order,
    account: view.account,
    frames: FRAMES,
  });
}

interface PageParts {
  readonly page: DemoSpan;
  readonly storefront: DemoSpan;
  readonly status: DemoSpan;
  readonly session: string;
}

function logPage(scene: Scene, view: StatusView, parts: PageParts): void {
  const failed = view.unknownShippingMethod !== undefined;
  scene.log({
    service: "storefront-api",
    at: BigInt(parts.storefront.endNs) - ms(1),
    span: parts.storefront,
    line: JSON.stringify({
      level: failed ? "warn" : "info",
      msg: failed ? "upstream status-api answered 500" : "request served",
      path: `/api/orders/${view.order}/status`,
      status: failed ? 502 : 200,
      durationMs: Math.round(Number(BigInt(parts.storefront.endNs) - BigInt(parts.storefront.startNs)) / 1e6),
      requestId: `req-${scene.random.hex(6)}`,
    }),
  });
  if (!failed) return;
  scene.log({
    service: "customer-app",
    at: BigInt(parts.page.endNs) + ms(8),
    line: "Order page could not be shown",
    metadata: {
      order_id: view.order,
      account_id: view.account,
      session_id: parts.session,
      screen: "order-status",
      severity_text: "ERROR",
    },
  });
}
