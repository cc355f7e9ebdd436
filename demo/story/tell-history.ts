/** Everything that happened before the demo started, in one batch: the planted stories and the traffic around them. */
import { slowDatabaseDown } from "./database-slowdown";
import { tellFalseFriends } from "./false-friends";
import { changeShippingMethod } from "./journeys/change-shipping-method";
import { checkOut } from "./journeys/check-out";
import { viewOrderStatus } from "./journeys/view-order-status";
import { runNightlyImport } from "./nightly-import";
import { tellSecond } from "./ordinary-traffic";
import { createRandom } from "./random";
import { iso, ms, Scene, type StoryBatch } from "./scene";
import { SERVICES } from "./service-shape";
import { NEW_SHIPPING_METHOD, OTHER_LOCKER_ORDERS, PLANTED_ORDER, REJECTED_ORDER, type StoryPlan } from "./story-plan";

/** In time order; the same plan gives the same batch, byte for byte. */
export function tellHistory(plan: StoryPlan): StoryBatch {
  const scene = tellPlanted(plan);
  const untilSecond = Math.floor(plan.startMs / 1000);
  for (let second = Math.floor(plan.historyFromMs / 1000); second < untilSecond; second++) {
    scene.add(tellSecond(plan, second));
  }
  scene.lines.sort((a, b) => compare(a.atNs, b.atNs));
  scene.spans.sort((a, b) => compare(a.startNs, b.startNs));
  scene.errors.sort((a, b) => compare(a.atIso, b.atIso));
  return scene;
}

/** The planted stories alone. */
export function tellPlanted(plan: StoryPlan): Scene {
  const scene = new Scene(createRandom(`${plan.seed}:planted`));
  tellShippingMethod(scene, plan);
  checkOut(scene, {
    // Odd nanoseconds, so that a digit lost on the way to the screen shows.
    at: ms(plan.checkoutAtMs) + 345_679n,
    ...REJECTED_ORDER,
    total: "129.90",
    queueMs: 94_210,
    rejectedBy: "VELOCITY-3",
    looksAfterMs: 150_000,
  });
  runNightlyImport(scene, ms(plan.importAtMs) + 501n);
  slowDatabaseDown(scene, plan.slowFromMs, plan.slowToMs);
  tellFalseFriends(scene, plan.shippingAtMs);
  tellDeploys(scene, plan);
  return scene;
}

function tellShippingMethod(scene: Scene, plan: StoryPlan): void {
  const at = ms(plan.shippingAtMs) + 12_345_678n;
  const method = { from: "standard", to: NEW_SHIPPING_METHOD };
  changeShippingMethod(scene, {
    at,
    order: PLANTED_ORDER.order,
    staffId: "staff_0417",
    staffEmail: "s.okafor@shop.example",
    ...method,
  });
  viewOrderStatus(scene, { at: at + ms(3_189), ...PLANTED_ORDER, unknownShippingMethod: NEW_SHIPPING_METHOD });
  for (const other of OTHER_LOCKER_ORDERS) {
    changeShippingMethod(scene, {
      at: ms(plan.shippingAtMs + other.afterMs) + 207_801n,
      order: other.order,
      staffId: "staff_0302",
      staffEmail: `${other.staff}@shop.example`,
      ...method,
    });
  }
}

function tellDeploys(scene: Scene, plan: StoryPlan): void {
  const deploys = [
    ["storefront-api", plan.historyFromMs + 9 * 60_000],
    ["status-api", plan.deployAtMs],
  ] as const;
  for (const [service, atMs] of deploys) {
    scene.deploys.push({
      project: service,
      version: `${service}@${SERVICES[service].version}`,
      environment: "production",
      startedAtIso: iso(ms(atMs)),
      finishedAtIso: iso(ms(atMs + 48_000)),
    });
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
