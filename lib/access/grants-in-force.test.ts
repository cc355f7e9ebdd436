import { describe, expect, it } from "vitest";
import { grantedBy } from "./grants-in-force";

describe("what is granted", () => {
  it("is nothing without a grant", () => {
    expect(grantedBy([])).toEqual(new Set());
  });

  it("is the services of all grants together", () => {
    const both = [
      { services: ["mail", "shop"], incident: undefined },
      { services: ["shop", "billing"], incident: "here" },
    ];
    expect(grantedBy(both)).toEqual(new Set(["mail", "shop", "billing"]));
  });

  it("is everything only by a grant of one incident without a list", () => {
    expect(grantedBy([{ services: [], incident: "here" }])).toBe("all");
    expect(grantedBy([{ services: [], incident: undefined }])).toEqual(new Set());
  });
});
