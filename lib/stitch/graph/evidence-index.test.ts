import { describe, expect, it } from "vitest";
import type { EvidenceRecord } from "../read-records";
import { aLine, readBy } from "../testing/an-estate";
import { indexEvidence } from "./evidence-index";

const ORDER = { kind: "order", value: "48192" };

/** One line, as a step with this name, so many joins away, and with this query found it. */
function fetched(id: string, hop: number, text: string): EvidenceRecord {
  const [record] = readBy(ORDER, [aLine(1, "order #48192 saved")]);
  if (!record) throw new Error("the line was not read");
  return { ...record, step: { ...record.step, id, hop }, query: { language: "LogQL", text } };
}

const queryOf = (...arrived: EvidenceRecord[]) =>
  indexEvidence(arrived.map((record) => [record])).records.map(({ query }) => query?.text);

describe("a record that several queries found", () => {
  it.each([
    ["of the step that was asked first", fetched("z", 0, "asked"), fetched("a", 1, "followed"), "asked"],
    ["of the first step by name, however many joins away", fetched("a", 2, "one"), fetched("b", 1, "other"), "one"],
    ["the first by its text within one step", fetched("a", 1, "a query"), fetched("a", 1, "b query"), "a query"],
  ])("names the query %s, whichever was answered first", (_case, one, other, expected) => {
    expect(queryOf(one, other)).toEqual([expected]);
    expect(queryOf(other, one)).toEqual([expected]);
  });
});
