/** Whatever breaks inside the door, nothing of the row gets out, and somebody hears of it. */
import { describe, expect, it } from "vitest";
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import { compileClassTable } from "./class-table";
import { TimelineRedactor } from "./redact-timeline";
import { createRedactionContext, type RedactionContext } from "./redaction-context";
import { aCanaryRow, canariesIn } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const boom = () => {
  throw new Error("zqboom7099");
};

const ROWS = [aCanaryRow("log"), aCanaryRow("error")];
const TIMELINE: StitchedTimeline = {
  rows: ROWS,
  keys: [
    { id: "order:70002", key: { kind: "order", value: "70002" }, asked: true, followed: true, rows: 1, degree: 1 },
  ],
  edges: [],
  services: [],
  calls: [],
  findings: [],
  gaps: [],
  follow: [],
  records: 2,
  leftOut: 0,
  foreign: 0,
  unlinked: new Map(),
};

function contextOf(role: string): RedactionContext {
  return createRedactionContext(redactionSettings(), anAccess(role));
}

function ask(context: RedactionContext) {
  const withheld: string[][] = [];
  const redactor = new TimelineRedactor(context, (row, reason) => withheld.push([row, reason]));
  const text = JSON.stringify(redactor.rows(TIMELINE).map((frame) => frame.reveal()));
  return { text, withheld };
}

const BROKEN: Readonly<Record<string, (context: RedactionContext) => RedactionContext>> = {
  "the field catalogue": (context) => ({ ...context, fields: { classOf: boom } }),
  "the class table": (context) => ({ ...context, table: boom }),
  "the row rules": (context) => ({ ...context, rowAccess: boom }),
  "the stand-ins": (context) => ({ ...context, standIn: boom, pseudonyms: { pseudonym: boom } }),
  "the key rules": (context) => ({ ...context, keyRules: { ...context.keyRules, forAttribute: boom } }),
};

describe("the door, when something in it throws", () => {
  it.each(Object.entries(BROKEN))("keeps every row back whole: %s", (_name, broken) => {
    const { text, withheld } = ask(broken(contextOf("engineer")));
    expect([...canariesIn(text)]).toEqual([]);
    expect(text.match(/could not be made safe to show/g)).toHaveLength(2 * ROWS.length);
    const ids = ROWS.map(({ event }) => [contextOf("engineer").publicId(event.id), "error"]);
    expect(withheld).toEqual(ids);
  });

  it("shows the rows when nothing throws, so that the tests above can fail", () => {
    const { text, withheld } = ask(contextOf("engineer"));
    expect(canariesIn(text).size).toBeGreaterThan(10);
    expect(withheld).toEqual([]);
  });

  it("refuses a row that the redactor made too open, and names the field but not its value", () => {
    const support = contextOf("support");
    const everything = compileClassTable(anAccess("engineer"), [true]);
    const honest = support.table(ROWS[0]!.service);
    let asked = 0;
    // The redactor is told of an engineer's table; the check behind it asks again and hears the truth.
    const lying = { ...support, table: () => (asked++ % 2 === 0 ? everything : honest) };
    const redactor = (rows: StitchedTimeline["rows"]) => {
      const withheld: string[] = [];
      asked = 0;
      const made = new TimelineRedactor(lying, (_row, reason) => withheld.push(reason)).rows({ ...TIMELINE, rows });
      return { text: JSON.stringify(made.map((frame) => frame.reveal())), withheld };
    };
    const { text, withheld } = redactor(ROWS.slice(0, 1));
    expect([...canariesIn(text)]).toEqual([]);
    expect(withheld).toHaveLength(1);
    expect(withheld[0]).toMatch(/^[a-zA-Z.]+$/);
    expect(withheld[0]).not.toBe("error");
  });

  it("answers nothing at all when not even ids can be made", () => {
    expect(() => ask({ ...contextOf("engineer"), publicId: boom })).toThrow();
  });
});
