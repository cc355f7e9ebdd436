import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textShape } from "./text-shape";

describe("the shape of a text", () => {
  it.each([
    ["order 48192 saved in 12.5 ms", "order 7 saved in 3.1 ms"],
    ["retry 3 of 5 for req-9f3a2c", "retry 4 of 5 for req-17bd00"],
    ["2026-11-23T15:14:04.510Z done 3f2a9c1e-77aa-4b1c-9d0e-000000000001", "2026-11-24T01:02:03.000Z done a0"],
    ['{"took":"12ms","path":"/orders/1"}', '{"took":"7ms","path":"/orders/2"}'],
  ])("is the same for repeats: %s", (one, other) => {
    expect(textShape(one).shape).toBe(textShape(other).shape);
  });

  it.each([
    ["connection to billing refused", "connection to storefront refused"],
    ['{"upstream":"billing","n":1}', '{"upstream":"status","n":1}'],
  ])("differs where words differ: %s", (one, other) => {
    expect(textShape(one).shape).not.toBe(textShape(other).shape);
  });

  it.each([
    ["GET /orders/{id} → 502", " 502"],
    ['"GET /orders/48192 HTTP/1.1" 503 512', " 503"],
    ['{"path":"/orders/200","status":404,"durationMs":120}', " 404"],
    ["upstream answered 500", " 500"],
    ["order 404 has 500 items", ""],
  ])("keeps status codes and no other number: %s", (text, statuses) => {
    expect(textShape(text).statuses).toBe(statuses);
  });

  it("does not depend on how long the numbers are, also where it is cut off", () => {
    const text = (n: string) => `${"step ".repeat(70)}${n} ${"tail ".repeat(70)}`;
    expect(textShape(text("1")).shape).toBe(textShape(text("123456789")).shape);
  });

  it("reads any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => textShape(text).shape.length <= 401));
  });
});
