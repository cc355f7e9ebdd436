/** A report says how loud the alerts were, never who is weak. */
import { describe, expect, it } from "vitest";
import { sampleReport } from "@/lib/contract/testing/sample-report";
import type { NoiseReport } from "@/lib/contract/noise-report";
import type { PersonLoad } from "@/lib/contract/person-load";
import type { Access } from "@/lib/domain/access";
import { DEFAULT_POLICY, rolePolicyOf } from "./policy";
import { readsEveryAlert, redactReport } from "./redact-report";

const person = (name: string, team: string, wakeUps: number): PersonLoad => ({
  ...{ responder: `id-${name}`, name, team, wakeUps, pages: wakeUps, clusters: wakeUps, perShift: 1, onCallHours: 100 },
  ...{ disturbedNights: 1, onCallNights: 4, longestRunOfNights: 1, outsideShift: 0 },
});
const BIG = ["Zoe", "Ada", "Max", "Eve", "Bo"].map((name, index) => person(name, "big", 10 - index));
const SMALL = [person("Kim", "small", 20)];

function aReport(people: readonly PersonLoad[]): NoiseReport {
  return sampleReport({
    people: [...people],
    heat: [{ weekday: 1, hour: 3, pages: 2, sleep: true }],
    matrix: [
      { owner: "shop", paged: "big", pages: 9 },
      { owner: "shop", paged: "small", pages: 4 },
    ],
  });
}

describe("a report as it is read", () => {
  it("shows a person their own load and nobody else's", () => {
    const { report, suppressed } = redactReport(aReport([...BIG, ...SMALL]), {
      own: new Set(["id-Kim"]),
      readsPeople: false,
    });
    expect(report.people.map(({ name }) => name)).toEqual(["Kim"]);
    expect(suppressed).toContain("people");
  });

  it("ranks nobody, and names no ids, for whoever decides", () => {
    const { report } = redactReport(aReport(BIG), { own: new Set(), readsPeople: true });
    expect(report.people.map(({ name }) => name)).toEqual(["Ada", "Bo", "Eve", "Max", "Zoe"]);
    expect(report.people.every(({ responder }) => responder === "")).toBe(true);
  });

  it("keeps hours and shifts of enough people as they are", () => {
    const whole = aReport(BIG);
    const { report } = redactReport(whole, { own: new Set(), readsPeople: false });
    expect([report.heat, report.shifts]).toEqual([whole.heat, whole.shifts]);
  });

  it("leaves no team out for whoever decides", () => {
    const { report, suppressed } = redactReport(aReport([...BIG, ...SMALL]), { own: new Set(), readsPeople: true });
    expect(report.matrix.map(({ paged }) => paged)).toEqual(["big", "small"]);
    expect(suppressed).toEqual([]);
  });

  it("leaves out a team of fewer than five, and says which", () => {
    const { report, suppressed } = redactReport(aReport([...BIG, ...SMALL]), { own: new Set(), readsPeople: false });
    expect(report.matrix.map(({ paged }) => paged)).toEqual(["big"]);
    expect(suppressed.filter((what) => what.startsWith("team:"))).toEqual(["team:small"]);
    expect(suppressed).not.toContain("heat");
  });

  it("draws no hours and no shifts of so few people that it would say who", () => {
    const { report, suppressed } = redactReport(aReport(SMALL), { own: new Set(), readsPeople: true });
    expect(report.heat).toEqual([]);
    expect(report.shifts).toMatchObject({ slices: [], most: 0, overTarget: { why: "too few people" } });
    expect(suppressed).toEqual(expect.arrayContaining(["heat", "shifts"]));
  });
});

describe("who may read a report", () => {
  const accessOf = (role: string): Access => ({
    role,
    lenses: [{ role: rolePolicyOf(DEFAULT_POLICY, role), teams: [], granted: new Set() }],
    ...{ incident: "", revealed: new Set() },
    policy: { document: DEFAULT_POLICY, label: "built-in", hash: "", provisioned: false },
  });

  it.each([
    ["engineer", true],
    ["manager", true],
    ["admin", true],
    ["support", false],
    ["vendor", false],
    ["nobody", false],
  ])("%s knows of every alert: %s", (role, reads) => {
    expect(readsEveryAlert(accessOf(role))).toBe(reads);
  });

  it.each([
    [{ labels: { team: ["billing"] } }],
    [{ sourceKinds: ["alertmanager" as const] }],
    [{ sources: ["alertmanager/main"] }],
    [{ services: ["shop"] }],
    [{ own: true as const }],
  ])("is nobody who reads a part of the alerts only: %j", (part) => {
    const access = accessOf("manager");
    const rows = [{ rows: { kinds: ["alert" as const], ...part }, grant: "full" as const }];
    const lens = { role: { ...rolePolicyOf(DEFAULT_POLICY, "manager"), rows }, teams: [], granted: new Set<string>() };
    expect(readsEveryAlert({ ...access, lenses: [lens] })).toBe(false);
  });
});
