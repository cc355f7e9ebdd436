import { describe, expect, it } from "vitest";
import { readOnCallCsv } from "./read-on-call-csv";

const HEAD = "id,person,at,alert,channel";
const row = (id: string, part: { person?: string; at?: string; alert?: string } = {}) =>
  `${id},${part.person ?? "kim@example.com"},${part.at ?? "2026-10-03T02:14:31Z"},${part.alert ?? "Blip"},call`;
const pages = (...lines: string[]) => readOnCallCsv("pages", lines.join("\n"));
const WRONG = row("p9", { at: "yesterday" });

describe("a file of pages", () => {
  it("is read as the feed it stands for", () => {
    const text = [
      "\u{feff}id, person ,at,alert,channel,step,delivered,ackedAt,engagedMinutes,service",
      "p1, Kim@Example.com ,2026-10-03T02:14:31Z,Blip,call,2,false,2026-10-03T02:20:00+02:00,7.5,shop",
      "p2,kim@example.com,2026-10-03T03:14:31Z,Blip,sms,,,,,",
    ];
    const told = { person: "kim@example.com", alert: "Blip" };
    expect(pages(...text)).toEqual({
      ...{ shifts: [], people: [] },
      pages: [
        {
          ...{ ...told, id: "p1", at: "2026-10-03T02:14:31Z", channel: "call", step: 2, delivered: false },
          ...{ ackedAt: "2026-10-03T02:20:00+02:00", engagedMinutes: 7.5, service: "shop", reason: "first" },
        },
        {
          ...{ ...told, id: "p2", at: "2026-10-03T03:14:31Z", channel: "sms", step: 1, delivered: true },
          ...{ service: "", reason: "first" },
        },
      ],
    });
  });

  it.each([
    ["a time without a zone", row("p1", { at: "2026-10-03T02:14:31" }), "line 2, at"],
    ["nobody", row("p1", { person: "" }), "line 2, person"],
    ["no name", row("p1", { alert: " " }), "line 2, alert"],
  ])("is refused for %s, by line and column", (_what, line, field) => {
    expect(pages(HEAD, line)).toMatchObject({ field });
  });

  it("is refused whole for its last row, and for a column that nobody knows", () => {
    expect(pages(HEAD, row("p1"), row("p2"), WRONG)).toMatchObject({ field: "line 4, at" });
    expect(pages(`${HEAD},colour`, `${row("p1")},red`)).toMatchObject({ field: "line 2, colour" });
    expect(pages(`${HEAD},delivered`, `${row("p1")},maybe`)).toMatchObject({ field: "line 2, delivered" });
    expect(pages(`${HEAD},step`, `${row("p1")},two`)).toMatchObject({ field: "line 2, step" });
  });

  describe.each([
    ["\n", "LF"],
    ["\r\n", "CRLF"],
    ["\r", "CR"],
  ])("with line ends %j (%s)", (end) => {
    const file = (...lines: string[]) => readOnCallCsv("pages", lines.join(end));
    const tall = row("p1", { alert: `"Blip${end}of three${end}lines"` });

    it("names the first line of a row that is wrong", () => {
      const wrongAndTall = row("p2", { alert: `"Two${end}lines"`, at: "yesterday" });
      expect(file(HEAD, wrongAndTall, row("p3"))).toMatchObject({ field: "line 2, at" });
      expect(file(HEAD, tall, wrongAndTall)).toMatchObject({ field: "line 5, at" });
    });

    it("counts lines of cells and empty lines before it", () => {
      expect(file(HEAD, tall, WRONG)).toMatchObject({ field: "line 5, at" });
      expect(file("", HEAD, "", " ", tall, "", WRONG, "")).toMatchObject({ field: "line 9, at" });
    });

    it("names where a row begins that cannot be read", () => {
      expect(file(HEAD, tall, `p2,"never closed${end}${end}`)).toMatchObject({ field: "file line 5" });
      expect(file(HEAD, "", `${row("p1")},too,many`)).toMatchObject({ field: "file line 3" });
    });

    it("keeps the line ends inside a cell", () => {
      expect(file(HEAD, tall)).toMatchObject({ pages: [{ alert: `Blip${end}of three${end}lines` }] });
    });
  });

  it("may be empty, and may not be longer than a feed", () => {
    expect(pages("")).toEqual({ pages: [], shifts: [], people: [] });
    expect(pages(HEAD)).toEqual({ pages: [], shifts: [], people: [] });
    const rows = Array.from({ length: 5_000 }, (_, n) => row(`p${String(n)}`));
    expect(pages(HEAD, ...rows)).toMatchObject({ pages: expect.objectContaining({ length: 5_000 }) });
    expect(pages(HEAD, ...rows, row("one more"))).toMatchObject({ field: "file" });
  });
});

describe("a file of shifts or people", () => {
  it("is read", () => {
    const shift = "id,person,schedule,from,to\ns1,kim@example.com,primary,2026-10-01T08:00:00Z,2026-10-08T08:00:00Z";
    expect(readOnCallCsv("shifts", shift)).toMatchObject({ shifts: [{ id: "s1", schedule: "primary" }] });
    const person = "person,name,team,zone,from\nkim@example.com,Kim,Storefront,Europe/Berlin,";
    expect(readOnCallCsv("people", person)).toMatchObject({ people: [{ name: "Kim", zone: "Europe/Berlin" }] });
  });

  it("is refused for a shift that ends before it begins, and for a zone that does not exist", () => {
    const shift = "id,person,from,to\ns1,kim@example.com,2026-10-08T08:00:00Z,2026-10-01T08:00:00Z";
    expect(readOnCallCsv("shifts", shift)).toMatchObject({ field: "line 2, to" });
    const zone = "person,zone\nkim@example.com,Europe/Nowhere";
    expect(readOnCallCsv("people", zone)).toMatchObject({ field: "line 2, zone" });
  });
});
