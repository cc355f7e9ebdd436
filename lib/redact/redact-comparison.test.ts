/** Healthy runs are other customers' runs: of them a role learns steps, times, counts and workflow values, no more. */
import { describe, expect, it } from "vitest";
import { ComparisonView } from "@/lib/contract/comparison-view";
import type { Role } from "@/lib/domain/role";
import type { ComparedStep, HealthyPick, RunComparison, StepChange } from "@/lib/domain/run-comparison";
import { anEpochNs } from "@/lib/domain/testing/an-event";
import { isComparedPath, redactComparison, type ComparedRun } from "./redact-comparison";
import { createRedactionContext } from "./redaction-context";
import { aCanaryRow, OWN_SERVICE } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const MINUTE = 60_000_000_000n;
const VERSION = "resource.service.version";
const contextOf = (role: Role) => createRedactionContext(redactionSettings(), anAccess(role));

function aStep(over: Partial<ComparedStep> = {}): ComparedStep {
  return {
    difference: "slower",
    service: OWN_SERVICE,
    operation: "GET /orders/{id}",
    depth: 1,
    steps: 1,
    changes: [],
    uncertain: false,
    ...over,
  };
}

interface Told {
  readonly pick?: Partial<HealthyPick>;
  readonly comparison?: Partial<RunComparison> | null;
}

function aRun({ pick = {}, comparison = {} }: Told): ComparedRun {
  const used = [{ traceId: "b".repeat(32), sameVersion: true, distanceNs: -5n * MINUTE }];
  return {
    traceId: "a".repeat(32),
    startedAtNs: anEpochNs("1795446843120345678"),
    steps: 4,
    pick: {
      ...{ service: OWN_SERVICE, operation: "GET /", version: "2.14.0", fromRoot: true, searched: ["same-hour"] },
      ...{ candidates: 9, healthy: 3, used },
      ...pick,
    },
    ...(comparison && {
      comparison: {
        ...{ differences: [], same: 4, hereSteps: 4, healthySteps: 4, hereNs: 900n, healthyNs: 20n },
        ...{ hereOrphans: 0, partialHealthyRuns: 0 },
        ...comparison,
      },
    }),
  };
}

const shown = (role: Role, told: Told = {}) =>
  ComparisonView.parse(redactComparison(aRun(told), [], contextOf(role)).reveal());

const changesFor = (role: Role, ...changes: StepChange[]) =>
  shown(role, { comparison: { differences: [aStep({ changes })] } }).differences[0]?.changes;

const sentenceAt = (distanceNs: bigint) =>
  shown("engineer", { pick: { used: [{ traceId: "b", sameVersion: true, distanceNs }] } }).sentence;

describe("a value that differs", () => {
  it("is compared when it says how the work went, or which version it was to those who read versions", () => {
    const compared = (["support", "engineer"] as const).map((role) =>
      ["http.request.method", VERSION, "user.email", "order.id"].filter((path) =>
        isComparedPath(path, contextOf(role)),
      ),
    );
    expect(compared).toEqual([["http.request.method"], ["http.request.method", VERSION]]);
  });

  it("is shown to every role when it is a workflow value", () => {
    const change = { path: "http.request.method", here: "PATCH", healthy: "PUT" };
    for (const role of ["support", "engineer", "manager", "admin"]) expect(changesFor(role, change)).toEqual([change]);
  });

  it("is shown as null where the step has none", () => {
    const change = { path: "http.request.method", here: "PATCH", healthy: null };
    expect(changesFor("support", change)).toEqual([change]);
  });

  it("is kept from everybody when it is another customer's, even from those who may read it of their own", () => {
    const secret = [
      { path: "account.id", here: "acct_1", healthy: "acct_zq2" },
      { path: "something.else", here: "a", healthy: "zqunknown" },
    ];
    for (const role of ["support", "engineer", "manager", "admin"]) expect(changesFor(role, ...secret)).toEqual([]);
  });

  it("is kept whole when one side is no workflow value, whatever the field is called", () => {
    const words = "zq wrote this";
    expect(changesFor("engineer", { path: "http.request.method", here: "PATCH", healthy: words })).toEqual([]);
    expect(changesFor("engineer", { path: "http.request.method", here: words, healthy: "PATCH" })).toEqual([]);
    expect(changesFor("engineer", { path: "http.request.method", here: null, healthy: words })).toEqual([]);
  });

  it("shows a version to those who read infrastructure, and no other value of infrastructure to anybody", () => {
    const version = { path: VERSION, here: "2.14.0", healthy: "2.13.9" };
    const host = { path: "resource.host.name", here: "zqhost1", healthy: "zqhost2" };
    expect(changesFor("engineer", version, host)).toEqual([version]);
    expect(changesFor("support", version, host)).toEqual([]);
  });

  it("tells the outcome to everybody", () => {
    const outcome = { path: "outcome", here: "error", healthy: "ok" };
    expect(changesFor("support", outcome)).toEqual([outcome]);
  });
});

