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

describe("the words of a finding for an engineer", () => {
  const peer = service("pay.example", { listed: false });
  const said = (over: Partial<Finding>) => sentenceFor("engineer", aFinding(over));

  it.each<[Partial<Finding>, string]>([
    [{ manner: "failed-itself" }, "zqstatus-api failed at '"],
    [{ manner: "refused" }, "zqstatus-api refused at '"],
    [{ manner: "refused", peer }, "zqstatus-api was refused by pay.example at '"],
    [{ manner: "slow" }, "zqstatus-api was slow at '"],
    [{ manner: "slow", peer }, "zqstatus-api waited too long for pay.example at '"],
    [{ manner: "no-answer" }, "zqstatus-api got no good answer at '"],
    [{ manner: "waited" }, "zqstatus-api let a message wait before '"],
    [{ kind: "first-symptom" }, "zqstatus-api · GET /orders/{id}/zqstatus"],
  ])("say how it broke: %o", (over, words) => {
    expect(said(over)).toContain(words);
  });

  it("say only that it was reported when nothing else is known", () => {
    const { manner: _, ...finding } = aFinding({});
    expect(sentenceFor("engineer", finding)).toContain("zqstatus-api reported 'GET");
    const { service: __, ...placeless } = finding;
    expect(sentenceFor("engineer", placeless)).toContain("a service reported 'GET");
  });

  it("hold a title without what is personal in it, and without a service where none is known", () => {
    const row = { ...aRow({ title: "mail to zq@hidden.example" }), service: null };
    expect(said({ kind: "first-symptom", rows: [row] })).toMatch(/^mail to (?!zq@)/);
    expect(said({ rows: [row], manner: "no-answer" })).toContain("zqstatus-api got no good answer at");
  });

  it("count one observation as one", () => {
    expect(said({ candidates: [{ row: aRow(), evidence: 1 }] })).toContain("(likely: 1 observation)");
  });
});

describe("the words of a finding for everybody", () => {
  it("say that nothing is clear when nothing speaks for a place", () => {
    expect(sentenceFor("engineer", aFinding({ candidates: [] }))).toContain("nothing but the symptom is known");
    expect(sentenceFor("engineer", aFinding({ rows: [] }))).toBe("Inconclusive.");
  });

  it("name no service to those who may not know which it was", () => {
    const unlisted = service("zqinner", { listed: false });
    const told = (over: Partial<Finding>) => sentenceFor("support", aFinding({ service: unlisted, ...over }));
    expect(told({})).toBe("It most likely broke in a service (4 observations).");
    expect(told({ manner: "refused" })).toBe("It was most likely refused by a service (4 observations).");
    expect(told({ level: "inconclusive" })).toContain("; a service is one possibility (4 observations)");
  });

  it("say that only the time is shared when no id is", () => {
    const finding = aFinding({ kind: "staff-impact", beforeNs: 1_000_000_000n });
    expect(sentenceFor("support", finding)).toContain("(likely: same time only, 1.0 s before the failure)");
  });

  it("count the other changes before a change", () => {
    const change = (...rows: TimelineRow[]) =>
      sentenceFor("support", aFinding({ kind: "recent-change", rows, beforeNs: 0n }));
    const said = "The status service could not answer a request.";
    expect(change(aRow())).toBe(`${said} (0 ms before the first symptom)`);
    expect(change(aRow(), aRow(), aRow())).toBe(`${said} (0 ms before the first symptom, and 2 more before it)`);
  });

  it.each([
    [999n, "999 ms"],
    [1_000n, "1.0 s"],
    [119_999n, "120.0 s"],
    [120_000n, "2 min"],
    [7_199_999n, "120 min"],
    [7_200_000n, "2 h"],
  ])("put a distance of %s ms into words", (ms, words) => {
    const finding = aFinding({ kind: "recent-change", beforeNs: ms * 1_000_000n });
    expect(sentenceFor("support", finding)).toContain(`(${words} before`);
  });

  it("say how far it reached as exactly as it is known", () => {
    const touched = (...reach: Finding["reach"]) => sentenceFor("support", aFinding({ kind: "blast-radius", reach }));
    expect(touched()).toBe("Touched nothing that is known.");
    expect(touched({ kind: "order", atLeast: 0 })).toBe("Touched an unknown number of orders.");
    expect(touched({ kind: "order", atLeast: 0, atMost: 2 })).toBe("Touched up to 2 orders.");
    expect(touched({ kind: "order", atLeast: 1 })).toBe("Touched at least 1 order.");
    expect(touched({ kind: "order", atLeast: 2, atMost: 2 }, { kind: "account", atLeast: 1, atMost: 1 })).toBe(
      "Touched 2 orders and 1 account.",
    );
  });
});

describe("redactFindings", () => {
  const alert = aRow({ id: "alert", kind: "alert" });

  it("leaves out a finding that rests on a row of which only the existence may be known", () => {
    expect(redactFindings([aFinding({ rows: [alert] })], as("support"))).toEqual([]);
    expect(redactFindings([aFinding({ rows: [alert] })], as("engineer"))).toHaveLength(1);
    expect(redactFindings([aFinding({ rows: [] })], as("support"))).toHaveLength(1);
  });

  it("leaves such a row out of what was turned down, and of the evidence, and keeps the others", () => {
    const rejected = [aRow({ id: "seen" }), alert].map((row) => ({ row, reason: "later" as const }));
    const [told] = redactFindings([aFinding({ rows: [aRow({ id: "seen" }), alert], rejected })], as("support"));
    const seen = as("support").publicId("seen");
    expect(told?.rejected).toEqual([
      {
        event: seen,
        sentence: "The status service could not answer a request.",
        reason: "it came after the first symptom",
      },
    ]);
    expect(told?.events).toEqual([seen]);
  });

  it("names the service it points at as the role reads it, and none where there is none", () => {
    const { service: _, ...placeless } = aFinding({});
    expect(redactFindings([aFinding({}), placeless], as("support")).map((view) => view.service)).toEqual([
      "status service",
      undefined,
    ]);
    const other = service("zqpay", { displayName: "payments" });
    const finding = aFinding({
      candidates: [aRow(), aRow()].map((row, i) => ({ row, evidence: 1, ...(i && { service: other }) })),
    });
    expect(redactFindings([finding], as("support"))[0]?.candidates.map((one) => one.service)).toEqual([
      "status service",
      "payments",
    ]);
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
