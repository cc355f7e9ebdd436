/** The nightly job did not get to the order; hours of business later a page misses what the job should have written. */
import { call, openPage, type Scene } from "../scene";
import type { ToldStory } from "../told-story";
import { edgeLineOnly } from "./edge-only";

const MINUTE = 60_000;

export function missedJob(scene: Scene): ToldStory {
  const { estate, at } = scene;
  const seen = at + 12 * MINUTE;
  if (scene.short) return edgeLineOnly(scene, seen, "no shipping label for", "The job never ran, and nothing says so.");

  const [job, shopService, status] = [
    scene.service("nightly-import"),
    scene.service("storefront-api"),
    scene.service("status-api"),
  ];
  const root = estate.span(job, "nightly-import run", estate.trace(), {
    at,
    ms: 60_000,
    ...(scene.variant % 2 === 1 && { failed: "run ended with errors" }),
  });
  estate.line(job, "run started orders=90", at + 3, { in: root, belongs: "shared" });
  for (let n = 0; n < 90; n++) {
    const order = scene.otherOrder();
    const item = estate.span(job, "import order", root.traceId, {
      parent: root,
      at: at + 100 + n * 600,
      ms: 80,
      attributes: scene.tag(job, order),
      belongs: "foreign",
    });
    if (n % 9 === 0) {
      estate.line(job, `imported ${scene.prose(job, order)}`, at + 170 + n * 600, { in: item, belongs: "foreign" });
    }
  }
  const message = "no shipping rate for zone EU-7";
  const item = estate.span(job, "import order", root.traceId, {
    parent: root,
    at: at + 31_000,
    ms: 200,
    failed: message,
    attributes: scene.tag(job),
  });
  const rate = estate.span(job, "look up shipping rate", root.traceId, {
    parent: item,
    at: at + 31_020,
    ms: 100,
    failed: message,
  });
  const exception = estate.exception(rate, at + 31_110, "RateMissing", message);
  const skipped = estate.line(job, `skipped ${scene.prose(job)}: ${message}`, at + 31_190, {
    in: item,
    level: "error",
  });
  estate.line(job, "run finished imported=90 skipped=1", at + 59_000, { in: root, level: "warn", belongs: "shared" });

  const page = openPage(scene, "GET order status", ["GET", "/api/orders/:id/status"], {
    at: seen,
    ms: 140,
    failed: "",
    status: 502,
  });
  const { client, server } = call(scene, page.shop, status, ["GET", "/status/{id}"], {
    at: seen + 10,
    ms: 110,
    failed: "shipping label missing",
    status: 500,
    calleeAttributes: scene.tag(status),
  });
  const missing = `shipping label missing for ${scene.prose(status)}`;
  const consequence = estate.line(status, missing, seen + 100, { in: server, level: "error" });
  const text = `page failed ${scene.prose(shopService)}`;
  const upstream = estate.line(shopService, text, seen + 130, { in: page.shop, level: "error" });
  const records = [item.id, rate.id, exception, skipped];
  return {
    broke: { service: "nightly-import", records },
    // An engineer may date it from the job's error or from the first page that failed.
    firstSymptom: [...records, root.id, page.app.id, page.shop.id, client.id, server.id, consequence, upstream],
    failing: page.app,
    story: "The import skipped the order; status-api failed later because the label was never written.",
  };
}
