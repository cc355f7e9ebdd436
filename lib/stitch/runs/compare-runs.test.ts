import { describe, expect, it } from "vitest";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { compareRuns } from "./compare-runs";
import { normalOperation, runSteps, type Run } from "./run-steps";
import { buildSpanTree } from "../findings/span-tree";
import { aCall, stitchCalls } from "../testing/a-call";
import { traceId } from "../testing/an-estate";

const run = (...events: TimelineEvent[]): Run => runSteps(buildSpanTree(stitchCalls(events).rows), traceId(0));
const compare = (here: Run, ...healthy: Run[]) => compareRuns(here, healthy, (path) => path === "payment.state");
const told = (here: Run, ...healthy: Run[]) =>
  compare(here, ...healthy).differences.map(({ difference, operation }) => [difference, operation]);

const root = (took = 100, failed = false) => aCall(0, "shop", { title: "GET /orders/1234", took, failed });
const stock = (took = 20) => aCall(1, "stock", { parent: 0, title: "read stock", took });
const pay = (state: string) => aCall(2, "pay", { parent: 0, title: "charge", with: { "payment.state": state } });
const print = () => aCall(3, "pay", { parent: 2, title: "print receipt" });

describe("compareRuns", () => {
  it("finds no difference between equal runs, whatever ids their operations name", () => {
    const other = run(aCall(0, "shop", { title: "GET /orders/99", took: 110 }), stock());
    expect(compare(run(root(), stock()), other)).toMatchObject({ differences: [], same: 2, hereSteps: 2 });
  });

  it("names the topmost missing step with all below it", () => {
    const comparison = compare(run(root(), stock()), run(root(), stock(), pay("ok"), print()));
    expect(comparison.differences).toMatchObject([{ difference: "missing", operation: "charge", steps: 2 }]);
  });

  it("expects a step only when at least half of the healthy runs have it", () => {
    const plain = run(root(), stock());
    expect(told(plain, plain, plain, run(root(), stock(), pay("ok")))).toEqual([]);
  });

  it("names a repeated call as extra", () => {
    const again = aCall(5, "stock", { parent: 0, from: 40, title: "read stock" });
    expect(told(run(root(), stock(), again), run(root(), stock()))).toEqual([["extra", "read stock"]]);
  });

  it("names the step that spent the lost time before the callers that waited for it", () => {
    const slow = run(root(2_000), aCall(1, "stock", { parent: 0, title: "read stock", took: 1_990 }));
    expect(told(slow, run(root(), stock()))[0]).toEqual(["slower", "read stock"]);
  });

  it("calls nothing slower that is slower by less than anybody could notice", () => {
    expect(told(run(root(), stock(60)), run(root(), stock(20)))).toEqual([]);
  });

  it("uses the median of the healthy runs, so that one slow healthy run hides nothing", () => {
    const slowOne = run(root(), stock(5_000));
    expect(told(run(root(), stock(900)), run(root(), stock(20)), run(root(), stock(21)), slowOne)).toEqual([
      ["slower", "read stock"],
    ]);
  });

  it("tells the value that all healthy runs agree on, and the one here", () => {
    const [step] = compare(run(root(), pay("declined")), run(root(), pay("ok")), run(root(), pay("ok"))).differences;
    expect(step?.changes).toEqual([{ path: "payment.state", here: "declined", healthy: "ok" }]);
  });

  it("says nothing of a value in which healthy runs differ", () => {
    expect(told(run(root(), pay("declined")), run(root(), pay("ok")), run(root(), pay("waiting")))).toEqual([]);
  });

  it("puts a failed step first and says that its outcome changed", () => {
    const [step] = compare(run(root(100, true), stock(), pay("ok")), run(root(), stock())).differences;
    expect(step).toMatchObject({ difference: "changed", outcome: "error", operation: "GET /orders/{n}" });
  });

  it("matches steps whose caller is not recorded, and marks what is still missing as uncertain", () => {
    const partial = run(
      aCall(0, "shop", { title: "GET /orders/12" }),
      aCall(3, "pay", { parent: 2, title: "print receipt" }),
    );
    const comparison = compare(partial, run(root(), pay("ok"), print()));
    expect(comparison).toMatchObject({
      hereOrphans: 1,
      differences: [{ difference: "missing", operation: "charge", uncertain: true }],
    });
  });
});

describe("normalOperation", () => {
  it.each([
    ["GET /orders/48192", "GET /orders/{n}"],
    ["GET /v2/items/da1e7d99-0a1b-4c2d-8e3f-000000000001", "GET /v2/items/{id}"],
    ["consume 4bf92f3577b34da6", "consume {id}"],
    ["SELECT orders", "SELECT orders"],
  ])("%s is %s", (operation, normal) => {
    expect(normalOperation(operation)).toBe(normal);
  });
});
