/**
 * A customer pays. Four traces: the checkout, the worker that charges later (linked to the checkout), the mail (linked to
 * the worker), and the customer looking whether it went through. The internal approvals tool may reject the charge.
 */
import type { DemoSpan } from "../../backends/backend";
import { endOf, iso, ms, type Scene } from "../scene";
import { chargeLater } from "./charge-later";
import type { Checkout } from "./checkout";
import { httpCall } from "./http-call";

export function checkOut(scene: Scene, checkout: Checkout): void {
  const enqueued = acceptCheckout(scene, checkout);
  const charged = chargeLater(scene, checkout, enqueued, endOf(enqueued) + ms(checkout.queueMs));
  sendReceipt(scene, checkout, charged);
  lookAtPayment(scene, checkout);
}

function acceptCheckout(scene: Scene, checkout: Checkout): DemoSpan {
  const { at, order, account } = checkout;
  const who = { "account.id": account };
  const page = scene.span({
    service: "customer-app",
    name: "POST checkout",
    kind: "client",
    at,
    tookMs: 702,
    order,
    attributes: { ...who, "session.id": `sess-${scene.random.hex(4)}`, "app.screen": "checkout" },
  });
  const storefront = scene.span({
    service: "storefront-api",
    name: "POST /api/checkout",
    kind: "server",
    parent: page,
    at: at + ms(40),
    tookMs: 630,
    order,
    attributes: { ...httpCall("POST", "/api/checkout", "/api/checkout", 202), ...who },
  });
  scene.span({
    service: "order-service",
    name: "POST /orders",
    kind: "server",
    parent: storefront,
    at: at + ms(90),
    tookMs: scene.random.between(90, 210),
    order,
    attributes: httpCall("POST", "/orders", "/orders", 201),
  });
  const charge = scene.span({
    service: "billing-api",
    name: "POST /charges",
    kind: "server",
    parent: storefront,
    at: at + ms(330),
    tookMs: 290,
    order,
    attributes: { ...httpCall("POST", "/charges", "/charges", 202), ...who },
  });
  logAccepted(scene, checkout, storefront, charge);
  return scene.span({
    service: "billing-api",
    name: "enqueue billing.charge",
    kind: "producer",
    parent: charge,
    at: at + ms(560),
    tookMs: 21,
    order,
    attributes: { "messaging.destination.name": "billing.charge", "messaging.message.id": `chg-${order}-1` },
  });
}

function logAccepted(scene: Scene, checkout: Checkout, storefront: DemoSpan, charge: DemoSpan): void {
  const { order, account } = checkout;
  scene.log({
    service: "billing-api",
    at: endOf(charge) - ms(30),
    span: charge,
    line: JSON.stringify({
      severity: "INFO",
      message: "charge accepted, queued",
      order_id: order,
      account_id: account,
      message_id: `chg-${order}-1`,
    }),
  });
  scene.log({
    service: "storefront-api",
    at: endOf(storefront) - ms(30),
    span: storefront,
    line: JSON.stringify({
      level: "info",
      msg: "checkout accepted",
      order: { id: Number(order), total: checkout.total },
      account,
      status: 202,
      requestId: `req-${scene.random.hex(6)}`,
    }),
  });
}

/** The mail's span carries neither order nor account; a span link leads to the worker. */
function sendReceipt(scene: Scene, checkout: Checkout, charged: DemoSpan): void {
  const template = checkout.rejectedBy === undefined ? "payment_received" : "payment_failed";
  const mail = scene.span({
    service: "email-worker",
    name: `send ${template}`,
    kind: "consumer",
    at: endOf(charged) + ms(690),
    tookMs: 410,
    attributes: { "messaging.destination.name": "mail.outbound" },
    links: [charged],
  });
  scene.log({
    service: "email-worker",
    at: endOf(mail) - ms(10),
    span: mail,
    line: `[mailer] sent template=${template} to account ${checkout.account} message m-${scene.random.hex(6)}`,
  });
}

function lookAtPayment(scene: Scene, checkout: Checkout): void {
  const { order, account } = checkout;
  const at = checkout.at + ms(checkout.looksAfterMs);
  const page = scene.span({
    service: "customer-app",
    name: "GET payment status",
    kind: "client",
    at,
    tookMs: 300,
    order,
    attributes: { "account.id": account, "app.screen": "payment" },
  });
  const storefront = scene.span({
    service: "storefront-api",
    name: "GET /api/payments/:order",
    kind: "server",
    parent: page,
    at: at + ms(30),
    tookMs: 240,
    order,
    attributes: httpCall("GET", "/api/payments/:order", `/api/payments/${order}`, 200),
  });
  scene.span({
    service: "billing-api",
    name: "GET /charges/{order}",
    kind: "server",
    parent: storefront,
    at: at + ms(80),
    tookMs: 120,
    order,
    attributes: {
      ...httpCall("GET", "/charges/{order}", `/charges/${order}`, 200),
      "payment.state": checkout.rejectedBy === undefined ? "captured" : "rejected",
    },
  });
  scene.log({
    service: "storefront-api",
    at: endOf(storefront) - ms(2),
    span: storefront,
    line: `time=${iso(endOf(storefront))} level=info msg="payment page served" order=${order} state=${checkout.rejectedBy === undefined ? "captured" : "rejected"}`,
  });
}
