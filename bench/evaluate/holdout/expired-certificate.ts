/**
 * The certificate of billing-api ran out: order-service breaks off every handshake, so billing-api never sees a request.
 * Broken is billing-api, and only its caller can say so; the caller works.
 */
import type { PlantedSpan } from "../estate";
import { call, openPage, type Scene } from "../scene";
import { endsAtCall } from "../shapes/edge-only";
import type { ToldStory } from "../told-story";

const STORY = "The certificate of billing-api expired; order-service, which works, refuses to talk to it.";
const MESSAGE = "certificate has expired";

export function expiredCertificate(scene: Scene): ToldStory {
  const { estate, at, variant } = scene;
  const [shopService, orders, billing] = [
    scene.service("storefront-api"),
    scene.service("order-service"),
    scene.service("billing-api"),
  ];
  // What the server knows of it: an address, no request, no id.
  for (const later of [-40_000, 60, 25_000]) {
    const handshake = `TLS handshake error from 10.0.8.14:${scene.random.int(40_000, 60_000)}: remote error: tls: expired certificate`;
    estate.line(billing, handshake, at + later, { level: "warn", belongs: "stray" });
  }
  refuseOthers(scene);
  if (scene.short) return endsAtCall(scene, at, "order-service", STORY);

  if (variant === 4) estate.alert(billing, "CertificateExpired", at - 30_000);
  const failed = "";
  const page = openPage(scene, "POST confirm", ["POST", "/api/orders/:id/confirm"], {
    at,
    ms: 700,
    failed,
    status: 502,
  });
  const confirm = call(scene, page.shop, orders, ["POST", "/orders/{id}/confirm"], {
    at: at + 12,
    ms: 650,
    failed,
    status: 502,
    calleeAttributes: variant === 3 ? {} : scene.tag(orders),
  });
  estate.span(orders, "SELECT orders", confirm.server.traceId, {
    kind: "client",
    parent: confirm.server,
    at: at + 20,
    ms: 9,
    attributes: { "db.system.name": "postgresql" },
  });
  const attempts = Array.from({ length: variant === 3 ? 3 : 1 }, (_, n) =>
    handshake(scene, confirm.server, at + 50 + n * 150, n),
  ).flat();
  const text = `charge could not be requested: ${MESSAGE} (CERT_HAS_EXPIRED) ${scene.prose(orders)}`;
  const line = estate.line(orders, text, at + 600, { in: confirm.server, level: "error" });
  const upstream = estate.line(shopService, `order not confirmed ${scene.prose(shopService)}`, at + 680, {
    in: page.shop,
    level: "error",
  });
  const callers = [page.app, page.shop, confirm.client, confirm.server].map(({ id }) => id);
  return {
    broke: { service: "billing-api", records: [...attempts, line] },
    firstSymptom: [...callers, ...attempts, line, upstream],
    failing: page.app,
    story: STORY,
  };
}

/** One call that ends before a request is sent: no status, no server span. */
function handshake(scene: Scene, parent: PlantedSpan, at: number, n: number): string[] {
  const { estate } = scene;
  const orders = parent.service;
  const span = estate.span(orders, "POST billing-api", parent.traceId, {
    kind: "client",
    parent,
    at,
    ms: 40,
    failed: MESSAGE,
    attributes: {
      "http.request.method": "POST",
      "server.address": "billing-api",
      "error.type": "CERT_HAS_EXPIRED",
      ...(n > 0 && { "http.request.resend_count": n }),
    },
  });
  const exception = estate.exception(span, at + 38, "TLSError", `${MESSAGE}: CN=billing-api`);
  const text = `POST https://billing-api/charges failed: ${MESSAGE}`;
  return [span.id, exception, estate.line(orders, text, at + 42, { in: span, level: "warn" })];
}

/** Other customers meet the same wall. */
function refuseOthers(scene: Scene): void {
  const { estate, at } = scene;
  const orders = scene.service("order-service");
  for (let n = 1; n <= 4; n++) {
    const text = `charge could not be requested: ${MESSAGE} (CERT_HAS_EXPIRED) ${scene.prose(orders, scene.otherOrder())}`;
    estate.line(orders, text, at + n * 9_000, { level: "error", belongs: "foreign" });
  }
}
