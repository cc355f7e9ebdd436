import { describe, expect, it } from "vitest";
import { mapGroups } from "./map-groups";
import { groupsOf } from "./oidc-claims";

const SETTINGS = {
  groupsClaim: "groups",
  roles: [
    { group: "sre", role: "engineer" },
    { group: "platform", role: "engineer" },
    { group: "helpdesk", role: "support" },
  ],
} as const;

describe("groups of an identity provider", () => {
  it("give roles in the order of the operator's list, whatever the order of the groups", () => {
    const settings = { ...SETTINGS, roles: [...SETTINGS.roles] };
    expect(mapGroups(["helpdesk", "platform", "sre"], settings)).toEqual(["engineer", "support"]);
  });

  it("give nothing to somebody without a mapped group", () => {
    const settings = { ...SETTINGS, roles: [...SETTINGS.roles] };
    expect(mapGroups(["everyone", "SRE"], settings)).toEqual([]);
  });

  it.each([
    [{ groups: ["a", "b"] }, ["a", "b"]],
    [{ groups: "a" }, ["a"]],
    [{ groups: { a: true } }, []],
    [{ groups: ["a", 1] }, []],
    [{}, []],
  ])("are read from %j", (claims, groups) => {
    expect(groupsOf(claims, "groups")).toEqual(groups);
  });
});
