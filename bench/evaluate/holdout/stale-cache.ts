/**
 * status-api is released with a new form of its documents and goes on serving old ones from its cache, without an error.
 * order-service, which nobody touched, checks what it gets and fails. Broken is status-api.
 */
import type { PlantedSpan } from "../estate";
import { call, openPage, type Scene } from "../scene";
import { edgeLineOnly } from "../shapes/edge-only";
import type { ToldStory } from "../told-story";

const STORY = "status-api 4.0.0 served a document of the old form from its cache; order-service refused to read it.";
const MESSAGE = "document of status-api has schema 3, expected 4";

export function staleCache(scene: Scene): ToldStory {
  const { estate, at, variant } = scene;
  const [shopService, orders, status] = [
    scene.service("storefront-api"),
    scene.service("order-service"),
    scene.service("status-api"),
  ];
  readByOthers(scene);
  if (scene.short) return edgeLineOnly(scene, at, "page could not be shown for", STORY);

  estate.deploy(status, "4.0.0", at - scene.random.int(90_000, 240_000));
  // It points at the reader: that is where the errors are.
  estate.alert(orders, "OrderServiceErrors", at + 70_000);
  const failed = "";
  const page = openPage(scene, "GET my order", ["GET", "/api/orders/:id"], { at, ms: 420, failed, status: 502 });
  const read = call(scene, page.shop, orders, ["GET", "/orders/{id}"], {
    at: at + 10,
    ms: 390,
    failed,
    status: 500,
    calleeAttributes: scene.tag(orders),
  });
  const tries = Array.from({ length: variant === 3 ? 2 : 1 }, (_, n) =>
    readDocument(scene, read.server, at + 30 + n * 160),
  );
  const line = estate.line(orders, `DocumentInvalid: ${MESSAGE} ${scene.prose(orders)}`, at + 370, {
    in: read.server,
    level: "error",
  });
  const upstream = estate.line(
    shopService,
    `upstream order-service answered 500 ${scene.prose(shopService)}`,
    at + 410,
    {
      in: page.shop,
      level: "error",
    },
  );
  const refusals = [...tries.flatMap(({ refused }) => refused), line];
  const callers = [page.app, page.shop, read.client, read.server].map(({ id }) => id);
  return {
    // Saying "status-api" by the words of its reader is as right as by its own silent record.
    broke: { service: "status-api", records: [...tries.flatMap(({ served }) => served), ...refusals] },
    firstSymptom: [...callers, upstream, ...refusals],
    failing: page.app,
    story: STORY,
  };
}

/** A document is served, well and quickly, and turned down by who asked for it. */
function readDocument(scene: Scene, parent: PlantedSpan, at: number): { served: string[]; refused: string[] } {
  const { estate, variant } = scene;
  const [orders, status] = [scene.service("order-service"), scene.service("status-api")];
  const { server } = call(scene, parent, status, ["GET", "/documents/{id}"], {
    at,
    ms: 30,
    calleeAttributes: { "service.version": "4.0.0", ...(variant === 4 && scene.tag(status)) },
  });
  const hit = estate.span(status, "GET document", server.traceId, {
    kind: "client",
    parent: server,
    at: at + 8,
    ms: 3,
    attributes: { "db.system.name": "redis", "cache.hit": true, "cache.age_s": 5_400, "document.schema": 3 },
  });
  const text = "served from cache age=5400s schema=3";
  const told = estate.line(status, variant === 1 ? text : `${text} ${scene.prose(status)}`, at + 20, { in: server });
  const validate = estate.span(orders, "validate document", parent.traceId, {
    parent,
    at: at + 40,
    ms: 5,
    failed: MESSAGE,
  });
  const exception = estate.exception(validate, at + 44, "DocumentInvalid", MESSAGE);
  return { served: [server.id, hit.id, told], refused: [validate.id, exception] };
}

/** Whose document is not in the cache gets a new one. */
function readByOthers(scene: Scene): void {
  const { estate, at } = scene;
  const [orders, status] = [scene.service("order-service"), scene.service("status-api")];
  for (let n = 1; n <= 5; n++) {
    const order = scene.otherOrder();
    const options = { at: at + n * 13_000, ms: 80, belongs: "foreign" } as const;
    const web = estate.span(orders, "GET /orders/{id}", estate.trace(), {
      ...options,
      kind: "server",
      attributes: scene.tag(orders, order),
    });
    const { server } = call(scene, web, status, ["GET", "/documents/{id}"], options);
    const text = `cache miss, document built schema=4 ${scene.prose(status, order)}`;
    estate.line(status, text, at + n * 13_000 + 30, { in: server, belongs: "foreign" });
  }
}
