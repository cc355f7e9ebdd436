import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { keyId } from "@/lib/domain/correlation-key";
import { anEvent } from "@/lib/domain/testing/an-event";
import { compileKeyRules } from "./compile-key-rules";
import { extractKeys, sightingOfBareValue } from "./extract-keys";

const rules = compileKeyRules(builtInKeyRules());
const keysOf = (text: string, attributes = {}) =>
  extractKeys(anEvent({ title: text, attributes }), rules).map((sighting) => keyId(sighting.key));

describe("extractKeys", () => {
  it.each([
    "Support agent changed shipping method of order #48192 from standard to express",
    'level=info msg="shipping method updated" order_id=48192 from=standard',
    '{"orderId":48192,"ok":true}',
    '{"url":"https://shop.example/api/orders/48192/status"}',
    "[OrderId: 48192] not found",
    "Order Id: 48192, rev 7",
    "order.id=48192;",
    "GET /orders/48192 -> 500",
    "Order No. 48192 shipped",
  ])("finds the order in: %s", (text) => {
    expect(keysOf(text)).toContain("order:48192");
  });

  it.each([
    "in order to save",
    "took 48192 ms",
    "port=48192",
    "reorder 48192 units",
    "order by created_at",
    "border-48192",
  ])("does not invent an order in: %s", (text) => {
    expect(keysOf(text).filter((id) => id.startsWith("order:"))).toEqual([]);
  });

  it("keeps longer and shorter numbers apart", () => {
    expect(keysOf("order 148192 and order 481920")).toEqual(["order:148192", "order:481920"]);
  });

  it("finds a UUID order in prose with brackets", () => {
    expect(keysOf("[OrderId: da1e7d99-0a1b-4c2d-8e3f-000000000001] price")).toEqual([
      "order:da1e7d99-0a1b-4c2d-8e3f-000000000001",
    ]);
  });

  it("reads every configured attribute spelling, with prefixes of the path", () => {
    for (const path of ["order_id", "orderId", "OrderId", "order.id", "app.order.id", "Order Id", "order-id"]) {
      expect(keysOf("x", { [path]: "48192" })).toContain("order:48192");
    }
    expect(keysOf("x", { "border.id": "48192", "sort.order": "48192" })).toEqual([]);
  });

  it("brings trace ids to 32 lower-case digits", () => {
    expect(keysOf("x", { traceID: "4BF92F3577B34DA6A3CE929D0E0E4736" })).toEqual([
      "trace:4bf92f3577b34da6a3ce929d0e0e4736",
    ]);
  });

  it("believes a bare value only when it can hardly be anything else", () => {
    const event = anEvent({ title: "refund for acct_2077 failed after 48192 ms" });
    expect(sightingOfBareValue(event, { kind: "account", value: "acct_2077" }, [])).toMatchObject({
      confidence: "text",
      at: "title, characters 12–20",
    });
    expect(sightingOfBareValue(event, { kind: "order", value: "48192" }, [])).toBeUndefined();
  });

  it("says which characters of the text carry the id", () => {
    const text = "payment for order #48192 declined";
    const [found] = extractKeys(anEvent({ title: text, text }), rules);
    expect(found?.at).toBe("text, characters 20–24");
    expect(text.slice(19, 24)).toBe("48192");
  });
});
