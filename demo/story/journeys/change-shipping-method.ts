/** A support agent changes how an order is shipped: admin-web → order-service → email-worker. */
import type { DemoSpan } from "../../backends/backend";
import { iso, ms, type Scene } from "../scene";
import { dbCall, httpCall } from "./http-call";

export interface ShippingChange {
  readonly at: bigint;
  readonly order: string;
  readonly staffId: string;
  readonly staffEmail: string;
  readonly from: string;
  readonly to: string;
}

/** The trace carries the order but no account, session or request id, so only the order joins it to what follows. */
export function changeShippingMethod(scene: Scene, change: ShippingChange): void {
  const { at, order } = change;
  const page = scene.span({
    service: "admin-web",
    name: "POST /orders/:id/shipping-method",
    kind: "server",
    at,
    tookMs: 1_420,
    order,
    attributes: {
      ...httpCall("POST", "/orders/:id/shipping-method", `/orders/${order}/shipping-method`, 200),
      "enduser.id": change.staffId,
      "enduser.team": "Customer care",
      "shipping.method.from": change.from,
      "shipping.method.to": change.to,
    },
  });
  scene.log({
    service: "admin-web",
    at: at + ms(11),
    line: `Support agent ${change.staffEmail} changed shipping method of order #${order} from ${change.from} to ${change.to}`,
  });
  const call = scene.span({
    service: "admin-web",
    name: "PATCH order-service",
    kind: "client",
    parent: page,
    at: at + ms(960),
    tookMs: 412,
    attributes: { "server.address": "order-service", "http.response.status_code": 200n },
  });
  const saved = saveOrder(scene, change, call);
  sendMail(scene, saved, at + ms(1_510));
}

function saveOrder(scene: Scene, change: ShippingChange, parent: DemoSpan): DemoSpan {
  const { at, order } = change;
  const save = scene.span({
    service: "order-service",
    name: "PATCH /orders/{id}",
    kind: "server",
    parent,
    at: at + ms(1_000),
    tookMs: 341,
    order,
    attributes: httpCall("PATCH", "/orders/{id}", `/orders/${order}`, 200),
  });
  scene.span({
    service: "order-service",
    name: "UPDATE orders",
    kind: "client",
    parent: save,
    at: at + ms(1_040),
    tookMs: 31,
    order,
    attributes: dbCall("postgresql", "orders", "UPDATE orders SET shipping_method = $1, rev = rev + 1 WHERE id = $2"),
  });
  const savedAt = at + ms(1_101);
  scene.log({
    service: "order-service",
    at: savedAt,
    span: save,
    line: `ts=${iso(savedAt)} level=info caller=orders/update.go:118 msg="shipping method updated" order_id=${order} from=${change.from} to=${change.to} rev=7 duration=101ms`,
  });
  return scene.span({
    service: "order-service",
    name: "publish order.updated",
    kind: "producer",
    parent: save,
    at: at + ms(1_210),
    tookMs: 12,
    order,
    attributes: { "messaging.system": "rabbitmq", "messaging.destination.name": "order.updated" },
  });
}

/** The mail worker knows neither order nor account: only the trace leads here. */
function sendMail(scene: Scene, published: DemoSpan, at: bigint): void {
  const mail = scene.span({
    service: "email-worker",
    name: "consume order.updated",
    kind: "consumer",
    parent: published,
    at,
    tookMs: 88,
    attributes: { "messaging.system": "rabbitmq", "messaging.destination.name": "order.updated" },
  });
  scene.log({
    service: "email-worker",
    at: at + ms(80),
    span: mail,
    line: `[mailer] queued template=order_updated message m-${scene.random.hex(6)} for delivery`,
  });
}
