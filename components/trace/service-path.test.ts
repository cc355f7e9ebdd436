import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventView } from "@/lib/contract/event-view";
import { prepareTrace } from "./prepare-trace";
import { servicePath, serviceTotals } from "./service-path";
import { aSpan, TRACE } from "./testing/a-span";
import { randomTrace } from "./testing/random-trace";

function hopsOf(rows: readonly EventView[]) {
  return servicePath(prepareTrace(rows, TRACE, "corrected")?.nodes ?? []);
}

describe("servicePath", () => {
  it("makes spans of one service in a row one hop and counts how often it was entered", () => {
    const hops = hopsOf([
      aSpan({ id: 0, from: 0, to: 100, service: "web" }),
      aSpan({ id: 1, parent: 0, from: 1, to: 99, service: "web" }),
      aSpan({ id: 2, parent: 1, from: 10, to: 20, service: "orders", failed: true }),
      aSpan({ id: 3, parent: 1, from: 30, to: 50, service: "orders" }),
    ]);
    expect(hops).toMatchObject([
      { service: "web", depth: 0, calls: 1, spans: 2, errors: 0, selfUs: 70 },
      { service: "orders", depth: 1, parent: 0, calls: 2, spans: 2, errors: 1, selfUs: 30 },
    ]);
  });

  it("keeps a service that calls back as a hop of its own", () => {
    const hops = hopsOf([
      aSpan({ id: 0, from: 0, to: 100, service: "a" }),
      aSpan({ id: 1, parent: 0, from: 1, to: 90, service: "b" }),
      aSpan({ id: 2, parent: 1, from: 2, to: 80, service: "a" }),
    ]);
    expect(hops.map((hop) => [hop.service, hop.depth])).toEqual([
      ["a", 0],
      ["b", 1],
      ["a", 2],
    ]);
  });

  it("says when the caller is not in the evidence and never guesses it", () => {
    const hops = hopsOf([
      aSpan({ id: 0, from: 0, to: 100, service: "a" }),
      aSpan({ id: 1, parent: 9, from: 1, to: 90, service: "b" }),
    ]);
    expect(hops.map((hop) => [hop.service, hop.depth, hop.afterGap])).toEqual([
      ["a", 0, false],
      ["b", 0, true],
    ]);
  });

  it("counts calls that nobody waited for", () => {
    const hops = hopsOf([
      aSpan({ id: 0, from: 0, to: 10, service: "a" }),
      aSpan({ id: 1, parent: 0, from: 20, to: 90, service: "b", kind: "consumer" }),
    ]);
    expect(hops[1]).toMatchObject({ calls: 1, asyncCalls: 1 });
  });

  it("loses no span, error or self time, by path and by service", () => {
    fc.assert(
      fc.property(randomTrace, (rows) => {
        const nodes = prepareTrace(rows, TRACE, "corrected")?.nodes ?? [];
        const hops = servicePath(nodes);
        for (const tallies of [hops, serviceTotals(hops)]) {
          const sum = (pick: (one: (typeof tallies)[number]) => number) => tallies.reduce((n, one) => n + pick(one), 0);
          expect(sum((one) => one.spans)).toBe(rows.length);
          expect(sum((one) => one.errors)).toBe(rows.filter((row) => row.outcome === "error").length);
          expect(sum((one) => one.selfUs)).toBe(nodes.reduce((n, node) => n + node.selfUs, 0));
        }
      }),
    );
  });
});
