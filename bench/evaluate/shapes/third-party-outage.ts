/** The card processor outside the house answers 503; the gateway's retries do not help. */
import type { PlantedSpan } from "../estate";
import { call, openPage, type Scene } from "../scene";
import type { ToldStory } from "../told-story";
import { edgeLineOnly, endsAtCall } from "./edge-only";

const STORY = "The card processor was down; payment-gateway, the last service of ours, saw it first.";
const HOST = "api.paycard.example";

export function thirdPartyOutage(scene: Scene): ToldStory {
  const { estate, at } = scene;
  if (scene.short) {
    return scene.variant === 6
      ? edgeLineOnly(scene, at, "payment failed for", STORY)
      : endsAtCall(scene, at, "payment-gateway", STORY);
  }
  const [shopService, billing, gateway] = [
    scene.service("storefront-api"),
    scene.service("billing-api"),
    scene.service("payment-gateway"),
  ];
  const failed = "";
  const page = openPage(scene, "POST pay", ["POST", "/api/payments"], { at, ms: 4_300, failed, status: 502 });
  const charge = call(scene, page.shop, billing, ["POST", "/charges"], {
    at: at + 10,
    ms: 4_250,
    failed,
    status: 502,
    calleeAttributes: scene.tag(billing),
  });
  const authorize = call(scene, charge.server, gateway, ["POST", "/authorize"], {
    at: at + 30,
    ms: 4_200,
    failed,
    status: 502,
  });
  const attempts = [0, 1, 2].flatMap((n) => attempt(scene, authorize.server, at + 60 + n * 1_350, n));
  const line = estate.line(gateway, `giving up on ${HOST} after 3 attempts ${scene.prose(gateway)}`, at + 4_200, {
    in: authorize.server,
    level: "error",
  });
  const crash = estate.sentry(gateway, "UpstreamUnavailable", `${HOST} answered 503`, at + 4_201, {
    in: authorize.server,
  });
  const passed = estate.line(billing, `charge failed ${scene.prose(billing)}`, at + 4_230, {
    in: charge.server,
    level: "error",
  });
  const upstream = estate.line(shopService, `payment failed ${scene.prose(shopService)}`, at + 4_280, {
    in: page.shop,
    level: "error",
  });
  estate.alert(gateway, "PaymentGatewayErrors", at + 120_000);
  const records = [...attempts, authorize.server.id, line, crash];
  const callers = [page.app, page.shop, charge.client, charge.server, authorize.client].map(({ id }) => id);
  return {
    broke: { service: "payment-gateway", beyond: HOST, records },
    firstSymptom: [...records, ...callers, passed, upstream],
    failing: page.app,
    story: STORY,
  };
}

function attempt(scene: Scene, parent: PlantedSpan, at: number, n: number): string[] {
  const { estate } = scene;
  const timesOut = scene.variant % 2 === 1;
  const span = estate.span(parent.service, "POST /v1/charges", parent.traceId, {
    kind: "client",
    parent,
    at,
    ms: 1_200,
    failed: timesOut ? "connect ETIMEDOUT" : "",
    attributes: {
      "server.address": HOST,
      "http.request.method": "POST",
      "http.request.resend_count": n,
      ...(!timesOut && { "http.response.status_code": 503 }),
    },
  });
  const what = timesOut ? "connect ETIMEDOUT" : "503 Service Unavailable";
  const text = `POST https://${HOST}/v1/charges failed: ${what}, attempt ${n + 1}`;
  return [span.id, estate.line(parent.service, text, at + 1_205, { in: span, level: "warn" })];
}
