import { describe, expect, it } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import { exportCsv } from "./export-csv";
import { formulaSafe } from "./formula-safe";
import { anAnswer, anAnswerSaying } from "@/lib/client/testing/an-answer";
import { HOSTILE_TEXTS } from "./testing/hostile-texts";

const AT = { exportedAt: new Date("2026-11-26T17:00:00Z") };

/** RFC 4180, as strict as its grammar: a stray quote throws. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [, value = "", end] = cell.exec(text) ?? [];
    if (end === undefined) throw new Error(`not RFC 4180 at ${String(at)}: ${text.slice(at, at + 40)}`);
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

function records(text: string): Record<string, string>[] {
  const [header = [], ...rows] = parseCsv(text);
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""])));
}

/** What a spreadsheet would run. */
function isFormula(cell: string): boolean {
  const seen = cell.normalize("NFKC").replace(/^[\s\p{Cc}\p{Cf}"]+/u, "");
  return /^[=+@-]/.test(seen) && !/^-?\d+(\.\d+)?$/.test(cell);
}

describe("hostile text in CSV", () => {
  const benign = parseCsv(exportCsv(anAnswerSaying("benign"), AT));

  it.each(HOSTILE_TEXTS.map((text) => [JSON.stringify(text), text]))("makes no formula of %s", (_name, text) => {
    const file = exportCsv(anAnswerSaying(text), AT);
    const rows = parseCsv(file);
    // The same table: nothing began a row or a cell.
    expect(rows.map((row) => row.length)).toEqual(benign.map((row) => row.length));
    expect(rows.flat().filter(isFormula)).toEqual([]);
    // Nor for a reader that takes semicolons or tabs for separators and knows nothing of quotes.
    for (const line of file.split("\r\n").slice(1)) expect(line.split(/[;\t]/).filter(isFormula)).toEqual([]);
    expect(file.replaceAll("\r\n", "")).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  });

  it("would find a formula, so finding none means something", () => {
    const caught = HOSTILE_TEXTS.filter((text) => isFormula(text));
    expect(caught.length).toBeGreaterThan(15);
    for (const text of caught) expect(formulaSafe(text)).toMatch(/^'/);
  });
  it("leaves harmless text and numbers as they are", () => {
    for (const text of ["order 48192", "a=b", "10:14-10:15", "{}", "1 + 1", "e-mail"])
      expect(formulaSafe(text)).toBe(text);
    const clock = {
      state: "corrected",
      correctedAt: "2026-11-23T10:14:01.012000000Z",
      correctedAtNs: "1795428841012000000",
      offsetNs: "-2000000000",
      pairs: 3,
    } as const;
    const [row] = records(exportCsv(anAnswer({ events: [anEventView({ id: "a", clock })] }), AT)).filter(
      ({ record }) => record === "event",
    );
    expect(row).toMatchObject({ clock_offset_ns: "-2000000000", time: clock.correctedAt });
    expect(row?.["recorded_time"]).toBe("2026-11-23T10:14:03.012000000Z");
  });
});

describe("a timeline as CSV", () => {
  it("has one record a line: the question, how complete it is, gaps, findings, rows and their parts", () => {
    const table = records(exportCsv(anAnswer(), AT));
    const kinds = ["question", "completeness", "gap", "finding", "event", "event", "part"];
    expect(table.map(({ record }) => record)).toEqual(kinds);
    expect(table[1]).toMatchObject({ kind: "partial", count: "3", total: "5", sentence: "Something may be missing." });
    expect(table[2]).toMatchObject({ kind: "timeout", count: "5", total: "unknown", sentence: "Logs did not answer." });
    expect(table[6]).toMatchObject({ id: "c", part_of: "b" });
  });
  it("reads back every text as it was", () => {
    const text = 'He said "no", then; a comma, and ünïcödé';
    const table = records(exportCsv(anAnswerSaying(text), AT));
    const row = table.find(({ record }) => record === "event");
    expect(row).toMatchObject({ title: text, sentence: text, text, service: text, actor_name: text });
    expect(JSON.parse(row?.["attributes"] ?? "")).toEqual({ [text]: text });
  });
  it("marks its encoding only when asked", () => {
    expect(exportCsv(anAnswer(), AT).startsWith("record,id,time,")).toBe(true);
    expect(exportCsv(anAnswer(), AT, { bom: true }).startsWith("\ufeffrecord,")).toBe(true);
  });
});
