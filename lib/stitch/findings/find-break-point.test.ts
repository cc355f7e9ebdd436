import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { Finding } from "@/lib/domain/stitched-timeline";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { aCall, aContextRow, aRemark, findingOf, stitchCalls } from "../testing/a-call";

function breakPoint(events: readonly TimelineEvent[], gaps: readonly EvidenceGap[] = []): Finding {
  const finding = findingOf(stitchCalls(events, gaps), "break-point");
  if (!finding) throw new Error("no break point");
  return finding;
}

const rejectedAs = (finding: Finding) => finding.rejected.map(({ row, reason }) => [row.service?.name, reason]);

/** shop → status → catalog; the innermost fails and says why. */
const PASSED_ON = [
  aCall(0, "shop", { took: 100, failed: true }),
  aCall(1, "shop", { parent: 0, kind: "client", took: 90, failed: true }),
  aCall(2, "status", { parent: 1, took: 80, failed: true }),
  aCall(3, "status", { parent: 2, kind: "client", took: 70 }),
  aCall(4, "catalog", { parent: 3, took: 60 }),
  aRemark(2, "status", "SchemaError: unexpected value"),
  aRemark(0, "shop", "upstream answered 500"),
];

describe("findBreakPoint", () => {
  it("names the innermost failing service and turns down the callers that passed the failure on", () => {
    const finding = breakPoint(PASSED_ON);
    expect(finding).toMatchObject({ level: "likely", service: { name: "status" } });
    expect(rejectedAs(finding)).toContainEqual(["shop", "passed-on"]);
  });

  it("counts an exception in a line, in a report and in the span as separate observations", () => {
    const one = breakPoint(PASSED_ON);
    const two = breakPoint([
      ...PASSED_ON,
      aRemark(2, "status", "SchemaError in tracker", { kind: "error", source: "sentry/web" }),
    ]);
    expect(two.candidates[0]?.evidence).toBe((one.candidates[0]?.evidence ?? 0) + 1);
  });

  it("lets a release of the failing service add to it, and a release of another one decide nothing", () => {
    const released = breakPoint([...PASSED_ON, aContextRow("deploy", "status", -60_000)]);
    const other = breakPoint([...PASSED_ON, aContextRow("deploy", "catalog", -60_000)]);
    expect(released.candidates[0]?.evidence).toBe((other.candidates[0]?.evidence ?? 0) + 1);
    expect(other.service?.name).toBe("status");
    expect(rejectedAs(other)).toContainEqual(["catalog", "context-only"]);
  });

  it("does not take a failed attempt that was repeated with success for a break point", () => {
    const finding = breakPoint([
      ...PASSED_ON,
      aCall(5, "status", { parent: 2, kind: "client", from: 5, failed: true, title: "GET stock" }),
      aCall(6, "status", { parent: 2, kind: "client", from: 30, title: "GET stock" }),
    ]);
    expect(finding.service?.name).toBe("status");
    expect(finding.rejected).toContainEqual(
      expect.objectContaining({ row: expect.objectContaining({ sentence: expect.any(String) }), reason: "recovered" }),
    );
  });

  it("names the slow callee when its caller gave up waiting", () => {
    const finding = breakPoint([
      aCall(0, "shop", { took: 3_000, failed: true, with: { "http.response.status_code": 504 } }),
      aCall(1, "stock", { parent: 0, from: 2, took: 4_000 }),
      aCall(2, "stock", {
        parent: 1,
        kind: "client",
        from: 3,
        took: 3_900,
        with: { "db.system": "postgresql", "server.address": "stock-db" },
      }),
      aContextRow("alert", "shop", 1_000),
    ]);
    expect(finding).toMatchObject({ service: { name: "stock" }, peer: { name: "stock-db" } });
  });

  it("names the service that called a third party first, and the third party, when two services failed at it", () => {
    const peer = { "server.address": "pay.example" };
    const finding = breakPoint([
      aCall(0, "shop", { took: 100, failed: true }),
      aCall(1, "shop", { parent: 0, kind: "client", took: 90, failed: true, text: "connection refused", with: peer }),
      aCall(2, "billing", { trace: 1, from: 200, took: 100, failed: true }),
      aCall(3, "billing", {
        trace: 1,
        parent: 2,
        from: 201,
        kind: "client",
        failed: true,
        text: "timeout",
        with: peer,
      }),
    ]);
    expect(finding).toMatchObject({ level: "likely", service: { name: "shop" }, peer: { name: "pay.example" } });
    expect(finding.candidates).toHaveLength(1);
  });

  it("keeps a query that its store turned down with the service that asked it", () => {
    const finding = breakPoint([
      aCall(0, "shop", { took: 100, failed: true }),
      aCall(1, "shop", {
        parent: 0,
        kind: "client",
        failed: true,
        text: "syntax error at or near WHERE",
        with: { "db.system": "postgresql", "server.address": "shop-db" },
      }),
    ]);
    expect(finding.service?.name).toBe("shop");
  });

  it("names the service that refused", () => {
    const refused = { "http.response.status_code": 409 };
    const finding = breakPoint([
      aCall(0, "shop", { took: 100, failed: true }),
      aCall(1, "shop", { parent: 0, kind: "client", took: 90, failed: true, with: refused }),
      aCall(2, "approvals", { parent: 1, took: 80, outcome: "warning", with: refused }),
      aContextRow("alert", "approvals", 50),
    ]);
    expect(finding.service?.name).toBe("approvals");
  });

  it("names the service whose warning came with the refusal, although it answered well itself", () => {
    const finding = breakPoint([
      aCall(0, "gateway", { took: 100, failed: true, with: { "http.response.status_code": 402 } }),
      aCall(1, "approvals", { parent: 0, took: 80 }),
      aCall(2, "stock", { parent: 0, from: 90 }),
      aRemark(1, "approvals", "charge rejected", { outcome: "warning", severity: "warning" }),
    ]);
    expect(finding).toMatchObject({ level: "likely", service: { name: "approvals" } });
  });

  it("names the consumer for which a message lay waiting while something failed", () => {
    const finding = breakPoint([
      aCall(0, "shop", { kind: "producer", took: 5 }),
      aCall(1, "mailer", { trace: 1, kind: "consumer", from: 120_000, took: 50, links: [[0, 0]] }),
      aCall(2, "status", { trace: 2, from: 60_000, failed: true, with: { "http.response.status_code": 504 } }),
    ]);
    expect(finding.service?.name).toBe("mailer");
  });

  it("says inconclusive when a single failing row is all there is", () => {
    expect(breakPoint([aCall(0, "shop", { failed: true })]).level).toBe("inconclusive");
  });

  it("says inconclusive when the failing call went to one of our own services of which no record is here", () => {
    const finding = breakPoint([
      aCall(0, "shop", { took: 100, failed: true }),
      aCall(1, "shop", {
        parent: 0,
        kind: "client",
        took: 90,
        failed: true,
        with: { "peer.service": "billing", "http.response.status_code": 500 },
      }),
      aRemark(1, "shop", "billing answered 500"),
      aCall(2, "billing", { trace: 3, from: -5_000 }),
    ]);
    expect(finding).toMatchObject({ level: "inconclusive", service: { name: "billing" } });
  });

  it("says inconclusive when the call went to a neighbour that answered and of which nothing is known", () => {
    const finding = breakPoint([
      aCall(0, "shop", { took: 100, failed: true }),
      aCall(1, "shop", {
        parent: 0,
        kind: "client",
        failed: true,
        with: { "server.address": "billing.prod.svc", "http.response.status_code": 500 },
      }),
      aRemark(0, "shop", "billing answered 500"),
    ]);
    expect(finding.level).toBe("inconclusive");
  });

  it("does not let a wait explain a failure that has nothing of waiting", () => {
    const finding = breakPoint([
      aCall(0, "shop", { kind: "producer", took: 5 }),
      aCall(1, "mailer", { trace: 1, kind: "consumer", from: 120_000, took: 50, links: [[0, 0]] }),
      aCall(2, "status", { trace: 2, from: 60_000, failed: true, with: { "http.response.status_code": 500 } }),
    ]);
    expect(finding.candidates.map(({ row }) => row.service?.name)).toEqual(["status"]);
  });

  it("does not let a wait explain what failed after the message was taken", () => {
    const finding = breakPoint([
      aCall(0, "shop", { kind: "producer", took: 5 }),
      aCall(1, "mailer", { trace: 1, kind: "consumer", from: 120_000, took: 50, links: [[0, 0]], failed: true }),
      aCall(2, "templates", { trace: 1, parent: 1, from: 120_010, failed: true }),
    ]);
    expect(finding.service?.name).toBe("templates");
  });

  it("says inconclusive when two services are equally probable", () => {
    const finding = breakPoint([
      aCall(0, "shop", { failed: true }),
      aRemark(0, "shop", "boom"),
      aCall(1, "stock", { trace: 1, failed: true }),
      aRemark(undefined, "stock", "boom too"),
    ]);
    expect(finding.level).toBe("inconclusive");
  });

  it("never says observed, and never gives another answer for another order of the same records", () => {
    const events = [...PASSED_ON, aContextRow("deploy", "status", -60_000), aContextRow("alert", "shop", 9)];
    const expected = breakPoint(events);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        expect(breakPoint(shuffled)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
    expect(expected.level).not.toBe("observed");
  });
});
