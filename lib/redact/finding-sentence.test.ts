import { describe, expect, it } from "vitest";
import type { Role } from "@/lib/domain/role";
import type { Finding, RowService, TimelineRow } from "@/lib/domain/stitched-timeline";
import { anEvent } from "@/lib/domain/testing/an-event";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { redactCalls, redactFindings } from "./redact-summary";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const as = (role: Role) => createRedactionContext(redactionSettings(), anAccess(role));

const service = (name: string, over: Partial<RowService> = {}): RowService => ({
  name,
  displayName: "status service",
  audience: "product",
  listed: true,
  ...over,
});

function aRow(
  over: Partial<TimelineEvent> = {},
  sentence = "The status service could not answer a request.",
): TimelineRow {
  const event = anEvent({ kind: "span", title: "GET /orders/{id}/zqstatus", outcome: "error", ...over });
  return {
    event,
    orderNs: event.happenedAtNs,
    causal: false,
    service: service("zqstatus-api"),
    environment: null,
    actor: "service",
    sentence,
    recognised: false,
    sightings: [],
    keyIds: [],
    why: [],
    seenIn: ["tempo"],
    count: 1,
    depth: 0,
  };
}

function aFinding(over: Partial<Finding>): Finding {
  const row = aRow();
  return {
    kind: "break-point",
    level: "likely",
    manner: "failed-itself",
    rows: [row],
    service: service("zqstatus-api"),
    candidates: [{ row, evidence: 4 }],
    rejected: [],
    reach: [],
    ...over,
  };
}

const sentenceFor = (role: Role, finding: Finding) => redactFindings([finding], as(role))[0]?.sentence;

describe("findingSentence", () => {
  it("tells an engineer the place, the operation, how sure it is and from how many observations", () => {
    expect(sentenceFor("engineer", aFinding({}))).toBe(
      "zqstatus-api failed at 'GET /orders/{id}/zqstatus' (likely: 4 observations)",
    );
  });

  it("tells an engineer which third party gave no good answer, and to whom", () => {
    const peer = service("pay.example", { listed: false });
    expect(sentenceFor("engineer", aFinding({ peer, manner: "no-answer" }))).toContain(
      "zqstatus-api got no good answer from pay.example at",
    );
  });

  it("tells an engineer that a service of ours left no record of the call", () => {
    const called = service("billing");
    expect(sentenceFor("engineer", aFinding({ service: called, manner: "no-answer" }))).toContain(
      "billing gave zqstatus-api no good answer at",
    );
  });

  it("tells support and managers the display name and the level, and nothing else of it", () => {
    const said = "It most likely broke in the status service (4 observations).";
    expect(sentenceFor("support", aFinding({}))).toBe(said);
    expect(sentenceFor("manager", aFinding({}))).toBe(said);
  });

  it("tells support who refused", () => {
    expect(sentenceFor("support", aFinding({ manner: "refused" }))).toContain("refused by the status service");
  });

  it("says that it is not clear when the finding is inconclusive", () => {
    expect(sentenceFor("support", aFinding({ level: "inconclusive" }))).toMatch(/^It is not clear where it broke/);
  });

  it("never gives a peer's address to roles that read no infrastructure", () => {
    const peer = service("zqpay.example", { listed: false, displayName: "zqpay.example" });
    const row = aRow();
    const finding = aFinding({ service: peer, peer, candidates: [{ row, evidence: 2, service: peer }] });
    for (const role of ["support", "manager"] as const) {
      expect(JSON.stringify(redactFindings([finding], as(role)))).not.toContain("zq");
    }
  });

  it("keeps every title out of what support and managers read, in every kind of finding", () => {
    const rows = [
      aRow({ kind: "deploy", title: "zqdeploy 2.14" }, "A new version of the status service was released."),
      aRow({ kind: "error", title: "zqSchemaError" }, "The status service ran into an error."),
    ];
    const kinds = ["first-symptom", "break-point", "staff-impact", "recent-change", "blast-radius"] as const;
    const findings = kinds.map((kind) =>
      aFinding({
        kind,
        rows,
        beforeNs: 9_000_000_000n,
        rejected: rows.map((row) => ({ row, reason: "later" as const })),
      }),
    );
    for (const role of ["support", "manager"] as const) {
      expect(JSON.stringify(redactFindings(findings, as(role)))).not.toContain("zq");
    }
  });

  it("leaves rows that a role may only know to exist out of the evidence, and keeps the finding", () => {
    const alert = aRow({ id: "alert", kind: "alert" });
    const views = redactFindings([aFinding({ rows: [aRow(), alert] })], as("support"));
    expect(views.map((view) => view.events.length)).toEqual([1]);
  });

  it("says nothing of a candidate that the role may only know to exist", () => {
    const alert = aRow({ id: "alert", kind: "alert" });
    const finding = aFinding({ candidates: [aRow(), alert].map((row) => ({ row, evidence: 1 })) });
    expect(redactFindings([finding], as("support"))[0]?.candidates).toHaveLength(1);
    expect(redactFindings([finding], as("engineer"))[0]?.candidates).toHaveLength(2);
  });

  it("names a range where the upper bound is known and at least where it is not", () => {
    const reach = [
      { kind: "order", atLeast: 1, atMost: 1 },
      { kind: "account", atLeast: 1, atMost: 3 },
      { kind: "service", atLeast: 2 },
    ];
    expect(sentenceFor("support", aFinding({ kind: "blast-radius", reach }))).toBe(
      "Touched 1 order, 1 to 3 accounts and at least 2 services.",
    );
  });

  it("says how long before, and which id both rows share", () => {
    const finding = aFinding({ kind: "staff-impact", beforeNs: 12_000_000_000n, sharedKeyKind: "order" });
    expect(sentenceFor("support", finding)).toBe(
      "The status service could not answer a request. (likely: same order, 12.0 s before the failure)",
    );
  });
});

describe("redactCalls", () => {
  it("tells how long calls took only to roles that read durations", () => {
    const calls = [{ from: service("app"), to: service("api"), calls: 2, errors: 1, slowestNs: 9_000n }];
    const told = (["engineer", "admin", "support", "manager"] as const).map(
      (role) => redactCalls(calls, as(role))[0]?.slowestNs,
    );
    expect(told).toEqual(["9000", "9000", undefined, undefined]);
  });
});
