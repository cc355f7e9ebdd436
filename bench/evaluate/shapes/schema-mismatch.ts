/** A support agent sets a value that the reader of the order document does not know; the customer's page fails. */
import { call, openPage, type Scene } from "../scene";
import type { ToldStory } from "../told-story";
import { edgeLineOnly } from "./edge-only";

export function schemaMismatch(scene: Scene): ToldStory {
  const { estate, at } = scene;
  changeByStaff(scene);
  const seen = at + scene.random.int(1_800, 240_000);
  if (scene.short) return edgeLineOnly(scene, seen, "page could not be shown for", "A staff change broke the page.");

  const [shopService, status] = [scene.service("storefront-api"), scene.service("status-api")];
  const page = ["GET", "/api/orders/:id/status"] as const;
  const { app, shop } = openPage(scene, "GET order status", page, { at: seen, ms: 160, failed: "", status: 502 });
  const { client, server } = call(scene, shop, status, ["GET", "/status/{id}"], {
    at: seen + 12,
    ms: 120,
    failed: "",
    status: 500,
  });
  estate.span(status, "SELECT order_status", server.traceId, {
    kind: "client",
    parent: server,
    at: seen + 20,
    ms: 14,
    attributes: { "db.system.name": "postgresql" },
  });
  const message = 'field "shipping_method": unexpected value "express_locker"';
  const decode = estate.span(status, "decode order document", server.traceId, {
    parent: server,
    at: seen + 40,
    ms: 9,
    failed: message,
  });
  const exception = estate.exception(decode, seen + 48, "SchemaError", message);
  // The service writes no order id; only the trace leads here.
  const line = estate.line(status, `SchemaError: ${message}`, seen + 49, { in: decode, level: "error" });
  const records = [server.id, decode.id, exception, line];
  if (scene.variant % 2 === 1) records.push(estate.sentry(status, "SchemaError", message, seen + 49, { in: decode }));
  const text = `upstream status-api answered 500 ${scene.prose(shopService)}`;
  const upstream = estate.line(shopService, text, seen + 140, { in: shop, level: "error" });
  estate.alert(status, "StatusApiErrors", seen + 90_000);
  return {
    broke: { service: "status-api", records },
    firstSymptom: [app.id, shop.id, client.id, upstream, ...records],
    failing: app,
    story: "Staff changed the shipping method; status-api could not decode the new value.",
  };
}

/** Admin panel → order service → message → mail service, which heard it in a trace of its own. */
function changeByStaff(scene: Scene): void {
  const { estate, at } = scene;
  const [admin, orders, mail] = [
    scene.service("admin-web"),
    scene.service("order-service"),
    scene.service("email-worker"),
  ];
  const web = estate.span(admin, "POST /orders/:id/shipping-method", estate.trace(), {
    kind: "server",
    at,
    ms: 240,
    attributes: { ...scene.tag(admin), "enduser.id": "k.moss", "http.request.method": "POST" },
  });
  const change = `agent k.moss changed shipping method of order ${scene.order} from standard to express_locker`;
  estate.line(admin, change, at + 10, { in: web });
  const { server } = call(scene, web, orders, ["PATCH", "/orders/{id}"], { at: at + 20, ms: 180 });
  estate.span(orders, "UPDATE orders", server.traceId, { kind: "client", parent: server, at: at + 40, ms: 20 });
  const publish = estate.span(orders, "publish order.updated", server.traceId, {
    kind: "producer",
    parent: server,
    at: at + 90,
    ms: 4,
  });
  estate.line(orders, `shipping method updated ${scene.prose(orders)}`, at + 120, { in: server });
  const consume = estate.span(mail, "consume order.updated", estate.trace(), {
    kind: "consumer",
    at: at + 400,
    ms: 60,
    links: [publish],
  });
  estate.line(mail, `queued template=order_updated ${scene.prose(mail)}`, at + 430, { in: consume });
}
