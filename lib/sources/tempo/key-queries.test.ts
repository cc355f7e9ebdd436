/** Read with Grafana's own grammar: what the searches of one key ask for together, and how long each is. */
import { parser } from "@grafana/lezer-traceql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { KeyRule } from "@/lib/domain/key-rule";
import { attributeSpellings, valueSpellings } from "@/lib/normalize/attribute-spellings";
import { buildKeyQueries, traceqlInteger, traceqlName } from "./query";

const RULE = KeyRule.parse({ name: "order id", kind: "order", attributes: ["order.id"] });
const OUTER = ["TraceQL", "SpansetPipelineExpression", "SpansetPipeline", "SpansetFilter"];
const INNER = ["FieldExpression", "AttributeField", "Span", "Resource", "Identifier", "FieldOp", "Or"];
const KNOWN = new Set([...OUTER, ...INNER, "Static", "String", "Integer"]);

interface Part {
  /** `span."order.id" = "48192"`, taken out of the parsed tree. */
  readonly conditions: readonly string[];
  /** Nodes that one plain disjunction of comparisons does not have. */
  readonly strange: readonly string[];
}

function read(traceql: string): Part {
  const texts: [name: string, text: string][] = [];
  const error: string[] = [];
  parser.parse(traceql).iterate({
    enter({ name, from, to, type }) {
      if (type.isError) error.push("error");
      texts.push([name, traceql.slice(from, to)]);
    },
  });
  const of = (wanted: string) => texts.flatMap(([name, text]) => (name === wanted ? [text] : []));
  const [fields, operators, values] = [of("AttributeField"), of("FieldOp"), of("Static")];
  const conditions = fields.map((field, i) => `${field} ${operators[i] ?? ""} ${values[i] ?? ""}`);
  const strange = [...error, ...texts.flatMap(([name]) => (KNOWN.has(name) ? [] : [name]))];
  if (of("Or").length !== conditions.length - 1 || of("SpansetFilter").length !== 1)
    strange.push("not one disjunction");
  return { conditions, strange };
}

/** As it is sent: the widest values that the other parameters have. */
function targetBytes(traceql: string): number {
  const others = { start: "4294967295", end: "4294967295", limit: "262144", spss: "1" };
  return `/api/search?${new URLSearchParams({ q: traceql, ...others }).toString()}`.length;
}

function alternatives(rules: readonly KeyRule[], value: string): string[] {
  const all = rules.flatMap((rule) => {
    const integer = traceqlInteger(value);
    const literals = [
      ...valueSpellings(rule, value).map((text) => JSON.stringify(text)),
      ...(integer ? [integer] : []),
    ];
    return attributeSpellings(rule).flatMap((name) =>
      ["span", "resource"].flatMap((scope) =>
        literals.map((literal) => `${traceqlName(scope, name) ?? ""} = ${literal}`),
      ),
    );
  });
  return [...new Set(all)].sort();
}

const hostile = ['"', "\\", "`", "{", "}", "|", "&&", "=", "\n", "\0", "//", "/*", " ", "nil", "48", "\ud800"];
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.integer({ min: 0 }).map(String),
  fc.array(fc.constantFrom(...hostile), { maxLength: 30 }).map((parts) => parts.join("")),
);
const printable = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== "");
const prefix = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.trim() !== "");
const someRule = fc
  .record({
    attributes: fc.array(fc.oneof(printable, fc.constantFrom("order.id", "app.order.id", "order.number")), {
      minLength: 1,
      maxLength: 4,
    }),
    dropPrefixes: fc.array(prefix, { maxLength: 8 }),
    padTo: fc.array(fc.integer({ min: 2, max: 32 }), { maxLength: 4 }),
    fold: fc.constantFrom("none" as const, "lower" as const, "upper" as const),
  })
  .map((rule) => KeyRule.parse({ name: "order id", kind: "order", ...rule }));
const someRules = fc.array(someRule, { minLength: 1, maxLength: 2 });
const someValue = fc.oneof(printable, fc.integer({ min: 0 }).map(String), fc.uuid(), fc.string({ unit: "grapheme" }));

describe("the searches for a key", () => {
  it("carry the value intact and nothing else whatever the value is", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const { parts } = buildKeyQueries([RULE], value);
        if (value.trim() === "" || /\p{Cc}/u.test(value) || !value.isWellFormed()) {
          expect(parts).toEqual([]);
          return;
        }
        const seen = parts.map(read);
        expect(seen.flatMap(({ strange }) => strange)).toEqual([]);
        expect(seen.flatMap(({ conditions }) => conditions).sort()).toEqual(alternatives([RULE], value));
      }),
      { numRuns: 400 },
    );
  });

  it("are each a disjunction that Tempo can read and below 6,000 bytes as sent, for any rules", () => {
    fc.assert(
      fc.property(someRules, someValue, (rules, value) => {
        for (const part of buildKeyQueries(rules, value).parts) {
          expect(read(part).strange).toEqual([]);
          expect(targetBytes(part)).toBeLessThan(6_000);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("ask together for every alternative once, or count what they leave out, for any rules", () => {
    fc.assert(
      fc.property(someRules, someValue, (rules, value) => {
        const { parts, unasked } = buildKeyQueries(rules, value);
        fc.pre(parts.length > 0);
        const asked = parts.flatMap((part) => read(part).conditions);
        const all = new Set(alternatives(rules, value));
        expect(new Set(asked).size).toBe(asked.length);
        expect(asked.filter((one) => !all.has(one))).toEqual([]);
        expect(asked.length + unasked).toBe(all.size);
      }),
      { numRuns: 40 },
    );
  });

  it("ask for text and number, in spans and resources, under every spelling", () => {
    expect(buildKeyQueries([RULE], "48192").parts.flatMap((part) => read(part).conditions)).toEqual(
      expect.arrayContaining([
        'span."order.id" = "48192"',
        'span."order.id" = 48192',
        'span."orderId" = 48192',
        'resource."order_id" = "48192"',
      ]),
    );
  });

  it.each(["order", "account", "ticket", "job", "request", "session"])(
    "leave nothing out for a long id of the built-in kind %s",
    (kind) => {
      const rules = builtInKeyRules().filter((rule) => rule.kind === kind);
      expect(buildKeyQueries(rules, "0b54f6a8-0d3c-4f41-9a53-5f4b1d5e7c11").unasked).toBe(0);
    },
  );

  it("are two at most for an order number under the built-in rules", () => {
    const rules = builtInKeyRules().filter((rule) => rule.kind === "order");
    expect(buildKeyQueries(rules, "9223372036854775807").parts).toHaveLength(2);
  });

  it("ask for the bare value before the spellings that are the first to be left out", () => {
    const many = KeyRule.parse({
      ...{ name: "order id", kind: "order", attributes: ["order.id", "app.order.id", "order.number", "order.no"] },
      dropPrefixes: ["a-", "b-", "c-", "d-", "e-", "f-", "g-", "h-"],
      padTo: [8, 10, 12, 14],
    });
    const { parts, unasked } = buildKeyQueries([many], "48192");
    expect(unasked).toBeGreaterThan(0);
    const asked = new Set(parts.flatMap((part) => read(part).conditions));
    expect(alternatives([{ ...many, dropPrefixes: [], padTo: [] }], "48192").filter((one) => !asked.has(one))).toEqual(
      [],
    );
  });

  it("are none for a value that alone is too long for a URL, and say so", () => {
    expect(buildKeyQueries([RULE], "語".repeat(1_000))).toEqual({ parts: [], unasked: 14 });
  });
});
