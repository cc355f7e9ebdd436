import { describe, expect, it } from "vitest";
import { parseLine } from "./parse-line";

describe("parsing a line", () => {
  it("reads nested JSON into dotted fields and takes the message as title", () => {
    const { fields, title } = parseLine('{"level":"warn","msg":"late","order":{"id":48559,"lines":[{"sku":"A"}]}}');
    expect(fields).toMatchObject({ level: "warn", "order.id": 48559, "order.lines.0.sku": "A" });
    expect(title).toBe("late");
  });

  it("keeps every digit of integers beyond 2^53", () => {
    expect(parseLine('{"orderId":9007199254740993,"n":1.5,"s":"9007199254740993"}').fields).toEqual({
      orderId: "9007199254740993",
      n: 1.5,
      s: "9007199254740993",
    });
  });

  it("unwraps container JSON and reads the line inside", () => {
    const inner = JSON.stringify({ level: "error", orderId: 48556, msg: 'inner "quoted" text' });
    const parsed = parseLine(JSON.stringify({ log: `${inner}\n`, stream: "stderr" }));
    expect(parsed).toMatchObject({ text: inner, title: 'inner "quoted" text' });
    expect(parsed.fields).toMatchObject({ orderId: 48556, stream: "stderr" });
  });

  it("unwraps the container format of Kubernetes", () => {
    expect(parseLine("2026-11-23T15:14:04.510Z stdout F order_id=7 saved").fields).toEqual({
      stream: "stdout",
      order_id: "7",
    });
  });

  it("reads logfmt, quoted values too, with the first of equal names", () => {
    const line =
      'level=error msg="a \\"quoted\\" value" empty= novalue order_id=48562 url="https://x.example/?a=1&b=2" dup=1 dup=2';
    expect(parseLine(line).fields).toEqual({
      level: "error",
      msg: 'a "quoted" value',
      order_id: "48562",
      url: "https://x.example/?a=1&b=2",
      dup: "1",
    });
  });

  it("reads pairs inside prose and leaves the query of a URL alone", () => {
    expect(parseLine("authorize ok order=481920 GET /x?order=1").fields).toEqual({ order: "481920" });
  });

  it("keeps broken JSON as text", () => {
    const line = '{"level":"error","orderId":48555,"msg":"cut off in the mid';
    expect(parseLine(line)).toEqual({ text: line, title: line, fields: {} });
  });

  it("takes colours, control characters and reordering characters out of the title, not out of the text", () => {
    const line = "\u001b[31;1mERROR\u001b[0m order\n48555 rtl\u202eabc";
    expect(parseLine(line)).toMatchObject({ text: line, title: "ERROR order 48555 rtlabc" });
  });

  it("survives keys that would change an object", () => {
    const { fields } = parseLine('{"__proto__":{"admin":true},"constructor":"x"}');
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect(fields["__proto__.admin"]).toBe(true);
  });
});
