/**
 * A report that staff started in the admin panel holds the orders database for minutes: product and internal tools both
 * become slow and some requests fail. Two planted requests for one order show both sides.
 */
import type { DatabaseCondition } from "./journeys/open-orders";
import { listOrders, lookUpOrder } from "./journeys/open-orders";
import { dbCall, httpCall } from "./journeys/http-call";
import type { Random } from "./random";
import { ms, type Scene } from "./scene";
import { SLOW_ORDER } from "./story-plan";

const TIMEOUT_MS = 5_000;

/** How the orders database behaves for one request. */
export function databaseCondition(random: Random, slow: boolean): DatabaseCondition {
  if (!slow) return { tookMs: random.between(6, 45), timedOut: false };
  if (random.chance(0.25)) return { tookMs: TIMEOUT_MS, timedOut: true };
  return { tookMs: random.between(1_400, 4_200), timedOut: false };
}

export function slowDatabaseDown(scene: Scene, fromMs: number, toMs: number): void {
  const at = ms(fromMs);
  const page = scene.span({
    service: "admin-web",
    name: "POST /reports/carrier-costs",
    kind: "server",
    at,
    tookMs: toMs - fromMs,
    attributes: {
      ...httpCall("POST", "/reports/carrier-costs", "/reports/carrier-costs", 200),
      "enduser.id": "staff_0302",
      "job.name": "report-carrier-costs",
    },
  });
  scene.span({
    service: "admin-web",
    name: "SELECT orders JOIN shipments",
    kind: "client",
    parent: page,
    at: at + ms(40),
    tookMs: toMs - fromMs - 60,
    attributes: dbCall("postgresql", "orders", "SELECT … FROM orders JOIN shipments USING (order_id) GROUP BY carrier"),
  });
  for (let elapsedMs = 60_000; elapsedMs < toMs - fromMs; elapsedMs += 60_000) {
    scene.log({
      service: "admin-web",
      at: at + ms(elapsedMs),
      span: page,
      line: `level=warn msg="report query still running" job=report-carrier-costs database=orders elapsed=${elapsedMs / 1000}s`,
    });
  }
  const database = { tookMs: TIMEOUT_MS, timedOut: true };
  listOrders(scene, { at: at + ms(95_250), order: SLOW_ORDER.order, account: SLOW_ORDER.account, database });
  lookUpOrder(scene, { at: at + ms(118_400), order: SLOW_ORDER.order, staffId: "staff_0417", database });
}
