/** A charge waits twenty minutes in the queue; the customer's page gives up long before the worker takes it. */
import { openPage, type Scene } from "../scene";
import type { ToldStory } from "../told-story";
import { edgeLineOnly } from "./edge-only";
import { enqueueCharge } from "./enqueue-charge";

const MINUTE = 60_000;

export function queueBacklog(scene: Scene): ToldStory {
  const { estate, at } = scene;
  const publish = enqueueCharge(scene, at);
  const [worker, shopService] = [scene.service("billing-worker"), scene.service("storefront-api")];
  estate.line(worker, "consumer lag 4310 messages on billing.charge", at + 5 * MINUTE, {
    level: "warn",
    belongs: "stray",
  });
  const gaveUp = at + 10 * MINUTE;
  if (scene.short) {
    return edgeLineOnly(scene, gaveUp, "payment not confirmed within 600 s", "The charge is still in the queue.");
  }

  estate.alert(worker, "PaymentsQueueDelay", at + 6 * MINUTE);
  const early = openPage(scene, "GET payment status", ["GET", "/api/payments/:id"], { at: at + 3 * MINUTE, ms: 60 });
  const pending = `payment page served state=pending ${scene.prose(shopService)}`;
  estate.line(shopService, pending, at + 3 * MINUTE + 50, { in: early.shop });
  const page = openPage(scene, "GET payment status", ["GET", "/api/payments/:id"], {
    at: gaveUp,
    ms: 80,
    failed: "payment not confirmed",
    status: 504,
  });
  const text = `payment not confirmed within 600 s ${scene.prose(shopService)}`;
  const symptom = estate.line(shopService, text, gaveUp + 60, { in: page.shop, level: "error" });

  const waited = scene.random.int(1_150, 1_320);
  const taken = at + 170 + waited * 1_000;
  // Half of the workers fail what is too old; the others are only late.
  const expires = scene.variant % 2 === 1;
  const work = estate.span(worker, "process billing.charge", estate.trace(), {
    kind: "consumer",
    at: taken,
    ms: 400,
    links: [publish],
    attributes: { "messaging.destination.name": "billing.charge", "queue.delay_ms": waited * 1_000 },
    ...(expires && { failed: "AuthorizationExpired" }),
  });
  const late = estate.line(worker, `waited ${waited}.2 s in queue ${scene.prose(worker)}`, taken + 4, {
    in: work,
    level: "warn",
  });
  const records = [work.id, late];
  if (expires) {
    const failure = `AuthorizationExpired: authorization older than 900 s ${scene.prose(worker)}`;
    records.push(estate.line(worker, failure, taken + 350, { in: work, level: "error" }));
  } else estate.line(worker, `charged ${scene.prose(worker)}`, taken + 380, { in: work });
  return {
    broke: { service: "billing-worker", records },
    firstSymptom: [page.app.id, page.shop.id, symptom],
    failing: page.app,
    story: "The charge waited in the queue of billing-worker; nothing failed before the customer's page gave up.",
  };
}
