/** Numbers that look like the planted order but are not it: longer, shorter, prices, ids of something else. */
import { listOrders } from "./journeys/open-orders";
import { viewOrderStatus } from "./journeys/view-order-status";
import { iso, ms, type Scene } from "./scene";

export const FALSE_FRIENDS = ["148192", "481920", "4819"] as const;

/** Told around the planted order's own seconds, where a careless substring match would catch them. */
export function tellFalseFriends(scene: Scene, aroundMs: number): void {
  FALSE_FRIENDS.forEach((order, index) => {
    const at = ms(aroundMs - 20_000 + index * 17_000) + ms(scene.random.between(0, 900));
    viewOrderStatus(scene, { at, order, account: `acct_${31_990 + index}` });
    listOrders(scene, {
      at: at + ms(2_000),
      order,
      account: `acct_${31_990 + index}`,
      database: { tookMs: 22, timedOut: false },
    });
  });
  scene.log({
    service: "order-service",
    at: ms(aroundMs + 1_500),
    line: `ts=${iso(ms(aroundMs + 1_500))} level=info caller=stock/reserve.go:22 msg="reserved" sku=SKU-48192X bin=A481920 quantity=4819`,
  });
  scene.log({
    service: "admin-web",
    at: ms(aroundMs + 2_500),
    line: "Support agent j.brandt@shop.example opened order #148192",
  });
}