describe("the run and its steps", () => {
  const steps = [
    aStep({ row: aCanaryRow("span"), hereNs: 900n, healthyNs: 20n, outcome: "error" }),
    aStep({ difference: "missing", operation: "mail zq@hidden.example", healthyNs: 5n }),
  ];

  it("give an engineer ids, version, durations and scrubbed operations", () => {
    const view = shown("engineer", { comparison: { differences: steps, hereNs: 900n } });
    expect(view.run).toMatchObject({ traceId: "a".repeat(32), durationNs: "900", version: "2.14.0" });
    expect(view.healthy).toEqual([{ traceId: "b".repeat(32), sameVersion: true, distanceNs: String(-5n * MINUTE) }]);
    expect(view.differences[0]).toMatchObject({ operation: "GET /orders/{id}", hereNs: "900", healthyNs: "20" });
    expect(view.differences[0]).toMatchObject({ outcome: "error", event: expect.stringMatching(/./) });
    expect(view.differences[1]).toMatchObject({ healthyNs: "5" });
    expect(view.differences[1]).not.toHaveProperty("hereNs");
    expect(JSON.stringify(view)).not.toContain("hidden.example");
  });

  it("leave out a version that is not known and an event that is not there", () => {
    const { version: _, ...pick } = aRun({}).pick;
    const run = { ...aRun({ comparison: { differences: [aStep({ difference: "missing" })] } }), pick };
    const view = redactComparison(run, [], contextOf("engineer")).reveal();
    expect(view.run).not.toHaveProperty("version");
    expect(view.sentence).not.toContain("version");
    expect(view.differences[0]).not.toHaveProperty("event");
    expect(view.differences[0]).not.toHaveProperty("outcome");
  });

  it.each(["support", "manager"] as const)("give %s no ids, version, durations or operations", (role) => {
    const view = shown(role, { comparison: { differences: steps } });
    expect(Object.keys(view.run ?? {}).sort()).toEqual(["startedAt", "steps"]);
    expect(view.healthy.map((run) => Object.keys(run))).toEqual([["distanceNs"]]);
    expect(view.sentence).not.toContain("version");
    expect(view.differences.map((step) => step.service)).toEqual(["order service", "order service"]);
    for (const hidden of ["operation", "hereNs", "healthyNs", "zq"]) expect(JSON.stringify(view)).not.toContain(hidden);
  });

  it("list 200 differences and count the rest", () => {
    const view = shown("support", { comparison: { differences: Array.from({ length: 203 }, () => aStep()) } });
    expect([view.differences.length, view.more]).toEqual([200, 3]);
    expect(shown("support", { comparison: { differences: [aStep()] } }).more).toBe(0);
  });
});

describe("the sentence", () => {
  it("says how many runs of which version, how near, and out of how many", () => {
    expect(shown("engineer").sentence).toBe(
      "Compared with 1 healthy run of the same version, the nearest 5 min earlier; of 9 looked at, 3 had no failure.",
    );
    const two = [1n, 2n].map((n) => ({ traceId: "b", sameVersion: false, distanceNs: n * MINUTE }));
    expect(shown("engineer", { pick: { used: two } }).sentence).toContain("2 healthy runs of another version, the");
    expect(shown("support", { pick: { used: [] } }).sentence).toContain("Compared with 0 healthy runs; of 9");
  });

  it.each([
    [0n, "less than a minute later"],
    [-59_000_000_000n, "less than a minute earlier"],
    [MINUTE, "the nearest 1 min later"],
    [119n * MINUTE, "119 min later"],
    [-120n * MINUTE, "the nearest 2 h earlier"],
    [47n * 60n * MINUTE, "47 h later"],
    [-48n * 60n * MINUTE, "the nearest 2 days earlier"],
  ])("puts a distance of %s ns into words", (distance, words) => {
    expect(sentenceAt(distance)).toContain(words);
  });

  it("says why nothing was found, and where was looked", () => {
    const none = { comparison: null, pick: { used: [], candidates: 0, searched: ["same-hour", "last-week"] as const } };
    expect(shown("support", none)).toMatchObject({ state: "no-healthy-run", differences: [], more: 0, same: 0 });
    expect(shown("support", none).sentence).toBe(
      "No healthy run found: no other run of this workflow that ended well is recorded (the hour around it, the 7 days before it).",
    );
    expect(shown("support", { comparison: null }).sentence).toContain("all 9 runs looked at had a failure");
    expect(shown("support", { comparison: null, pick: { searched: [] } }).sentence).toContain("no source that can be");
    expect(shown("engineer", { comparison: null }).run).not.toHaveProperty("durationNs");
  });

  it("says what is not recorded, and nothing of that when all is", () => {
    expect(shown("support")).toMatchObject({ partial: false });
    expect(shown("support")).not.toHaveProperty("partialSentence");
    const view = shown("support", { pick: { fromRoot: false }, comparison: { hereOrphans: 2, partialHealthyRuns: 1 } });
    expect(view.partial).toBe(true);
    expect(view.partialSentence).toBe(
      "Partial: the run is compared from its first recorded step on, and 2 steps of this run have no recorded caller, " +
        "and 1 healthy runs are not recorded in full. A missing step may only be unrecorded.",
    );
    const orphans = shown("support", { comparison: { hereOrphans: 1 } }).partialSentence;
    expect(orphans).not.toMatch(/healthy runs|first recorded/);
    expect(shown("support", { comparison: { partialHealthyRuns: 2 } }).partialSentence).not.toContain("no recorded");
  });
});
