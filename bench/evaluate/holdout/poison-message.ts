/**
 * Somebody else's message cannot be decoded; billing-worker tries it again and again before it sets it aside, and what
 * stands behind it in the queue waits. The poison is foreign, the wait of the asked order is not.
 */
import type { PlantedSpan } from "../estate";
import { openPage, type Scene } from "../scene";
import { edgeLineOnly } from "../shapes/edge-only";
import { enqueueCharge } from "../shapes/enqueue-charge";
import type { ToldStory } from "../told-story";
import { blockedBatch } from "./blocked-batch";

const MINUTE = 60_000;
const ATTEMPTS = 5;
const QUEUE = { "messaging.destination.name": "billing.charge", "messaging.destination.partition.id": "3" };

export function poisonMessage(scene: Scene): ToldStory {
  const { estate, at, variant } = scene;
  const publish = enqueueCharge(scene, at);
  const shopService = scene.service("storefront-api");
  const gaveUp = at + 10 * MINUTE;
  if (variant !== 3) retryPoison(scene);
  if (scene.short) {
    return edgeLineOnly(scene, gaveUp, "payment not confirmed within 600 s", "The charge is behind a poison message.");
  }

  estate.alert(scene.service("billing-worker"), "DeadLetters", at + 15 * MINUTE);
  const page = openPage(scene, "GET payment status", ["GET", "/api/payments/:id"], {
    at: gaveUp,
    ms: 80,
    failed: "payment not confirmed",
    status: 504,
  });
  const text = `payment not confirmed within 600 s ${scene.prose(shopService)}`;
  const symptom = estate.line(shopService, text, gaveUp + 60, { in: page.shop, level: "error" });
  const pages = [page.app.id, page.shop.id, symptom];
  const records = variant === 3 ? blockedBatch(scene, publish) : takeLate(scene, publish);
  return {
    broke: { service: "billing-worker", records },
    // The batch failed before the page gave up; a message that only waits fails nowhere.
    firstSymptom: variant === 3 ? [...records, ...pages] : pages,
    failing: page.app,
    story: "A poison message of another order blocked the partition; the asked charge was taken 15 minutes late.",
  };
}

/** Five attempts, three minutes apart, then the dead-letter queue. */
function retryPoison(scene: Scene): void {
  const { estate, at } = scene;
  const [billing, worker] = [scene.service("billing-api"), scene.service("billing-worker")];
  const order = scene.otherOrder();
  const belongs = "foreign";
  const sent = estate.span(billing, "enqueue billing.charge", estate.trace(), {
    kind: "producer",
    at: at - 4_000,
    ms: 5,
    attributes: { ...QUEUE, ...scene.tag(billing, order) },
    belongs,
  });
  for (let n = 1; n <= ATTEMPTS; n++) {
    const start = at - 3_000 + (n - 1) * 3 * MINUTE;
    const failed = "DecodeError: unexpected token in amount";
    const options = { kind: "consumer", at: start, ms: 90, links: [sent], failed, belongs } as const;
    const work = estate.span(worker, "process billing.charge", estate.trace(), {
      ...options,
      attributes: { ...QUEUE, ...scene.tag(worker, order) },
    });
    const text = `${failed} ${scene.prose(worker, order)} attempt ${n}/${ATTEMPTS}`;
    estate.line(worker, text, start + 80, { in: work, level: "error", belongs });
    const blocked = `partition 3 blocked at offset 88120, attempt ${n}/${ATTEMPTS}`;
    estate.line(worker, blocked, start + 95, { level: "warn", belongs: "stray" });
    if (n < ATTEMPTS) continue;
    const aside = { kind: "producer", parent: work, at: start + 85, ms: 4, belongs } as const;
    estate.span(worker, "send billing.charge.dlq", work.traceId, aside);
  }
}

/** The asked charge, once the way is free. One worker says how long it waited; of the other only the times tell. */
function takeLate(scene: Scene, publish: PlantedSpan): string[] {
  const { estate, at, random, variant } = scene;
  const worker = scene.service("billing-worker");
  const tells = variant === 1;
  const waited = random.int(930, 1_080);
  const taken = at + 170 + waited * 1_000;
  const work = estate.span(worker, "process billing.charge", estate.trace(), {
    kind: "consumer",
    at: taken,
    ms: 400,
    links: [publish],
    attributes: { ...QUEUE, ...(tells && { "queue.delay_ms": waited * 1_000 }) },
  });
  const charged = estate.line(worker, `charged ${scene.prose(worker)}`, taken + 380, { in: work });
  if (!tells) return [work.id, charged];
  const text = `waited ${waited} s behind offset 88120 ${scene.prose(worker)}`;
  return [work.id, estate.line(worker, text, taken + 4, { in: work, level: "warn" })];
}
