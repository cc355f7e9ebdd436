import { parser } from "@grafana/lezer-traceql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { RunsRequest } from "@/lib/domain/evidence-request";
import { buildRunsQuery } from "./runs-query";

const window = { fromNs: epochNsFromMs(0), toNs: epochNsFromMs(1) };
const runs = (over: Partial<RunsRequest>): RunsRequest => ({
  kind: "runs",
  rawService: "shop",
  operation: "GET /orders",
  window,
  ...over,
});

function shapeOf(traceql: string): { nodes: string[]; strings: string[]; broken: boolean } {
  const shape = { nodes: [] as string[], strings: [] as string[], broken: false };
  parser.parse(traceql).iterate({
    enter(node) {
      if (node.type.isError) shape.broken = true;
      shape.nodes.push(node.name);
      if (node.name === "String") shape.strings.push(JSON.parse(traceql.slice(node.from, node.to)) as string);
    },
  });
  return shape;
}

describe("TraceQL for runs of a workflow", () => {
  it("asks for roots of the service and operation that did not fail", () => {
    expect(buildRunsQuery(runs({ version: "2.14.0" }))).toBe(
      '{ rootServiceName = "shop" && rootName = "GET /orders" && resource."service.name" = "shop" && name = "GET /orders" && status != error && resource."service.version" = "2.14.0" }',
    );
  });

  it("asks for any span of that name when the beginning of the asked run is not recorded", () => {
    expect(buildRunsQuery(runs({ anywhere: true }))).toBe(
      '{ resource."service.name" = "shop" && name = "GET /orders" && status != error }',
    );
  });

  it("has the same shape and carries the names intact whatever they are", () => {
    const plain = shapeOf(buildRunsQuery(runs({ version: "1" })) ?? "");
    const anyText = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.constantFrom('" || true', "\\", "}", "`"),
    );
    fc.assert(
      fc.property(anyText, anyText, anyText, (rawService, operation, version) => {
        const traceql = buildRunsQuery(runs({ rawService, operation, version }));
        if ([rawService, operation, version].some((text) => text.trim() === "" || /\p{Cc}/u.test(text))) {
          expect(traceql).toBeUndefined();
          return;
        }
        const shape = shapeOf(traceql ?? "");
        expect(shape.broken).toBe(false);
        expect(shape.nodes).toEqual(plain.nodes);
        expect(shape.strings).toEqual([rawService, operation, rawService, operation, version]);
      }),
      { numRuns: 300 },
    );
  });
});
