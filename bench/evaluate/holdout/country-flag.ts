/**
 * Staff switch a flag for one country in an internal tool; orders of that country fail in billing-api. The switch names
 * a change, a ticket or an account, never an order: what it did to the order is "same time only".
 */
import { newTicket } from "../plant-story";
import { call, openPage, type CallOptions, type Scene } from "../scene";
import { endsAtCall } from "../shapes/edge-only";
import type { ToldStory } from "../told-story";

const FLAG = "tax-engine-v2";
const STORY = `Staff switched ${FLAG} on for CH; billing-api has no tax table for CH and fails for orders from there only.`;
const MESSAGE = "no tax table for country CH";

export function countryFlag(scene: Scene): ToldStory {
  const { estate, at, variant } = scene;
  const ticket = newTicket(scene.random);
  const staffAction = switchFlag(scene, ticket);
  quoteForOthers(scene);
  const seen = at + scene.random.int(30_000, 200_000);
  if (scene.short) return { ...endsAtCall(scene, seen, "order-service", STORY), staffAction };

  const [shopService, orders, billing] = [
    scene.service("storefront-api"),
    scene.service("order-service"),
    scene.service("billing-api"),
  ];
  const failed = "";
  const page = openPage(scene, "GET total", ["GET", "/api/orders/:id/total"], {
    at: seen,
    ms: 210,
    failed,
    status: 502,
  });
  const total = call(scene, page.shop, orders, ["GET", "/orders/{id}/total"], {
    at: seen + 10,
    ms: 180,
    failed,
    status: 502,
    calleeAttributes: scene.tag(orders),
  });
  const quote = call(scene, total.server, billing, ["POST", "/tax-quotes"], {
    at: seen + 30,
    ms: 140,
    failed,
    status: 500,
    calleeAttributes: { "app.country": "CH" },
  });
  const lookUp = estate.span(billing, "look up tax table", quote.server.traceId, {
    parent: quote.server,
    at: seen + 60,
    ms: 20,
    failed: MESSAGE,
    attributes: { "feature_flag.key": FLAG, "feature_flag.result.variant": "on" },
  });
  const exception = estate.exception(lookUp, seen + 78, "TaxTableMissing", MESSAGE);
  // Half of the houses write the id where it fails.
  const named = variant === 2 ? ` ${scene.prose(billing)}` : "";
  const line = estate.line(billing, `TaxTableMissing: ${MESSAGE}${named}`, seen + 80, { in: lookUp, level: "error" });
  const text = `total could not be shown ${scene.prose(shopService)}`;
  const upstream = estate.line(shopService, text, seen + 200, { in: page.shop, level: "error" });
  estate.alert(billing, "TaxQuoteErrors", seen + 60_000);
  const records = [quote.server.id, lookUp.id, exception, line];
  const callers = [page.app, page.shop, total.client, total.server, quote.client].map(({ id }) => id);
  return {
    broke: { service: "billing-api", records },
    firstSymptom: [...callers, upstream, ...records],
    failing: page.app,
    staffAction,
    ticket,
    story: STORY,
  };
}

/** Asked by ticket or account, the switch is found by that id; asked by order, no id leads to it. */
function switchFlag(scene: Scene, ticket: string): string[] {
  const { estate, at, variant } = scene;
  const [admin, billing] = [scene.service("admin-web"), scene.service("billing-api")];
  const why = new Map([
    [4, `ticket ${ticket}`],
    [5, `asked for by account ${scene.account}`],
  ]).get(variant);
  const belongs = why === undefined ? "stray" : "member";
  const web = estate.span(admin, "PUT /flags/:flag", estate.trace(), {
    kind: "server",
    at,
    ms: 160,
    attributes: { "enduser.id": "k.moss", "http.request.method": "PUT" },
    belongs,
  });
  call(scene, web, billing, ["PUT", "/settings/flags"], { at: at + 30, ms: 90, status: 204, belongs });
  const text = `agent k.moss switched flag ${FLAG} on for country CH, ${why ?? "change CHG-2231"}`;
  return [estate.line(admin, text, at + 20, { in: web, belongs }), web.id];
}

/** Orders of other countries go well after the switch, those of the same country do not. */
function quoteForOthers(scene: Scene): void {
  const { estate, at } = scene;
  const [orders, billing] = [scene.service("order-service"), scene.service("billing-api")];
  for (const [n, country] of ["DE", "CH", "AT", "CH", "FR", "CH"].entries()) {
    const order = scene.otherOrder();
    const fails = country === "CH";
    const belongs = "foreign";
    const start = at + 15_000 + n * 21_000;
    const tags = scene.tag(orders, order);
    const options: CallOptions = { at: start, ms: 90, belongs, ...(fails && { failed: "" }) };
    const web = estate.span(orders, "GET /orders/{id}/total", estate.trace(), {
      ...options,
      kind: "server",
      attributes: tags,
    });
    const quote = { ...options, at: start + 10, ms: 60, calleeAttributes: { "app.country": country } };
    const { server } = call(scene, web, billing, ["POST", "/tax-quotes"], quote);
    const text = fails ? `TaxTableMissing: ${MESSAGE}` : `tax quoted for country ${country}`;
    const written = `${text} ${scene.prose(billing, order)}`;
    estate.line(billing, written, start + 40, { in: server, level: fails ? "error" : "info", belongs });
  }
}
