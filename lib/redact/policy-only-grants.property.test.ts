/** Whatever a policy says, taking a grant away never shows more. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { CLASS_TREATMENTS } from "@/lib/domain/class-treatments";
import type { Cell, PolicyDocument, RolePolicy, RowRule } from "@/lib/domain/policy";
import { FIELD_CLASSES, type FieldClass } from "@/lib/domain/role";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import { EVENT_KINDS } from "@/lib/domain/timeline-event";
import { rowsWithClass } from "./planted-rows";
import { DEFAULT_POLICY } from "./policy";
import { redactRow } from "./redact-row";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const SETTINGS = redactionSettings();
const VALUE = "73519046";
/** One kind for each class that a title can be of. */
const KINDS = new Set(["log", "error", "alert", "note"]);
const ROWS = new Map(
  FIELD_CLASSES.map((fieldClass) => [
    fieldClass,
    rowsWithClass(fieldClass, VALUE).filter(({ event }) => KINDS.has(event.kind)),
  ]),
);

const aTreatment = (fieldClass: FieldClass) => fc.constantFrom(...CLASS_TREATMENTS[fieldClass]);
const aCell = (fieldClass: FieldClass): fc.Arbitrary<Cell> =>
  fc.oneof(aTreatment(fieldClass), fc.record({ own: aTreatment(fieldClass), other: aTreatment(fieldClass) }));
const aRule: fc.Arbitrary<RowRule> = fc.record({
  grant: fc.constantFrom("full", "stub"),
  rows: fc.oneof(
    fc.constant({}),
    fc.record({ kinds: fc.subarray([...EVENT_KINDS], { minLength: 1 }) }),
    fc.constant({ own: true as const }),
    fc.constant({ recognised: true as const }),
  ),
});
const aRole = fc.record({
  classes: fc.record(Object.fromEntries(FIELD_CLASSES.map((one) => [one, aCell(one)])), { requiredKeys: [] }),
  rows: fc.array(aRule, { maxLength: 4 }),
});

type Granted = Pick<RolePolicy, "classes" | "rows">;

/** Which planted rows tell the value, and which are there at all. */
function told(granted: Granted): Set<string> {
  const policy: PolicyDocument = {
    ...DEFAULT_POLICY,
    roles: [{ name: "support", description: "", abilities: [], mayReveal: [], ...granted }],
  };
  const found = new Set<string>();
  for (const scope of ["all", new Set<string>()] as const) {
    const context = createRedactionContext(SETTINGS, anAccess("support", { policy, granted: scope }));
    const note = (row: TimelineRow, name: string): void => {
      const access = context.rowAccess(row);
      if (access === "omit") return;
      found.add(`${name} is there`);
      if (access === "full") found.add(`${name} is full`);
      context.listedKeys = new Set(row.keyIds);
      if (JSON.stringify(redactRow(row, "", context)).includes(VALUE)) found.add(`${name} tells`);
    };
    for (const [fieldClass, rows] of ROWS) {
      rows.forEach((row, i) => note(row, `${scope === "all" ? "own" : "other"} ${fieldClass} ${String(i)}`));
    }
  }
  return found;
}

it("taking a cell or a row rule away never shows more", () => {
  let lost = 0;
  fc.assert(
    fc.property(aRole, fc.nat(), fc.boolean(), ({ classes, rows }, pick, ofRows) => {
      const names = Object.keys(classes);
      if ((ofRows ? rows : names).length === 0) return;
      const gone = names[pick % Math.max(1, names.length)];
      const less: Granted = ofRows
        ? { classes, rows: rows.filter((_, i) => i !== pick % rows.length) }
        : { classes: Object.fromEntries(Object.entries(classes).filter(([name]) => name !== gone)), rows };
      const [before, after] = [told({ classes, rows }), told(less)];
      expect([...after].filter((one) => !before.has(one))).toEqual([]);
      if (after.size < before.size) lost++;
    }),
    { numRuns: 40 },
  );
  // Else the property would hold because nothing was ever shown.
  expect(lost).toBeGreaterThan(5);
}, 60_000);
