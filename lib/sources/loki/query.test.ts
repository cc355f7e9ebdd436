import { parser } from "@grafana/lezer-logql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyRule } from "@/lib/domain/key-rule";
import { buildKeyQueries, buildTraceQueries, labelName, lineForms } from "./query";

const SELECTOR = '{service_name=~".+"}';
const RULE = KeyRule.parse({ name: "order id", kind: "order", attributes: ["order.id", "by"], dropPrefixes: ["#"] });

/** Node names of the parsed query in order, and the string literals in it as Loki would unquote them. */
function shapeOf(logql: string): { nodes: string[]; strings: string[]; broken: boolean } {
  const nodes: string[] = [];
  const strings: string[] = [];
  let broken = false;
  parser.parse(logql).iterate({
    enter(node) {
      if (node.type.isError) broken = true;
      nodes.push(node.name);
      // JSON's escapes are a subset of Go's, which LogQL uses: JSON.parse undoes exactly what Loki undoes.
      if (node.name === "String") strings.push(JSON.parse(logql.slice(node.from, node.to)) as string);
    },
  });
  return { nodes, strings, broken };
}

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc
    .array(fc.constantFrom('"', "\\", "`", "{", "}", "|", "=", "\n", "\0", "#", "//", "or", " ", "\ud800"), {
      maxLength: 30,
    })
    .map((a) => a.join("")),
);

describe("LogQL for a key", () => {
  it("has the same shape and carries the value intact whatever the value is", () => {
    const template = buildKeyQueries(SELECTOR, [RULE], ["order_id"], "v").map((query) => shapeOf(query.logql).nodes);
    fc.assert(
      fc.property(anyText, (value) => {
        const queries = buildKeyQueries(SELECTOR, [RULE], ["order_id"], value);
        if (value.trim() === "" || !value.isWellFormed()) {
          expect(queries).toEqual([]);
          return;
        }
        for (const { form, logql } of queries) {
          const shape = shapeOf(logql);
          expect(shape.broken).toBe(false);
          expect(template).toContainEqual(shape.nodes);
          const literals = shape.strings.slice(1);
          if (form === "metadata") expect(new Set(literals)).toEqual(new Set([value, `#${value}`]));
          if (form === "line") expect(lineForms(value)).toContain(literals[0]);
          if (form === "label") expect(matchesFully(literals[0] ?? "", value)).toBe(true);
        }
        expect(queries.some((query) => query.form === "line" && shapeOf(query.logql).strings[1] === value)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("asks for metadata under every spelling that Loki can store, and under no keyword", () => {
    const [metadata] = buildKeyQueries(SELECTOR, [RULE], [], "48192");
    expect(metadata?.logql).toContain('order_id="48192" or order_id="#48192"');
    expect(metadata?.logql).toContain('orderId="48192"');
    expect(metadata?.logql).not.toMatch(/[ |]by=/);
    expect(metadata?.logql).not.toContain("order.id=");
  });

  it("keeps the operator's selector when it asks an index label", () => {
    const odd = '{namespace="a}b", app=~`x}`}';
    const queries = buildKeyQueries(
      odd,
      [KeyRule.parse({ name: "a", kind: "account", attributes: ["account.id"] })],
      ["account_id", "pod"],
      "acct_1",
    );
    expect(queries.map((query) => query.logql)).toContain('{namespace="a}b", app=~`x}`, account_id="acct_1"}');
    expect(queries.filter((query) => query.form === "label")).toHaveLength(1);
  });

  it("also looks for the value as JSON loggers escape it", () => {
    const lines = buildKeyQueries(SELECTOR, [RULE], [], 'a/"é').filter((query) => query.form === "line");
    expect(lines.map((query) => shapeOf(query.logql).strings[1])).toEqual(lineForms('a/"é'));
    expect(lineForms('a/"é')).toEqual(['a/"é', 'a/\\"é', 'a\\/\\"é', 'a/\\"\\u00e9']);
  });
});

describe("LogQL for a trace", () => {
  it("parses, and finds 64-bit ids with and without zeros in front", () => {
    const [metadata, line] = buildTraceQueries(SELECTOR, [], "00000000000000000fbfac2253c6bdf8");
    expect(shapeOf(metadata?.logql ?? "").broken).toBe(false);
    expect(metadata?.logql).toContain('trace_id="00000000000000000fbfac2253c6bdf8" or trace_id="0fbfac2253c6bdf8"');
    expect(line?.logql).toBe('{service_name=~".+"} |= "0fbfac2253c6bdf8"');
  });
});

describe("a label name", () => {
  it("is what Loki makes of the attribute, or nothing", () => {
    expect(labelName("order.id")).toBe("order_id");
    expect(labelName("3d.model")).toBe("key_3d_model");
    expect(labelName("By")).toBeUndefined();
    expect(labelName("…")).toBeUndefined();
  });
});

/** RE2 matches matchers in full. The escaped alternatives mean the same to this engine. */
function matchesFully(regex: string, value: string): boolean {
  return new RegExp(`^(?:${regex})$`).test(value);
}
