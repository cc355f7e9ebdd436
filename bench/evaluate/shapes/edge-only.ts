/**
 * The two ways in which evidence ends before the break. Neither has an alert or a deploy that points at the broken
 * service: with one, "likely" would be a fair answer, and the truth must not be a matter of taste.
 */
import { call, openPage, type Scene, type ServiceName } from "../scene";
import type { ToldStory } from "../told-story";

/** All that is kept of the failure is a line at the edge, which names a trace that was sampled out. */
export function edgeLineOnly(scene: Scene, at: number, words: string, story: string): ToldStory {
  const { estate } = scene;
  const shopService = scene.service("storefront-api");
  const { shop } = openPage(scene, "GET page", ["GET", "/api/page"], { at, ms: 900, failed: "", lost: true });
  const line = estate.line(shopService, `${words} ${scene.prose(shopService)}`, at + 880, { in: shop, level: "error" });
  return { firstSymptom: [line], story: `${story} The trace was sampled out; one line at the edge is left.` };
}

/** The trace ends at a call: the service behind it kept no span, and its lines carry no id. */
export function endsAtCall(scene: Scene, at: number, to: ServiceName, story: string): ToldStory {
  const { estate } = scene;
  const [shopService, broken] = [scene.service("storefront-api"), scene.service(to)];
  const failed = "";
  const { app, shop } = openPage(scene, "GET page", ["GET", "/api/page"], { at, ms: 900, failed, status: 502 });
  const options = { at: at + 20, ms: 850, failed: "", status: 500, calleeLost: true };
  const { client } = call(scene, shop, broken, ["GET", "/internal"], options);
  const text = `upstream ${broken.name} answered 500 for ${scene.prose(shopService)}`;
  const line = estate.line(shopService, text, at + 880, { in: shop, level: "error" });
  estate.line(broken, "unhandled exception in request handler", at + 500, { level: "error", belongs: "stray" });
  const firstSymptom = [app.id, shop.id, client.id, line];
  return { firstSymptom, story: `${story} ${broken.name} kept no span and logs no id: only its callers are seen.` };
}
