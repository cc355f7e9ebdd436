/** A report holds the orders database; the customer's page and the support agent's page both run into its timeout. */
import type { PlantedSpan } from "../estate";
import { call, openPage, type Scene } from "../scene";
import type { ToldStory } from "../told-story";
import { edgeLineOnly, endsAtCall } from "./edge-only";

const STORY = "A report nobody's id leads to slowed the orders database; order-service timed out for both sides.";

export function slowDatabase(scene: Scene): ToldStory {
  const { estate, at } = scene;
  const [admin, orders, shopService] = [
    scene.service("admin-web"),
    scene.service("order-service"),
    scene.service("storefront-api"),
  ];
  const report = estate.span(admin, "POST /reports/carrier-costs", estate.trace(), {
    kind: "server",
    at: at - 60_000,
    ms: 300_000,
    belongs: "stray",
  });
  estate.line(admin, "report query still running after 60 s", at, { in: report, level: "warn", belongs: "stray" });
  estate.line(orders, "slow query 5000 ms: SELECT orders JOIN shipments", at, { level: "warn", belongs: "stray" });
  if (scene.short) {
    return scene.variant === 6
      ? edgeLineOnly(scene, at, "page timed out for", STORY)
      : endsAtCall(scene, at, "order-service", STORY);
  }

  estate.alert(orders, "OrderServiceSlow", at + 100_000);
  const failed = "context deadline exceeded";
  const page = openPage(scene, "GET my order", ["GET", "/api/orders/:id"], { at, ms: 5_200, failed: "", status: 504 });
  const customer = readOrder(scene, page.shop, at + 40);
  const text = `upstream order-service timed out ${scene.prose(shopService)}`;
  const upstream = estate.line(shopService, text, at + 5_150, { in: page.shop, level: "error" });
  const later = at + scene.random.int(8_000, 50_000);
  const web = estate.span(admin, "GET /orders/:id", estate.trace(), {
    kind: "server",
    at: later,
    ms: 5_300,
    failed,
    attributes: { ...scene.tag(admin), "enduser.id": "k.moss" },
  });
  const staff = readOrder(scene, web, later + 40);
  estate.line(admin, `order page failed ${scene.prose(admin)}`, later + 5_250, { in: web, level: "error" });
  return {
    broke: { service: "order-service", beyond: "postgresql", records: [...customer.records, ...staff.records] },
    firstSymptom: [page.app.id, page.shop.id, customer.client, upstream, ...customer.records],
    failing: page.app,
    story: STORY,
  };
}

/** Customer and staff reach the same statement and the same timeout. */
function readOrder(scene: Scene, caller: PlantedSpan, at: number): { client: string; records: string[] } {
  const { estate } = scene;
  const orders = scene.service("order-service");
  const { client, server } = call(scene, caller, orders, ["GET", "/orders/{id}"], {
    at,
    ms: 5_080,
    failed: "",
    status: 500,
    calleeAttributes: scene.tag(orders),
  });
  const message = "canceling statement due to statement timeout";
  const select = estate.span(orders, "SELECT orders", server.traceId, {
    kind: "client",
    parent: server,
    at: at + 20,
    ms: 5_000,
    failed: message,
    attributes: { "db.system.name": "postgresql", "db.operation.name": "SELECT" },
  });
  const exception = estate.exception(select, at + 5_020, "DatabaseTimeout", message);
  const line = estate.line(orders, `DatabaseTimeout: ${message} ${scene.prose(orders)}`, at + 5_030, {
    in: server,
    level: "error",
  });
  return { client: client.id, records: [server.id, select.id, exception, line] };
}
