import { parser } from "@prometheus-io/lezer-promql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SourceSettings } from "@/lib/domain/source-settings";
import { quotePromql } from "./promql-literals";
import { alertEdgeQueries, exemplarQuery, redQueries } from "./query";

const { red } = SourceSettings.parse({ kind: "prometheus", url: "http://prometheus.test" });
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc
    .array(fc.constantFrom('"', "\\", "}", "{", "|", ".*", "\n", " or ", "#", "'", "`", "\ufffd", "\0", "$", "(", "a"))
    .map((parts) => parts.join("")),
);

describe("PromQL for any service names", () => {
  it("parses with the real grammar and keeps the template's shape", () => {
    const shapes = builders("plain").map(shapeOf);
    fc.assert(
      fc.property(
        anyText.filter((text) => text !== ""),
        (name) => {
          for (const [i, promql] of builders(name).entries()) expect(shapeOf(promql)).toEqual(shapes[i]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("carries the value intact: the regex matches that name and the literal reads back as it", () => {
    fc.assert(
      fc.property(
        anyText.filter((text) => text !== ""),
        (name) => {
          const promql = redQueries(red, [name], 60)[0]?.promql ?? "";
          const literal = literalsOf(promql)[0] ?? "";
          const pattern: unknown = JSON.parse(literal);
          expect(new RegExp(`^(?:${String(pattern)})$`, "su").test(name.toWellFormed())).toBe(true);
          expect(JSON.parse(quotePromql(name))).toBe(name.toWellFormed());
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("asks nothing for an empty name, which would match every series without the label", () => {
    expect(redQueries(red, ["", ""], 60)).toEqual([]);
    expect(exemplarQuery(red, [""])).toBeUndefined();
  });

  it("counts a series once though several labels name the service", () => {
    const rate = redQueries(red, ["order-service"], 60)[0]?.promql;
    expect(rate).toContain('sum by (job) (rate(http_requests_total{job=~"order-service",service!~"order-service"');
  });

  it("writes names outside the classic alphabet in the quoted form", () => {
    const odd = { ...red, serviceLabel: "service.name", requestsMetric: "http.requests" };
    const rate = redQueries(odd, ["a"], 60)[0]?.promql ?? "";
    expect(rate).toContain('sum by ("service.name") (rate({"http.requests","service.name"=~"a"}[120s]))');
    expect(shapeOf(rate)).not.toContain("⚠");
  });

  it("parses the edge queries", () => {
    const { starts, ends, now } = alertEdgeQueries(15);
    for (const promql of [starts, ends, now]) expect(shapeOf(promql)).not.toContain("⚠");
  });
});

function builders(name: string): string[] {
  return [
    ...redQueries(red, [name, "second"], 60).map(({ promql }) => promql),
    exemplarQuery(red, [name, "second"]) ?? "",
  ];
}

/** Node names in order; `⚠` marks what the grammar could not read. */
function shapeOf(promql: string): string[] {
  const names: string[] = [];
  parser.parse(promql).iterate({ enter: (node) => void names.push(node.name) });
  expect(names).not.toContain("⚠");
  return names;
}

function literalsOf(promql: string): string[] {
  const found: string[] = [];
  parser.parse(promql).iterate({
    enter: (node) => {
      if (node.name === "StringLiteral") found.push(promql.slice(node.from, node.to));
    },
  });
  return found;
}
