/** The worker takes messages in batches, and one that cannot be decoded sends back the whole batch, the asked one too. */
import type { PlantedSpan } from "../estate";
import type { Scene } from "../scene";

const MINUTE = 60_000;
const ATTEMPTS = 5;

/** Returns the records at which the worker can be seen to hold up the asked message. */
export function blockedBatch(scene: Scene, own: PlantedSpan): string[] {
  const { estate, at } = scene;
  const [billing, worker] = [scene.service("billing-api"), scene.service("billing-worker")];
  const others = Array.from({ length: 6 }, (_, n) => {
    const order = scene.otherOrder();
    const sent = estate.span(billing, "enqueue billing.charge", estate.trace(), {
      kind: "producer",
      at: at - 3_000 + n * 400,
      ms: 5,
      attributes: scene.tag(billing, order),
      belongs: "foreign",
    });
    return { order, sent };
  });
  const links = [...others.map(({ sent }) => sent), own];
  const [poison, ...rest] = others;
  const aborted = `batch aborted: message 1 of ${links.length} cannot be decoded`;
  const records: string[] = [];
  for (let n = 1; n <= ATTEMPTS; n++) {
    const start = at + 1_000 + (n - 1) * 3 * MINUTE;
    const batch = estate.span(worker, "process billing.charge batch", estate.trace(), {
      kind: "consumer",
      at: start,
      ms: 120,
      links,
      failed: aborted,
    });
    estate.span(worker, "charge", batch.traceId, {
      parent: batch,
      at: start + 10,
      ms: 60,
      failed: "DecodeError: unexpected token in amount",
      attributes: scene.tag(worker, poison?.order),
      belongs: "foreign",
    });
    const text = `${aborted}, attempt ${n}/${ATTEMPTS}`;
    records.push(batch.id, estate.line(worker, text, start + 110, { in: batch, level: "error" }));
  }
  const start = at + 1_000 + ATTEMPTS * 3 * MINUTE;
  const last = [...rest.map(({ sent }) => sent), own];
  const options = { kind: "consumer", at: start, ms: 900, links: last } as const;
  const batch = estate.span(worker, "process billing.charge batch", estate.trace(), options);
  for (const [n, { order }] of rest.entries()) {
    const charge = { parent: batch, at: start + 10 + n * 100, ms: 90, belongs: "foreign" } as const;
    estate.span(worker, "charge", batch.traceId, { ...charge, attributes: scene.tag(worker, order) });
  }
  const charge = estate.span(worker, "charge", batch.traceId, {
    parent: batch,
    at: start + 700,
    ms: 90,
    attributes: scene.tag(worker),
  });
  estate.line(worker, `charged ${scene.prose(worker)}`, start + 780, { in: charge });
  return [...records, batch.id];
}
