import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { classifyNested, type NestedLeaf } from "./classify-nested";
import { compileFieldCatalog } from "./field-catalog";

const catalog = compileFieldCatalog({ "cart.*": "infrastructure" }, compileKeyRules(builtInKeyRules()));

function leavesOf(path: string, value: string): readonly NestedLeaf[] {
  const nested = classifyNested(path, value, catalog);
  return nested.kind === "leaves" ? nested.leaves : [];
}
const classes = (path: string, value: string) =>
  Object.fromEntries(leavesOf(path, value).map((leaf) => [leaf.path, leaf.class]));

describe("classifyNested", () => {
  it("classes every leaf of JSON by its whole path", () => {
    expect(
      classes("cart", '{"size":3,"items":[{"password":"x","sku":"A"}],"contact":{"email":"a@b.example"}}'),
    ).toEqual({
      "cart.size": "infrastructure",
      "cart.items.0.password": "secret",
      "cart.items.0.sku": "infrastructure",
      "cart.contact.email": "personal",
    });
  });

  it("keeps the values as they are: numbers, switches, and text for everything else", () => {
    const leaves = leavesOf("cart", '{"size":3,"open":true,"name":"A","none":null,"one":"1","list":[]}');
    expect(Object.fromEntries(leaves.map(({ path, value }) => [path, value]))).toMatchObject({
      ...{ "cart.size": 3, "cart.open": true, "cart.name": "A", "cart.one": "1" },
    });
  });

  it("reads a list of pairs, and none in which not everything is one", () => {
    const told = (text: string) => leavesOf("cart", text).map(({ path, value }) => [path, value]);
    expect(told("size=3&size=4&name=")).toEqual([
      ["cart.size.0", "3"],
      ["cart.size.1", "4"],
      ["cart.name", ""],
    ]);
    expect(told("size=%zz&name=a+b")).toEqual([
      ["cart.size", "%zz"],
      ["cart.name", "a b"],
    ]);
    expect(classifyNested("cart", "size=&name=", catalog).kind).toBe(classifyNested("cart", "no pairs", catalog).kind);
    expect(classifyNested("cart", "null", catalog).kind).toBe(classifyNested("cart", "no pairs", catalog).kind);
  });

  it("gives leaves of an unknown parent no class", () => {
    expect(classes("blob", '{"level":"x","deep":{"service":"y"}}')).toEqual({
      "blob.level": "unknown",
      "blob.deep.service": "unknown",
    });
  });

  it("reads JSON inside JSON and does not trust what lies below the second level", () => {
    const third = JSON.stringify({ size: "small" });
    const second = JSON.stringify({ inner: third, auth_token: third, size: 1 });
    expect(classes("cart", JSON.stringify({ outer: second }))).toEqual({
      "cart.outer.inner": "unknown",
      "cart.outer.auth_token": "secret",
      "cart.outer.size": "infrastructure",
    });
  });

  it("reads a JSON string that holds JSON", () => {
    expect(classes("blob", JSON.stringify('{"token":"t"}'))).toEqual({ "blob.token": "secret" });
  });

  it("reads query strings, with their escapes", () => {
    expect(leavesOf("cart", "?page=2&user%5Femail=a%40b.example&token=t")).toEqual([
      { path: "cart.page", value: "2", class: "infrastructure" },
      { path: "cart.user_email", value: "a@b.example", class: "personal" },
      { path: "cart.token", value: "t", class: "secret" },
    ]);
  });

  it("reads key=value text with quotes", () => {
    expect(leavesOf("cart", 'a=1 pwd="two \\" words", b=x;')).toEqual([
      { path: "cart.a", value: "1", class: "infrastructure" },
      { path: "cart.pwd", value: 'two " words', class: "secret" },
      { path: "cart.b", value: "x", class: "infrastructure" },
    ]);
  });

  it("reads lines of key: value", () => {
    expect(classes("blob", "---\nuser: Ada\n  password: 'x y'\n")).toEqual({
      "blob.user": "unknown",
      "blob.password": "secret",
    });
  });

  it("keeps all values of a name that repeats", () => {
    expect(leavesOf("cart", "a=1&a=2").map((leaf) => leaf.value)).toEqual(["1", "2"]);
  });

  it.each([
    "order 48192 saved",
    "[OrderId: da1e7d99]",
    "status=ok but prose follows",
    "https://shop.example/x?a=b",
    "YWJjZGVmZ2hpamtsbW5vcA==",
    "Error: no\n    at run (file.js:1:1)",
    "a".repeat(70_000),
    `{"size":1,"name":"${"a".repeat(70_000)}"}`,
    "{",
    "",
  ])("leaves free text to the detectors: %.40s", (text) => {
    expect(classifyNested("cart", text, catalog)).toEqual({ kind: "text" });
  });

  it("counts what lies beyond its caps instead of passing it", () => {
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i])));
    expect(classifyNested("cart", many, catalog)).toMatchObject({ kind: "leaves", dropped: 44 });
    const deep = `${'{"a":'.repeat(40)}1${"}".repeat(40)}`;
    expect(classifyNested("cart", deep, catalog)).toEqual({ kind: "leaves", leaves: [], dropped: 1 });
  });

  it("finds a value buried at any depth under an unknown parent, and calls it unknown", () => {
    const name = fc.stringMatching(/^zq[a-f]{1,6}$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 20 }), (path) => {
        const json = path.reduceRight<unknown>((inner, segment) => ({ [segment]: inner }), "canary");
        expect(leavesOf("zqblob", JSON.stringify(json))).toEqual([
          { path: ["zqblob", ...path].join("."), value: "canary", class: "unknown" },
        ]);
      }),
    );
  });

  it("never throws, and never loses a leaf silently", () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, text) => {
        classifyNested("blob", text, catalog);
        const nested = classifyNested("blob", json, catalog);
        expect(["leaves", "text"]).toContain(nested.kind);
      }),
    );
  });

  it("treats hostile names as names", () => {
    expect(leavesOf("blob", '{"__proto__":{"level":"x"},"constructor":"y"}')).toEqual([
      { path: "blob.__proto__.level", value: "x", class: "unknown" },
      { path: "blob.constructor", value: "y", class: "unknown" },
    ]);
    expect(leavesOf("blob", "__proto__=x&b=1")).toHaveLength(2);
  });
});
