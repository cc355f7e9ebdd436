/** A new version of the order service throws where the old one did not. */
import { call, openPage, type Scene } from "../scene";
import type { ToldStory } from "../told-story";
import { edgeLineOnly, endsAtCall } from "./edge-only";

const STORY = "order-service 2.15.0 fails where 2.14.0 worked.";

export function badDeploy(scene: Scene): ToldStory {
  const { estate, at } = scene;
  const [shopService, orders] = [scene.service("storefront-api"), scene.service("order-service")];
  if (scene.short) {
    return scene.variant === 6
      ? edgeLineOnly(scene, at, "order could not be shown:", STORY)
      : endsAtCall(scene, at, "order-service", STORY);
  }

  estate.deploy(orders, "2.15.0", at - scene.random.int(60_000, 240_000));
  estate.alert(orders, "OrderServiceErrors", at + 60_000);
  const failed = "";
  const page = openPage(scene, "GET my order", ["GET", "/api/orders/:id"], { at, ms: 130, failed, status: 502 });
  const { client, server } = call(scene, page.shop, orders, ["GET", "/orders/{id}"], {
    at: at + 10,
    ms: 100,
    failed,
    status: 500,
    calleeAttributes: { "service.version": "2.15.0", ...(scene.variant % 2 === 0 && scene.tag(orders)) },
  });
  estate.span(orders, "SELECT orders", server.traceId, { kind: "client", parent: server, at: at + 18, ms: 6 });
  const message = "Cannot read properties of undefined (reading 'currency')";
  const price = estate.span(orders, "price order", server.traceId, {
    parent: server,
    at: at + 40,
    ms: 6,
    failed: message,
  });
  const exception = estate.exception(price, at + 45, "TypeError", message);
  const line = estate.line(orders, `TypeError: ${message} ${scene.prose(orders)}`, at + 50, {
    in: server,
    level: "error",
  });
  const crash = estate.sentry(orders, "TypeError", message, at + 47, {
    in: price,
    attributes: { release: "order-service@2.15.0", ...(scene.variant % 3 === 0 && { "tag.order_id": scene.order }) },
  });
  const text = `upstream order-service answered 500 ${scene.prose(shopService)}`;
  const upstream = estate.line(shopService, text, at + 120, { in: page.shop, level: "error" });
  const records = [server.id, price.id, exception, line, crash];
  return {
    broke: { service: "order-service", records },
    firstSymptom: [page.app.id, page.shop.id, client.id, upstream, ...records],
    failing: page.app,
    story: STORY,
  };
}
