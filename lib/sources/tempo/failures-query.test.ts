import { describe, expect, it } from "vitest";
import { buildFailuresQuery } from "./failures-query";

describe("buildFailuresQuery", () => {
  it("asks for failed spans of any spelling, each a closed literal", () => {
    expect(buildFailuresQuery({ rawServices: ["shop", 'a" || true || "'] })).toBe(
      '{ status = error && (resource."service.name" = "shop" || resource."service.name" = "a\\" || true || \\"") }',
    );
  });

  it("asks nothing rather than everything when no name can be written", () => {
    expect(buildFailuresQuery({ rawServices: ["", "  ", "a\u0000b"] })).toBeUndefined();
    expect(buildFailuresQuery({ rawServices: [] })).toBeUndefined();
  });
});
