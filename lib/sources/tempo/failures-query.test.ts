import { describe, expect, it } from "vitest";
import { buildFailuresQuery } from "./failures-query";

describe("buildFailuresQuery", () => {
  it("asks for failed spans of any spelling, each a closed literal", () => {
    expect(buildFailuresQuery({ rawServices: ["shop", 'a" || true || "'] })).toEqual({
      traceql:
        '{ status = error && (resource."service.name" = "shop" || resource."service.name" = "a\\" || true || \\"") }',
      unasked: 0,
    });
  });

  it("asks nothing rather than everything when no name can be written", () => {
    expect(buildFailuresQuery({ rawServices: ["", "  ", "a\u0000b"] })).toEqual({ traceql: undefined, unasked: 3 });
    expect(buildFailuresQuery({ rawServices: [] }).traceql).toBeUndefined();
  });

  it("counts the spellings that it leaves out", () => {
    const rawServices = Array.from({ length: 25 }, (_, index) => `shop-${String(index)}`);
    expect(buildFailuresQuery({ rawServices }).unasked).toBe(5);
  });
});
