/**
 * What two hundred other customers and a few support agents do in one second. Each second has its own random numbers,
 * so history and live traffic come from the same function and any second can be told alone.
 */
import { anyCustomer } from "./customers";
import { databaseCondition } from "./database-slowdown";
import { changeShippingMethod } from "./journeys/change-shipping-method";
import { checkOut } from "./journeys/check-out";
import { listOrders, lookUpOrder } from "./journeys/open-orders";
import { viewOrderStatus } from "./journeys/view-order-status";
import { createRandom } from "./random";
import { ms, Scene } from "./scene";
import { NEW_SHIPPING_METHOD, OTHER_LOCKER_ORDERS, type StoryPlan } from "./story-plan";

const STAFF = [
  { id: "staff_0417", name: "s.okafor" },
  { id: "staff_0302", name: "j.brandt" },
  { id: "staff_0533", name: "l.moreau" },
] as const;

/** Everything unplanned that starts in the second: ordinary journeys and the unlucky owners of locker orders. */
export function tellSecond(plan: StoryPlan, second: number): Scene {
  const scene = new Scene(createRandom(`${plan.seed}:${second}`));
  const journeys = scene.random.pick([0, 1, 1, 1, 2]);
  for (let i = 0; i < journeys; i++) ordinaryJourney(plan, scene, second);
  // The newest seconds must always hold something that can be searched, even when nobody shops.
  if (journeys === 0) heartbeat(scene, second);
  lookAtLockerOrders(plan, scene, second);
  return scene;
}

function ordinaryJourney(plan: StoryPlan, scene: Scene, second: number): void {
  const { random } = scene;
  const at = ms(second * 1000) + ms(random.between(0, 999));
  const customer = anyCustomer(random);
  const order = random.pick(customer.orders);
  const { account } = customer;
  const slow = second * 1000 >= plan.slowFromMs && second * 1000 < plan.slowToMs;
  const kind = random.next();
  if (kind < 0.45) return viewOrderStatus(scene, { at, order, account });
  if (kind < 0.68) return listOrders(scene, { at, order, account, database: databaseCondition(random, slow) });
  const staff = random.pick<(typeof STAFF)[number]>(STAFF);
  const staffId = staff.id;
  if (kind < 0.84) return lookUpOrder(scene, { at, order, staffId, database: databaseCondition(random, slow) });
  if (kind < 0.88) {
    const staffEmail = `${staff.name}@shop.example`;
    return changeShippingMethod(scene, { at, order, staffId, staffEmail, from: "standard", to: "economy" });
  }
  if (kind < 0.97) return ordinaryCheckout(scene, at, order, account);
  unavailable(scene, at, second);
}

function ordinaryCheckout(scene: Scene, at: bigint, order: string, account: string): void {
  const { random } = scene;
  const total = `${random.integer(12, 240)}.${random.integer(10, 99)}`;
  const queueMs = random.between(180, 900);
  const rejected = random.chance(0.04) ? { rejectedBy: "LIMIT-1" } : {};
  checkOut(scene, { at, order, account, total, queueMs, looksAfterMs: 4_000, ...rejected });
}

/** A passing failure that belongs to nobody's order. */
function unavailable(scene: Scene, at: bigint, second: number): void {
  const route = "/api/recommendations";
  const span = scene.span({
    service: "storefront-api",
    name: `GET ${route}`,
    kind: "server",
    at,
    tookMs: 1_002,
    failure: "recommendations timed out",
    attributes: {
      "http.request.method": "GET",
      "http.route": route,
      "url.path": route,
      "http.response.status_code": 504n,
    },
  });
  scene.log({
    service: "storefront-api",
    at: at + ms(1_001),
    span,
    line: JSON.stringify({
      level: "error",
      msg: "recommendations timed out",
      path: route,
      status: 504,
      tick: second % 60,
    }),
  });
}

function heartbeat(scene: Scene, second: number): void {
  scene.log({
    service: "storefront-api",
    at: ms(second * 1000 + 500),
    line: JSON.stringify({ level: "info", msg: "readiness probe", path: "/readyz", status: 200 }),
  });
}

function lookAtLockerOrders(plan: StoryPlan, scene: Scene, second: number): void {
  for (const other of OTHER_LOCKER_ORDERS) {
    const changedAt = Math.floor((plan.shippingAtMs + other.afterMs) / 1000);
    const waitedS = second - changedAt - 3;
    if (waitedS < 0 || waitedS % other.looksEveryS !== 0) continue;
    const at = ms(second * 1000) + ms(scene.random.between(0, 900));
    viewOrderStatus(scene, {
      at,
      order: other.order,
      account: other.account,
      unknownShippingMethod: NEW_SHIPPING_METHOD,
    });
  }
}
