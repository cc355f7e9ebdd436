import { describe, expect, it } from "vitest";
import { mapGroups, teamsOf } from "./map-groups";
import { namesOf, provenAtOf } from "./oidc-claims";

const SETTINGS = {
  groupsClaim: "groups",
  roles: [
    { group: "sre", role: "engineer" },
    { group: "auditors", role: "outside-auditor" },
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
    expect(namesOf(claims, "groups")).toEqual(groups);
  });

  it("give roles of one's own policy too", () => {
    expect(mapGroups(["auditors"], { ...SETTINGS, roles: [...SETTINGS.roles] })).toEqual(["outside-auditor"]);
  });
});

describe("teams of a person from an identity provider", () => {
  const settings = (teamsClaim?: string, teams?: string[]) => ({
    groupsClaim: "groups",
    ...(teamsClaim !== undefined && { teamsClaim }),
    roles: [{ group: "sre", role: "engineer", ...(teams && { teams }) }],
  });

  it("are left alone when the operator configured none", () => {
    expect(teamsOf({ groups: ["sre"], teams: ["payments"] }, settings())).toBeUndefined();
  });

  it("come from the groups and the claim, once each", () => {
    const claims = { groups: ["sre"], squads: ["orders", " payments ", ""] };
    expect(teamsOf(claims, settings("squads", ["payments"]))).toEqual({ teams: ["payments", "orders"], total: 2 });
  });

  it("are none for somebody who left the group", () => {
    expect(teamsOf({ groups: ["everyone"] }, settings(undefined, ["payments"]))).toEqual({ teams: [], total: 0 });
  });

  it("are a hundred at most, and how many there were is told", () => {
    const squads = Array.from({ length: 130 }, (_, n) => `squad-${String(n)}`);
    const given = teamsOf({ groups: ["sre"], squads: [...squads, "squad-0"] }, settings("squads"));
    expect(given).toEqual({ teams: squads.slice(0, 100), total: 130 });
  });
});

describe("the time of the last proof", () => {
  it("is what the provider says", () => {
    expect(provenAtOf({ auth_time: 1_700_000_000 })).toEqual(new Date("2023-11-14T22:13:20Z"));
  });

  it.each([[undefined], ["1700000000"], [-1], [Number.NaN], [1e300]])("is unknown from %j", (auth_time) => {
    expect(provenAtOf({ auth_time })).toBeUndefined();
  });
});
