/**
 * What else the backends hold in that hour: the healthy life of the asked order, other customers, numbers that look like
 * the id, unrelated failures, a batch over hundreds of orders, deploys and alerts of services that have no part in it.
 */
import type { PlantedSpan } from "./estate";
import { call, openPage, type Scene } from "./scene";

const MINUTE = 60_000;

export function addSurroundings(scene: Scene): void {
  addHealthyLife(scene);
  addOtherCustomers(scene);
  addLookalikes(scene);
  addUnrelatedFailures(scene);
  if (scene.variant === 1 || scene.variant === 4) addMessageBatch(scene);
  else addBatch(scene);
  addUnrelatedChanges(scene);
}

/** The asked order was placed twenty minutes before; a retry on the way recovered. */
function addHealthyLife(scene: Scene): void {
  const { estate } = scene;
  const at = scene.at - 20 * MINUTE;
  const lost = scene.random.chance(0.25);
  const [shopService, orders] = [scene.service("storefront-api"), scene.service("order-service")];
  const { shop } = openPage(scene, "POST checkout", ["POST", "/api/checkout"], { at, ms: 420, lost });
  const { server } = call(scene, shop, orders, ["POST", "/orders"], {
    at: at + 20,
    ms: 380,
    lost,
    calleeAttributes: scene.tag(orders),
  });
  estate.line(shopService, `checkout accepted ${scene.prose(shopService)}`, at + 400, { in: shop });
  estate.line(orders, `created ${scene.prose(orders)} items=3`, at + 90, { in: server });
  // No id of its own: only the trace leads to it.
  estate.line(orders, "inventory reserved in 41 ms", at + 300, { in: server, level: "debug" });
  if (scene.random.chance(0.7)) addRecoveredRetry(scene, server, at + 120, lost);
}

function addRecoveredRetry(scene: Scene, parent: PlantedSpan, at: number, lost: boolean): void {
  const { estate } = scene;
  const attempt = (n: number, failed: boolean) =>
    estate.span(parent.service, "POST inventory reserve", parent.traceId, {
      kind: "client",
      parent,
      at: at + n * 60,
      ms: 40,
      lost,
      attributes: { "http.request.resend_count": n, "server.address": "inventory", "http.request.method": "POST" },
      ...(failed && { failed: "read ECONNRESET" }),
    });
  const first = attempt(0, true);
  estate.line(parent.service, "inventory call failed: read ECONNRESET, retrying (1/3)", at + 42, {
    in: first,
    level: "warn",
  });
  attempt(1, false);
  estate.line(parent.service, "inventory call succeeded on attempt 2", at + 105, { in: parent });
}

function addOtherCustomers(scene: Scene): void {
  const { estate, random } = scene;
  const [shopService, orders, status] = [
    scene.service("storefront-api"),
    scene.service("order-service"),
    scene.service("status-api"),
  ];
  for (let n = random.int(10, 18); n > 0; n--) {
    const order = scene.otherOrder();
    const at = random.int(5, 55) * MINUTE + random.int(0, 59_000);
    const options = { at, ms: 90, belongs: "foreign" } as const;
    const { shop } = openPage(scene, "GET order status", ["GET", "/api/orders/:id/status"], options);
    const { server } = call(scene, shop, n % 2 === 0 ? orders : status, ["GET", "/orders/{id}"], {
      ...options,
      at: at + 5,
      ms: 70,
      calleeAttributes: scene.tag(orders, order),
    });
    estate.line(shopService, `request served ${scene.prose(shopService, order)} in 91 ms`, at + 91, {
      in: shop,
      belongs: "foreign",
    });
    estate.line(orders, `read ${scene.prose(orders, order)}`, at + 30, { in: server, belongs: "foreign" });
  }
}

/** The digits of the asked id where they mean something else. */
function addLookalikes(scene: Scene): void {
  const { estate, order, random } = scene;
  const at = () => scene.at + random.int(-15 * MINUTE, 10 * MINUTE);
  const [orders, billing] = [scene.service("order-service"), scene.service("billing-api")];
  const foreign = { belongs: "foreign" } as const;
  const stray = { belongs: "stray" } as const;
  const others = scene.otherOrder();
  estate.line(billing, `refund failed for order 1${order} amount=12.90`, at(), { ...foreign, level: "error" });
  estate.line(orders, `split shipment order ${order}9 created`, at(), foreign);
  // A letter-and-digit id does not turn up as a number of bytes.
  if (/^\d+$/.test(order)) {
    estate.line(orders, `saved ${scene.prose(orders, others)} payload of ${order} bytes`, at(), foreign);
    estate.line(billing, `invoice total=${order} for ${scene.prose(billing, others)}`, at(), foreign);
    estate.line(orders, `gc pause, heap offset ${order}`, at(), stray);
    estate.line(billing, `charge declined for account ${order} code=51`, at(), { ...foreign, level: "error" });
    estate.line(orders, `connection from 10.0.3.7:${order} reset`, at(), { ...stray, level: "warn" });
    estate.span(billing, "POST /charges", estate.trace(), {
      kind: "server",
      at: at(),
      ms: 30,
      attributes: { "invoice.total": order, ...scene.tag(billing, others) },
      belongs: "foreign",
    });
  }
}

