/** Filters of a database are objects; so no body of the API may carry an object or a list where a plain value belongs. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseTimelineQuery } from "./timeline-query";

const ROUTES = path.resolve(import.meta.dirname, "../../app/api");
const HOSTILE = [
  { not: "" },
  { contains: "" },
  { gt: "" },
  { in: [""] },
  { AND: [] },
  { OR: [{ id: { not: "" } }] },
  { __proto__: null, equals: "x" },
  [],
  ["x"],
  [{ not: "" }],
];

/** Every schema that a route reads a body with, found in the routes themselves. */
async function bodySchemas(): Promise<Map<string, z.ZodType>> {
  const found = new Map<string, z.ZodType>();
  const files = readdirSync(ROUTES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("route.ts"));
  for (const file of files) {
    const text = readFileSync(path.join(ROUTES, file), "utf8");
    for (const [, name = ""] of text.matchAll(/readJson\(\s*request,\s*(\w+)/g)) {
      const [, from = ""] =
        new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from "@/lib/contract/([\\w-]+)"`).exec(text) ?? [];
      const contract: Record<string, unknown> = await import(
        /* @vite-ignore */ path.join(import.meta.dirname, `${from}.ts`)
      );
      const schema = contract[name];
      if (!(schema instanceof z.ZodType)) throw new Error(`${file}: ${name} is no schema of lib/contract`);
      found.set(name, schema);
    }
  }
  return found;
}

const Node = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});

type Place = readonly (string | number)[];

/** Where plain values stand. `$ref` does not occur: the schemas are written out. */
function leavesOf(schema: unknown, at: Place = []): Place[] {
  const node = Node.safeParse(schema);
  if (!node.success) return [];
  const { type, properties = {}, additionalProperties, items, anyOf = [], oneOf = [] } = node.data;
  const below = [
    ...Object.entries(properties).flatMap(([name, child]) => leavesOf(child, [...at, name])),
    ...(typeof additionalProperties === "object" ? leavesOf(additionalProperties, [...at, "sample"]) : []),
    ...(items === undefined ? [] : leavesOf(items, [...at, 0])),
  ];
  const branches = [...anyOf, ...oneOf];
  const composite = (one: unknown) => ["object", "array"].includes(String(Node.parse(one).type));
  // A choice with an object among its options has no place where every object is wrong.
  if (branches.length > 0 && !branches.some(composite)) return [at];
  if (branches.length > 0) return branches.filter(composite).flatMap((branch) => leavesOf(branch, at));
  return type === "object" || type === "array" ? below : [at];
}

function bodyWith(place: Place, value: unknown): unknown {
  return place.reduceRight((inner, name) => (typeof name === "number" ? [inner] : { [name]: inner }), value);
}

const schemas = await bodySchemas();

/** Each kind of a body that has several by itself: a body of no kind is refused for that alone. */
const kinds = [...schemas].flatMap(([name, schema]): (readonly [string, z.ZodType])[] =>
  schema instanceof z.ZodDiscriminatedUnion
    ? schema.options.flatMap((option, i) => (option instanceof z.ZodType ? [[`${name} ${String(i + 1)}`, option]] : []))
    : [[name, schema]],
);

describe.each(kinds)("a body read as %s", (_, schema) => {
  const leaves = leavesOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));

  it("has plain values, and takes no operator, list or nesting in the place of one", () => {
    expect(leaves.length).toBeGreaterThan(0);
    for (const leaf of leaves) {
      for (const value of HOSTILE) {
        const parsed = schema.safeParse(bodyWith(leaf, value));
        const told = `${leaf.join(".")} = ${JSON.stringify(value)}`;
        expect(parsed.success, told).toBe(false);
        // Refused there, or at the choice around it, and not for something else that is missing.
        const places = parsed.error?.issues.map((issue) => issue.path.join(".")) ?? [];
        const isMeant = (place: string) => place !== "" && `${leaf.join(".")}.`.startsWith(`${place}.`);
        expect(places.some(isMeant), `${told}: ${places.join(", ")}`).toBe(true);
      }
    }
  });

  it("takes no fields that nobody described", () => {
    const parsed = schema.safeParse({ where: { not: "" } });
    expect(parsed.error?.issues.some(({ code }) => code === "unrecognized_keys")).toBe(true);
  });
});

it("finds the bodies of all routes", () => {
  expect(schemas.size).toBeGreaterThanOrEqual(12);
});

it.each([
  "key[not]=",
  "key[]=order:48192",
  "key.not=order:48192",
  'key={"not":""}',
  "key=order:48192&from[gt]=now-1h&from={}",
  "key=order:48192&to=undefined",
  "key=undefined",
])("a question asked by %s is a bad request", (search) => {
  expect(parseTimelineQuery(new URLSearchParams(search), 1_795_446_900_000)).toHaveProperty("field");
});
