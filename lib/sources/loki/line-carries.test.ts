import { describe, expect, it } from "vitest";
import exchanges from "./fixtures/exchanges.json";
import { lineCarriesTrace, lineCarriesValue } from "./line-carries";
import { readLines } from "./read-lines";
import { LokiQueryAnswer } from "./wire";

const TRACE = "a204d36965ffbb43f2ce9cb6c52595c5";

describe("a line carries a value", () => {
  it("keeps of the recorded lines that contain 48192 only those in which it stands alone", () => {
    const answer = LokiQueryAnswer.parse(JSON.parse(exchanges["form.line-contains.cat"].body));
    const lines = readLines(answer.data.result).map(({ line }) => line);
    const carrying = lines.filter((line) => lineCarriesValue(line, ["48192"]));
    expect(lines.filter((line) => !carrying.includes(line)).length).toBeGreaterThan(7);
    for (const line of lines) {
      expect(lineCarriesValue(line, ["48192"]), line).toBe(!/481920|148192|INV-2048192|48192-B|x48192x/.test(line));
    }
  });

  it.each([
    "order #48192 saved",
    "order 48192.",
    "order 48192 - done",
    "\u001b[36m48192\u001b[0m not found",
    '{"m":"\\u001b[36m48192\\u001b[0m"}',
    '{"log":"first\\n48192 second"}',
    "GET /orders/%2348192?x=1",
    "[48192]",
    "148192 and 48192",
  ])("in %j", (line) => expect(lineCarriesValue(line, ["48192", "#48192"])).toBe(true));

  it.each(["148192", "481920", "48192ms", "x48192", "48192-B", "A-48192", "1.48192", "48192.5", "48192_1", "é48192"])(
    "but not in %j",
    (line) => expect(lineCarriesValue(line, ["48192"])).toBe(false),
  );
});

describe("a line carries a trace", () => {
  it("alone, after a key, and in a traceparent, but not inside longer hex", () => {
    expect(lineCarriesTrace(`trace=${TRACE} ok`, TRACE)).toBe(true);
    expect(lineCarriesTrace(`00-${TRACE}-19586b4ef581bc18-01`, TRACE)).toBe(true);
    expect(lineCarriesTrace(`${TRACE}00`, TRACE)).toBe(false);
  });

  it("with and without zeros in front", () => {
    const padded = "00000000000000000fbfac2253c6bdf8";
    expect(lineCarriesTrace(`traceId=${padded}`, padded)).toBe(true);
    expect(lineCarriesTrace("traceId=0fbfac2253c6bdf8", padded)).toBe(true);
  });
});