/** Earlier errors in the same services that have nothing to do with the asked order. */
function addUnrelatedFailures(scene: Scene): void {
  const { estate, random } = scene;
  for (const name of ["order-service", "status-api", "billing-api", "storefront-api"] as const) {
    const service = scene.service(name);
    const at = scene.at - random.int(2, 14) * MINUTE;
    const text = "cache refresh failed: connection refused (redis:6379)";
    estate.line(service, text, at, { level: "error", belongs: "stray" });
    if (random.chance(0.5)) continue;
    const order = scene.otherOrder();
    const span = estate.span(service, "GET /internal/refresh", estate.trace(), {
      kind: "server",
      at,
      ms: 800,
      failed: "refresh failed",
      attributes: scene.tag(service, order),
      belongs: "foreign",
    });
    estate.line(service, `could not refresh ${scene.prose(service, order)}`, at + 700, {
      in: span,
      level: "error",
      belongs: "foreign",
    });
    estate.sentry(service, "RefreshError", `could not refresh ${scene.prose(service, order)}`, at + 700, {
      in: span,
      belongs: "foreign",
    });
  }
}

/** One trace over some hundred orders. The asked one went through well; a few of the others did not. */
function addBatch(scene: Scene): void {
  const { estate, random } = scene;
  const [exporter, orders] = [scene.service("nightly-import"), scene.service("order-service")];
  const traceId = estate.trace();
  const at = scene.at - 12 * MINUTE;
  const count = random.int(120, 260);
  const root = estate.span(exporter, "export invoices", traceId, { at, ms: count * 400, belongs: "member" });
  estate.line(exporter, `export of ${count} invoices started`, at + 5, { in: root, belongs: "shared" });
  const asked = random.int(0, count - 1);
  for (let n = 0; n < count; n++) {
    const order = n === asked ? scene.order : scene.otherOrder();
    const belongs = n === asked ? "member" : "foreign";
    const failed = n !== asked && random.chance(0.03) ? { failed: "invoice template missing" } : {};
    const item = estate.span(exporter, "export invoice", traceId, {
      parent: root,
      at: at + 20 + n * 390,
      ms: 300,
      attributes: scene.tag(exporter, order),
      belongs,
      ...failed,
    });
    const { server } = call(scene, item, orders, ["GET", "/orders/{id}"], { at: at + 30 + n * 390, ms: 90, belongs });
    if (n % 5 === 0 || n === asked) {
      estate.line(orders, `invoice data read for ${scene.prose(orders, order)}`, at + 60 + n * 390, {
        in: server,
        belongs,
      });
    }
  }
  const others = [scene.otherOrder(), scene.otherOrder(), scene.otherOrder()];
  estate.line(exporter, `will retry orders: ${others.map((id) => `order ${id}`).join(", ")}`, at + count * 395, {
    in: root,
    level: "warn",
    belongs: "foreign",
  });
}

/** One consumer takes many messages at once: its span links to the traces of all who sent them. */
function addMessageBatch(scene: Scene): void {
  const { estate, random } = scene;
  const [orders, mail] = [scene.service("order-service"), scene.service("email-worker")];
  const at = scene.at - 11 * MINUTE;
  const count = random.int(30, 60);
  const asked = random.int(0, count - 1);
  const messages = Array.from({ length: count }, (_, n) => {
    const order = n === asked ? scene.order : scene.otherOrder();
    const belongs = n === asked ? ("member" as const) : ("foreign" as const);
    const publish = estate.span(orders, "publish digest.requested", estate.trace(), {
      kind: "producer",
      at: at + n * 200,
      ms: 3,
      attributes: scene.tag(orders, order),
      belongs,
    });
    return { order, belongs, publish };
  });
  const batch = estate.span(mail, "process digest.requested", estate.trace(), {
    kind: "consumer",
    at: at + 20_000,
    ms: count * 20,
    links: messages.map(({ publish }) => publish),
  });
  for (const [n, { order, belongs }] of messages.entries()) {
    const render = estate.span(mail, "render digest", batch.traceId, {
      parent: batch,
      at: at + 20_005 + n * 20,
      ms: 15,
      belongs,
    });
    const text = `digest rendered ${scene.prose(mail, order)}`;
    estate.line(mail, text, at + 20_015 + n * 20, { in: render, belongs });
  }
}

function addUnrelatedChanges(scene: Scene): void {
  const { estate, random } = scene;
  estate.deploy({ name: "catalog-search" }, `1.${random.int(10, 99)}.0`, scene.at - 2 * MINUTE);
  estate.alert({ name: "catalog-search" }, "CatalogSearchLatency", scene.at - MINUTE);
  if (random.chance(0.4)) estate.deploy(scene.service("email-worker"), "3.2.1", scene.at - 40_000);
}
