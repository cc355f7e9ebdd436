/** A review tells what it counts by names that the role reads, and people's words to those who read notes. */
import { describe, expect, it } from "vitest";
import type { BreakdownLine } from "@/lib/contract/noise-report";
import type { DecisionView } from "@/lib/contract/review";
import { ruleLine, sampleReport, sampleReview } from "@/lib/contract/testing/sample-report";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { FieldClass, Treatment } from "@/lib/domain/role";
import { DEFAULT_POLICY, rolePolicyOf } from "./policy";
import { createRedactionContext } from "./redaction-context";
import { redactFigureRows, redactImpacts, redactReview, type CountedRow } from "./redact-review";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const MAIL = "kim.zq@hidden.example";
const line = (key: string, pages: number): BreakdownLine => ({
  ...{ key, pages, fires: pages, episodes: 1, clusters: 1, interrupts: 1, wakeUps: 0, costMinutes: 2, noiseMinutes: 1 },
});
const DECISION: DecisionView = {
  ...{ id: "5f0c0c66-7a0a-4d0e-9a64-0d1f3b1d2c11", month: "2026-10", rule: "Blip", ruleName: "Blip", kind: "tune" },
  ...{ owner: "zqowner", dueOn: "2026-12-01", why: `zqwhy says ${MAIL}`, state: "open", by: "zqdecider" },
  ...{ expected: { pages: -1, wakeUps: null, personMinutes: null, words: "zqwords" }, second: "zqsecond" },
  ...{ mayConfirm: false, createdAt: "2026-11-01T00:00:00.000Z", doneAt: null, version: 1, carried: 0 },
  ...{ measured: null, notMeasured: "" },
};
const REVIEW = sampleReview({
  report: sampleReport({
    quality: { ...sampleReport({}).quality, coverage: [{ source: "alertmanager/zqsource", hours: 1, ofHours: 2 }] },
    rules: [ruleLine("Blip", { service: "zqservice-a", name: `Blip of ${MAIL}` })],
    breakdowns: {
      ...{ team: [], owner: [], severity: [], receiver: [] },
      service: [line("zqservice-a", 3), line("zqservice-b", 4), line("unknown", 1)],
    },
    sentences: [`Most of it from ${MAIL}.`],
  }),
  summary: "zqsummary",
  decisions: [DECISION],
  lastMonth: [DECISION],
  signatures: [{ by: "zqsigner", at: "2026-11-01T00:00:00.000Z", as: "manager" }],
  listed: [
    { kind: "old-silence", label: 'instance="zqhost"', since: null },
    { kind: "never-fired", label: "DiskNeverFull", since: null },
  ],
});

/** Reads the review and not much else. */
function counter(classes: Partial<Record<FieldClass, Treatment>>): PolicyDocument {
  const role = {
    ...rolePolicyOf(DEFAULT_POLICY, "manager"),
    name: "counter",
    classes: { workflow: "show", ...classes },
  };
  return { ...DEFAULT_POLICY, roles: [...DEFAULT_POLICY.roles, role as PolicyDocument["roles"][number]] };
}
function contextOf(role: string, policy: PolicyDocument = DEFAULT_POLICY) {
  return createRedactionContext({ ...redactionSettings(), displayName: () => "Shop" }, anAccess(role, { policy }));
}
const DECIDES = { own: new Set<string>(), readsPeople: true };
const READS = { own: new Set(["r1"]), readsPeople: false };

const ALL = ["zqservice", "zqsource", "zqwhy", "zqwords", "zqsummary", "zqdecider", "zqsecond", "zqsigner", "zqhost"];
const PEOPLE = ["zqdecider", "zqsecond", "zqsigner"];
const NOTES = ["zqwhy", "zqwords", "zqsummary"];

