/** Reads that need the orders database: a customer lists orders, a support agent looks one up. Slow databases hit both. */
import type { DemoSpan } from "../../backends/backend";
import { endOf, iso, ms, type Scene } from "../scene";
import { dbCall, httpCall } from "./http-call";

export interface DatabaseCondition {
  readonly tookMs: number;
  /** The statement was cancelled. */
  readonly timedOut: boolean;
}

export interface OrderRead {
  readonly at: bigint;
  readonly order: string;
  readonly database: DatabaseCondition;
}

const TIMEOUT = "canceling statement due to statement timeout";
const FRAMES = [
  { filename: "orders/read.go", function: "ReadOrder", lineno: 74, inApp: true },
  { filename: "orders/db.go", function: "QueryRow", lineno: 31, inApp: true },
];

/** customer-app → storefront-api → order-service → orders database. */
export function listOrders(scene: Scene, read: OrderRead & { readonly account: string }): void {
  const { at, account, database, order } = read;
  const failure = database.timedOut ? { failure: "upstream answered 503" } : {};
  const page = scene.span({
    service: "customer-app",
    name: "GET my orders",
    kind: "client",
    at,
    tookMs: database.tookMs + 74,
    order,
    attributes: { "account.id": account, "session.id": `sess-${scene.random.hex(4)}`, "app.screen": "orders" },
    ...failure,
  });
  const storefront = scene.span({
    service: "storefront-api",
    name: "GET /api/orders/:id",
    kind: "server",
    parent: page,
    at: at + ms(12),
    tookMs: database.tookMs + 48,
    order,
    attributes: {
      ...httpCall("GET", "/api/orders/:id", `/api/orders/${order}`, database.timedOut ? 502 : 200),
      "account.id": account,
    },
    ...failure,
  });
  readOrder(scene, read, storefront);
  scene.log({
    service: "storefront-api",
    at: endOf(storefront) - ms(1),
    span: storefront,
    line: JSON.stringify({
      level: database.timedOut ? "error" : "info",
      msg: database.timedOut ? "upstream order-service answered 503" : "request served",
      path: `/api/orders/${order}`,
      status: database.timedOut ? 502 : 200,
      durationMs: Math.round(database.tookMs + 48),
      requestId: `req-${scene.random.hex(6)}`,
    }),
  });
}

/** admin-web → order-service → orders database. */
export function lookUpOrder(scene: Scene, read: OrderRead & { readonly staffId: string }): void {
  const { at, database, order } = read;
  const page = scene.span({
    service: "admin-web",
    name: "GET /orders/:id",
    kind: "server",
    at,
    tookMs: database.tookMs + 92,
    order,
    attributes: {
      ...httpCall("GET", "/orders/:id", `/orders/${order}`, database.timedOut ? 500 : 200),
      "enduser.id": read.staffId,
    },
    ...(database.timedOut ? { failure: "order-service answered 503" } : {}),
  });
  readOrder(scene, read, page);
  scene.log({
    service: "admin-web",
    at: endOf(page) - ms(1),
    span: page,
    line: database.timedOut
      ? `level=error msg="order page failed" order_id=${order} staff=${read.staffId} status=500 cause="order-service answered 503"`
      : `level=info msg="order page served" order_id=${order} staff=${read.staffId} status=200`,
  });
}

function readOrder(scene: Scene, read: OrderRead, parent: DemoSpan): void {
  const { database, order } = read;
  const at = BigInt(parent.startNs) + ms(18);
  const served = scene.span({
    service: "order-service",
    name: "GET /orders/{id}",
    kind: "server",
    parent,
    at,
    tookMs: database.tookMs + 14,
    order,
    attributes: httpCall("GET", "/orders/{id}", `/orders/${order}`, database.timedOut ? 503 : 200),
    ...(database.timedOut ? { failure: "DatabaseTimeout" } : {}),
  });
  const queried = scene.span({
    service: "order-service",
    name: "SELECT orders",
    kind: "client",
    parent: served,
    at: at + ms(6),
    tookMs: database.tookMs,
    order,
    attributes: dbCall("postgresql", "orders", "SELECT * FROM orders WHERE id = $1"),
    ...(database.timedOut ? { failure: TIMEOUT } : {}),
    ...(database.timedOut ? { events: [exceptionAt(at + ms(6 + database.tookMs))] } : {}),
  });
  if (database.tookMs > 1_000) logSlow(scene, read, queried);
}

function logSlow(scene: Scene, read: OrderRead, queried: DemoSpan): void {
  const at = endOf(queried) + ms(1);
  const took = `${Math.round(read.database.tookMs)}ms`;
  scene.log({
    service: "order-service",
    at,
    span: queried,
    line: read.database.timedOut
      ? `ts=${iso(at)} level=error caller=orders/read.go:74 msg="order could not be read" order_id=${read.order} err="${TIMEOUT}" duration=${took}`
      : `ts=${iso(at)} level=warn caller=orders/db.go:31 msg="slow query" order_id=${read.order} duration=${took} pool="20 of 20 in use"`,
  });
  if (!read.database.timedOut) return;
  scene.error({
    service: "order-service",
    at: endOf(queried),
    type: "DatabaseTimeout",
    value: TIMEOUT,
    span: queried,
    order: read.order,
    frames: FRAMES,
  });
}

function exceptionAt(at: bigint): NonNullable<DemoSpan["events"]>[number] {
  return {
    atNs: at.toString(),
    name: "exception",
    attributes: { "exception.type": "DatabaseTimeout", "exception.message": TIMEOUT },
  };
}
