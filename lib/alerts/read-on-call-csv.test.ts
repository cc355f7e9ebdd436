import { describe, expect, it } from "vitest";
import { readOnCallCsv } from "./read-on-call-csv";

const HEAD = "id,person,at,alert,channel,step,delivered";
const GOOD = "p-1,Kim@Example.com,2026-10-03T02:14:31Z,CheckoutSlow,call,2,false";

function read(...lines: string[]) {
  const result = readOnCallCsv("pages", lines.join("\n"));
  if ("detail" in result) throw new Error(`${result.field}: ${result.detail}`);
  return result;
}

describe("a file of pages", () => {
  it("is read as the feed it stands for", () => {
    const { feed, refused } = read(HEAD, GOOD);
    expect(refused).toEqual([]);
    expect(feed.pages).toMatchObject([{ id: "p-1", person: "kim@example.com", step: 2, delivered: false }]);
  });

  it("keeps the good lines and names the others by line and column", () => {
    const { feed, refused } = read(HEAD, GOOD, "p-2,kim@example.com,yesterday,CheckoutSlow,call,,", "", "p-3,,x", GOOD);
    expect(feed.pages).toHaveLength(2);
    expect(refused).toEqual([
      { line: 3, column: "at", detail: "Expected a time with zone, such as 2026-10-03T02:14:00Z." },
      { line: 5, column: "", detail: "Expected 7 cells, as in the first line." },
    ]);
  });

  it("never repeats what stands in a refused cell", () => {
    const { refused } = read(HEAD, "p-2,kim@example.com,secret-canary,CheckoutSlow,call,,");
    expect(JSON.stringify(refused)).not.toContain("canary");
  });

  it("is refused as a whole for a column that nobody knows, which would be lost in every line", () => {
    const result = readOnCallCsv("pages", `id,person,at,alert,channel,acked_at\n${GOOD}`);
    expect(result).toMatchObject({ field: "column 6", detail: expect.stringContaining("ackedAt") });
  });

  it("is refused as a whole when it is empty, too long, or no CSV", () => {
    expect(readOnCallCsv("pages", "")).toMatchObject({ field: "file" });
    expect(readOnCallCsv("pages", [HEAD, ...Array.from({ length: 5_001 }, () => GOOD)].join("\n"))).toMatchObject({
      field: "file",
    });
    expect(readOnCallCsv("pages", `${HEAD}\n"p-1,kim`)).toMatchObject({ field: expect.stringMatching(/line/) });
  });
});

it("refuses a shift that ends before it begins", () => {
  const text = "id,person,from,to\ns-1,kim@example.com,2026-10-08T08:00:00Z,2026-10-01T08:00:00Z";
  expect(readOnCallCsv("shifts", text)).toMatchObject({ refused: [{ line: 2, column: "to" }] });
});

it.each([
  ["a time without a zone", "p-1,kim@example.com,2026-10-03T02:14:31,Slow,call,,", "at"],
  ["nobody", "p-1,,2026-10-03T02:14:31Z,Slow,call,,", "person"],
  ["no name", "p-1,kim@example.com,2026-10-03T02:14:31Z, ,call,,", "alert"],
  ["a step that is none", "p-1,kim@example.com,2026-10-03T02:14:31Z,Slow,call,two,", "step"],
  ["a flag that is none", "p-1,kim@example.com,2026-10-03T02:14:31Z,Slow,call,,maybe", "delivered"],
])("refuses a line for %s", (_what, line, column) => {
  expect(read(HEAD, line).refused).toMatchObject([{ line: 2, column }]);
});

it("refuses a person whose zone does not exist", () => {
  const zone = "person,zone\nkim@example.com,Europe/Nowhere\nsam@example.com,Europe/Berlin";
  expect(readOnCallCsv("people", zone)).toMatchObject({
    ...{ feed: { people: [{ zone: "Europe/Berlin" }] }, refused: [{ line: 2, column: "zone" }] },
  });
});

const SHORT = "id,person,at,alert,channel";
const row = (id: string, part: { at?: string; alert?: string } = {}) =>
  `${id},kim@example.com,${part.at ?? "2026-10-03T02:14:31Z"},${part.alert ?? "Blip"},call`;
const WRONG = row("p9", { at: "yesterday" });

describe.each([
  ["\n", "LF"],
  ["\r\n", "CRLF"],
  ["\r", "CR"],
])("with line ends %j (%s)", (end) => {
  const file = (...lines: string[]) => readOnCallCsv("pages", lines.join(end));
  const at = (line: number) => ({ refused: [{ line, column: "at" }] });
  const tall = row("p1", { alert: `"Blip${end}of three${end}lines"` });

  it("names the first line of a row that is wrong", () => {
    const wrongAndTall = row("p2", { alert: `"Two${end}lines"`, at: "yesterday" });
    expect(file(SHORT, wrongAndTall, row("p3"))).toMatchObject(at(2));
    expect(file(SHORT, tall, wrongAndTall)).toMatchObject(at(5));
  });

  it("counts lines of cells and empty lines before it", () => {
    expect(file(SHORT, tall, WRONG)).toMatchObject(at(5));
    expect(file("", SHORT, "", " ", tall, "", WRONG, "")).toMatchObject(at(9));
  });

  it("names where a row begins that cannot be read", () => {
    expect(file(SHORT, tall, `p2,"never closed${end}${end}`)).toMatchObject({ field: "line 5" });
    expect(file(SHORT, "", `${row("p1")},too,many`)).toMatchObject({ refused: [{ line: 3, column: "" }] });
  });

  it("keeps the line ends inside a cell", () => {
    expect(file(SHORT, tall)).toMatchObject({ feed: { pages: [{ alert: `Blip${end}of three${end}lines` }] } });
  });
});