describe("a review as it is read", () => {
  it.each([
    ["engineer", ["zqservice", "zqsource", ...NOTES, ...PEOPLE, "zqhost"]],
    ["admin", ["zqservice", "zqsource", ...NOTES, ...PEOPLE, "zqhost"]],
    ["manager", [...NOTES, ...PEOPLE]],
  ])("shows %s exactly what its classes grant", (role, readable) => {
    const text = JSON.stringify(redactReview(REVIEW, DECIDES, contextOf(role)).reveal());
    expect(ALL.filter((canary) => text.includes(canary)).sort()).toEqual([...readable].sort());
  });

  it.each([
    [{}, []],
    [{ staff: "show" as const }, PEOPLE],
    [{ note: "show" as const }, NOTES],
  ])("shows a role of its own with %j no more than that", (classes, readable) => {
    const view = redactReview(REVIEW, DECIDES, contextOf("counter", counter(classes))).reveal();
    const text = JSON.stringify(view);
    expect(ALL.filter((canary) => text.includes(canary)).sort()).toEqual([...readable].sort());
    expect(view.suppressed.includes("notes")).toBe(!("note" in classes));
  });

  it("lets no address through in what engineers read of notes, nor in names of rules", () => {
    const text = JSON.stringify(redactReview(REVIEW, DECIDES, contextOf("engineer")).reveal());
    expect(text).toContain("zqwhy says");
    expect(text).not.toContain(MAIL);
    // A manager reads notes as they were written; names of rules are no notes.
    const { report, decisions } = redactReview(REVIEW, DECIDES, contextOf("manager")).reveal();
    expect(JSON.stringify(report)).not.toContain(MAIL);
    expect(decisions[0]?.why).toContain(MAIL);
  });

  it("names rules that never fired to all, and silences to those who read hosts", () => {
    const labels = (role: string) =>
      redactReview(REVIEW, DECIDES, contextOf(role))
        .reveal()
        .listed.map(({ label }) => label);
    expect(labels("engineer")).toEqual(['instance="zqhost"', "DiskNeverFull"]);
    expect(labels("manager")).toEqual(["hidden for your role", "DiskNeverFull"]);
  });

  it("adds up services that read alike, so that the lines still make the total", () => {
    const { report } = redactReview(REVIEW, DECIDES, contextOf("manager")).reveal();
    expect(report.breakdowns.service.map(({ key, pages }) => [key, pages])).toEqual([
      ["Shop", 7],
      ["unknown", 1],
    ]);
    const before = REVIEW.report.breakdowns.service;
    const sum = (lines: typeof before, what: "fires" | "costMinutes") => lines.reduce((all, one) => all + one[what], 0);
    expect(sum(report.breakdowns.service, "fires")).toBe(sum(before, "fires"));
    expect(sum(report.breakdowns.service, "costMinutes")).toBe(sum(before, "costMinutes"));
  });
});

describe("the rows behind a number", () => {
  const row: CountedRow = {
    ...{ id: "p", kind: "page", at: "2026-10-01T00:00:00.000Z", label: `Blip ${MAIL}`, service: "zqservice-a" },
    ...{ episodeId: null, words: "by call, acknowledged" },
  };
  const read = (person: CountedRow["person"], reader: typeof READS, role = "manager") =>
    redactFigureRows({ total: 1, rows: [{ ...row, ...(person && { person }) }], next: null }, reader, contextOf(role))
      .reveal()
      .rows.at(0);

  it("name whoever was paged to deciders and to oneself only", () => {
    const somebody = { id: "r2", name: "zqperson" };
    expect(read(somebody, DECIDES)?.detail).toBe("zqperson by call, acknowledged");
    expect(read(somebody, READS)?.detail).toBe("a colleague by call, acknowledged");
    expect(read({ id: "r1", name: "zqperson" }, READS)?.detail).toBe("zqperson by call, acknowledged");
  });

  it("are called as the role reads services, without addresses", () => {
    expect(read(undefined, DECIDES)).toMatchObject({ service: "Shop", label: expect.not.stringContaining(MAIL) });
    expect(read(undefined, DECIDES, "engineer")).toMatchObject({ service: "zqservice-a" });
  });

  it("say in whose words customers were hit only to those who read notes", () => {
    const impact = { ...row, kind: "impact" as const, label: "zqtitle" };
    const told = (policy: PolicyDocument) =>
      redactFigureRows({ total: 1, rows: [impact], next: null }, READS, contextOf("counter", policy)).reveal().rows[0];
    expect(told(counter({}))?.label).toBe("hidden for your role");
    expect(told(counter({ note: "show" }))?.label).toBe("zqtitle");
  });
});

describe("recorded impacts", () => {
  const impact = {
    ...{ id: DECISION.id, title: "zqtitle", service: "zqservice-a", severity: "major", setBy: "zqsetter" },
    ...{ startedAt: DECISION.createdAt, endedAt: null, awareAt: null, firstDetector: "customer" as const },
    setAt: DECISION.createdAt,
  };
  it("hide title, service and recorder from a role that reads none of them", () => {
    const read = (role: string, policy?: PolicyDocument) =>
      redactImpacts([impact], contextOf(role, policy)).reveal().impacts[0];
    expect(read("manager")).toMatchObject({ title: "zqtitle", service: "Shop", setBy: "zqsetter" });
    expect(JSON.stringify(read("counter", counter({})))).not.toMatch(/zq/);
  });
});
