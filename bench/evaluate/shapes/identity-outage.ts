/** The login service cannot get its signing keys: customers and staff are refused alike. */
import type { PlantedSpan } from "../estate";
import { call, openPage, type Scene } from "../scene";
import type { ToldStory } from "../told-story";
import { edgeLineOnly, endsAtCall } from "./edge-only";

const STORY = "identity-service could not fetch signing keys; every page that checks a session failed.";

export function identityOutage(scene: Scene): ToldStory {
  const { estate, at } = scene;
  const identity = scene.service("identity-service");
  refuseStaff(scene, at + 5_000);
  if (scene.short) {
    return scene.variant === 6
      ? edgeLineOnly(scene, at, "session could not be checked for", STORY)
      : endsAtCall(scene, at, "identity-service", STORY);
  }

  estate.alert(identity, "LoginErrors", at + 90_000);
  const shopService = scene.service("storefront-api");
  const failed = "";
  const page = openPage(scene, "GET my order", ["GET", "/api/orders/:id"], { at, ms: 1_400, failed, status: 503 });
  const check = call(scene, page.shop, identity, ["POST", "/introspect"], {
    at: at + 8,
    ms: 1_300,
    failed,
    status: 503,
  });
  // Half of the houses run their own provider, the others rent one.
  const provider = scene.variant % 2 === 0 ? "login.idp.example" : "keycloak.internal";
  const records = [check.server.id, ...fetchKeys(scene, check.server, provider, at + 20)];
  const refused = `session check failed ${scene.prose(shopService)} account ${scene.account}`;
  const upstream = estate.line(shopService, refused, at + 1_380, { in: page.shop, level: "error" });
  return {
    broke: { service: "identity-service", beyond: provider, records },
    firstSymptom: [page.app.id, page.shop.id, check.client.id, upstream, ...records],
    failing: page.app,
    story: STORY,
  };
}

function fetchKeys(scene: Scene, parent: PlantedSpan, host: string, at: number): string[] {
  const { estate } = scene;
  const message = `fetch ${host}/jwks failed: ECONNREFUSED`;
  const fetch = estate.span(parent.service, "GET jwks", parent.traceId, {
    kind: "client",
    parent,
    at,
    ms: 1_200,
    failed: message,
    attributes: { "server.address": host, "http.request.method": "GET" },
  });
  const exception = estate.exception(fetch, at + 1_199, "KeySetUnavailable", message);
  const line = estate.line(parent.service, `KeySetUnavailable: ${message}`, at + 1_205, { in: fetch, level: "error" });
  const crash = estate.sentry(parent.service, "KeySetUnavailable", message, at + 1_206, { in: fetch });
  return [fetch.id, exception, line, crash];
}

/** Staff cannot sign in either: the same cause, but no id that leads there from the customer. */
function refuseStaff(scene: Scene, at: number): void {
  const { estate } = scene;
  const [admin, identity] = [scene.service("admin-web"), scene.service("identity-service")];
  const belongs = "stray";
  const web = estate.span(admin, "POST /login", estate.trace(), { kind: "server", at, ms: 1_300, failed: "", belongs });
  call(scene, web, identity, ["POST", "/token"], { at: at + 10, ms: 1_250, failed: "", status: 503, belongs });
  estate.line(admin, "login failed for k.moss", at + 1_290, { in: web, level: "error", belongs });
}
