/** The customer pays: shop → order service → billing, which puts the charge in a queue. All of it goes well. */
import type { PlantedSpan } from "../estate";
import { call, openPage, type Scene } from "../scene";

export function enqueueCharge(scene: Scene, at: number): PlantedSpan {
  const { estate } = scene;
  const [shopService, billing] = [scene.service("storefront-api"), scene.service("billing-api")];
  const { shop } = openPage(scene, "POST checkout", ["POST", "/api/payments"], { at, ms: 300 });
  estate.line(shopService, `payment passed on ${scene.prose(shopService)}`, at + 280, { in: shop });
  const { server } = call(scene, shop, billing, ["POST", "/charges"], {
    at: at + 20,
    ms: 240,
    status: 202,
    calleeAttributes: scene.tag(billing),
  });
  estate.line(billing, `charge accepted ${scene.prose(billing)} amount=49.90`, at + 150, { in: server });
  return estate.span(billing, "enqueue billing.charge", server.traceId, {
    kind: "producer",
    parent: server,
    at: at + 170,
    ms: 6,
    attributes: { "messaging.destination.name": "billing.charge" },
  });
}
