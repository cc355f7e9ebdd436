import { describe, expect, it } from "vitest";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import { aCall, aContextRow, aRemark, findingOf, stitchCalls } from "../testing/a-call";
import { aLine } from "../testing/an-estate";

const lost: EvidenceGap = { reason: "timeout", source: "loki/main", detail: "No answer in time.", retryable: true };
const action = (atMs: number, text: string) =>
  aLine(atMs, text, { id: "action", kind: "staff-action", rawService: "admin", attributes: {} });

describe("first symptom", () => {
  it("dates a call by its end: the inner failure is older than the outer call that began before it", () => {
    const timeline = stitchCalls([
      aCall(0, "shop", { from: 0, took: 9_000, failed: true }),
      aCall(1, "stock", { trace: 1, from: 50, took: 10, failed: true }),
    ]);
    expect(findingOf(timeline, "first-symptom")?.rows[0]?.service?.name).toBe("stock");
  });

  it("prefers what staff or a customer saw of the same failure", () => {
    const timeline = stitchCalls([
      aCall(0, "admin-web", { took: 100, failed: true }),
      aCall(1, "stock", { parent: 0, took: 50, failed: true }),
    ]);
    expect(findingOf(timeline, "first-symptom")?.rows[0]?.service?.name).toBe("admin-web");
  });

  it("is the whole page that a customer saw, not the call inside it that failed a moment earlier", () => {
    const timeline = stitchCalls([
      aCall(0, "admin-web", { took: 100, failed: true, title: "page" }),
      aCall(1, "admin-web", { parent: 0, kind: "client", took: 50, failed: true, title: "call" }),
    ]);
    expect(findingOf(timeline, "first-symptom")?.rows[0]?.event.title).toBe("page");
  });

  it("is not an attempt that a later one made good", () => {
    const timeline = stitchCalls([
      aCall(0, "shop", { took: 100 }),
      aCall(1, "shop", { parent: 0, kind: "client", from: 1, failed: true, title: "GET stock" }),
      aCall(2, "shop", { parent: 0, kind: "client", from: 20, title: "GET stock" }),
    ]);
    expect(timeline.findings).toEqual([]);
  });

  it("is a step that failed inside a run which ended well: a run has no caller to tell", () => {
    const timeline = stitchCalls([
      aCall(0, "import", { kind: "internal", took: 100 }),
      aCall(1, "import", { parent: 0, kind: "internal", failed: true }),
    ]);
    expect(findingOf(timeline, "first-symptom")?.rows[0]?.event.title).toBe("step 1");
  });
});

describe("staff impact", () => {
  it("is likely when the action and the failure name the same order", () => {
    const timeline = stitchCalls([action(-1_000, "order #48192 edited"), aCall(0, "shop", { failed: true })]);
    expect(findingOf(timeline, "staff-impact")).toMatchObject({ level: "likely", sharedKeyKind: "order" });
  });

  it("finds the shared id on another row of the failing trace", () => {
    const timeline = stitchCalls([
      action(-1_000, "order #48192 edited"),
      aCall(0, "shop", { took: 100 }),
      aCall(1, "stock", { parent: 0, failed: true, kind: "consumer", with: { "order.id": "" } }),
    ]);
    expect(findingOf(timeline, "staff-impact")).toMatchObject({ level: "likely", sharedKeyKind: "order" });
  });

  it("says nothing of an action after the failure", () => {
    const timeline = stitchCalls([action(90_000, "order #48192 edited"), aCall(0, "shop", { failed: true })]);
    expect(findingOf(timeline, "staff-impact")).toBeUndefined();
  });
});

describe("recent change", () => {
  it("names the release before the first symptom, not again the staff action that already stands there", () => {
    const timeline = stitchCalls([
      aCall(0, "shop", { failed: true }),
      aContextRow("deploy", "shop", -60_000),
      action(-1_000, "order #48192 edited"),
    ]);
    const finding = findingOf(timeline, "recent-change");
    expect(findingOf(timeline, "staff-impact")?.rows[0]?.event.kind).toBe("staff-action");
    expect(finding).toMatchObject({ level: "observed", beforeNs: 60_000_000_000n });
    expect(finding?.rows.map((row) => row.event.kind)).toEqual(["deploy"]);
  });

  it("is the staff action when nothing else changed", () => {
    const timeline = stitchCalls([aCall(0, "shop", { failed: true }), action(-1_000, "order #48192 edited")]);
    expect(findingOf(timeline, "recent-change")).toMatchObject({ beforeNs: 1_000_000_000n });
  });

  it("is absent when all that changed came later", () => {
    const timeline = stitchCalls([aCall(0, "shop", { failed: true }), aContextRow("deploy", "shop", 60_000)]);
    expect(findingOf(timeline, "recent-change")).toBeUndefined();
  });
});

describe("blast radius", () => {
  const events = [
    aCall(0, "shop", { failed: true, with: { "account.id": "acct_1" } }),
    aCall(1, "stock", { trace: 1, with: { "account.id": "acct_2" } }),
    aRemark(0, "shop", "order #48192 boom"),
  ];

  it("counts each touched thing once: at least what failed, at most what is known", () => {
    expect(findingOf(stitchCalls(events), "blast-radius")).toMatchObject({
      level: "observed",
      reach: [
        { kind: "order", atLeast: 1, atMost: 1 },
        { kind: "account", atLeast: 1, atMost: 2 },
        { kind: "service", atLeast: 1, atMost: 2 },
      ],
    });
  });

  it("gives no upper bound when evidence was lost", () => {
    const finding = findingOf(stitchCalls(events, [lost]), "blast-radius");
    expect(finding?.reach.map((reach) => reach.atMost)).toEqual([undefined, undefined, undefined]);
  });
});
