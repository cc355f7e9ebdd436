/** Which rows somebody may know of: rules only grant, and what looks along only takes away. */
import { describe, expect, it } from "vitest";
import type { Lens } from "@/lib/domain/access";
import type { RowRule } from "@/lib/domain/policy";
import { anEvent } from "@/lib/domain/testing/an-event";
import { nothingFor } from "./policy";
import { owns, rowAccess, seesEveryRow, type ScopedRow } from "./row-access";
import { OWN_SERVICE } from "./testing/a-canary-row";

const lens = (rows: readonly RowRule[], over: Partial<Lens> = {}): Lens => ({
  role: { ...nothingFor("reader"), rows: [...rows] },
  teams: [],
  granted: new Set(),
  ...over,
});

const ROW: ScopedRow = {
  event: anEvent({
    kind: "log",
    source: "loki/main",
    attributes: { "label.team": "billing", region: 7, "resource.zone": "a" },
  }),
  service: OWN_SERVICE,
  recognised: false,
};
const NOWHERE = { ...ROW, service: null };
const { owner: _, ...UNOWNED } = OWN_SERVICE;

const access = (rows: RowRule["rows"], row: ScopedRow = ROW, over: Partial<Lens> = {}) =>
  rowAccess(row, [lens([{ rows, grant: "full" }], over)]);

describe("a rule", () => {
  it.each<[string, RowRule["rows"], RowRule["rows"]]>([
    ["kind", { kinds: ["span", "log"] }, { kinds: ["span"] }],
    ["kind of source", { sourceKinds: ["tempo", "loki"] }, { sourceKinds: ["tempo"] }],
    ["source", { sources: ["loki/main"] }, { sources: ["loki/other"] }],
    ["service", { services: [OWN_SERVICE.name] }, { services: ["other"] }],
    ["team", { teams: ["Orders team"] }, { teams: ["Billing team"] }],
    ["label", { labels: { team: ["billing", "orders"] } }, { labels: { team: ["orders"] } }],
    ["attribute", { labels: { region: ["7"] } }, { labels: { region: ["8"] } }],
    ["resource", { labels: { zone: ["a"] } }, { labels: { zone: ["b"] } }],
    ["label that is not there", { labels: { team: ["billing"] } }, { labels: { nothing: ["billing"] } }],
    ["name of every object", { labels: {} }, { labels: { constructor: [String(Object)] } }],
    ["whole", { kinds: ["log"], teams: ["Orders team"] }, { kinds: ["log"], teams: ["Billing team"] }],
    ["all labels", { labels: { team: ["billing"], zone: ["a"] } }, { labels: { team: ["billing"], zone: ["b"] } }],
  ])("grants by its %s, and nothing else", (_name, met, missed) => {
    expect([access(met), access(missed)]).toEqual(["full", "omit"]);
  });

  it("about services and teams grants no row without one", () => {
    expect(access({ services: [OWN_SERVICE.name] }, NOWHERE)).toBe("omit");
    expect(access({ teams: ["Orders team"] }, NOWHERE)).toBe("omit");
    expect(access({ teams: ["Orders team"] }, { ...ROW, service: UNOWNED })).toBe("omit");
  });

  it("about recognised rows grants those", () => {
    expect([access({ recognised: true }), access({ recognised: true }, { ...ROW, recognised: true })]).toEqual([
      "omit",
      "full",
    ]);
  });

  it("about the reader's own rows grants what they own", () => {
    expect(access({ own: true })).toBe("omit");
    expect(access({ own: true }, ROW, { granted: new Set([OWN_SERVICE.name]) })).toBe("full");
  });
});

describe("several rules", () => {
  it("grant the most, in any order", () => {
    const rules: RowRule[] = [
      { rows: {}, grant: "stub" },
      { rows: { kinds: ["log"] }, grant: "full" },
      { rows: { kinds: ["log"] }, grant: "stub" },
    ];
    for (const order of [rules, [...rules].reverse()]) expect(rowAccess(ROW, [lens(order)])).toBe("full");
    expect(rowAccess(ROW, [lens([rules[0]!, { rows: { kinds: ["span"] }, grant: "full" }])])).toBe("stub");
    expect(rowAccess(ROW, [lens([])])).toBe("omit");
  });

  it("of several who look together show what each of them may see", () => {
    const of = (grant: "full" | "stub") => lens([{ rows: {}, grant }]);
    expect(rowAccess(ROW, [of("full"), of("full")])).toBe("full");
    expect(rowAccess(ROW, [of("stub"), of("full")])).toBe("stub");
    expect(rowAccess(ROW, [of("full"), of("stub"), lens([])])).toBe("omit");
    expect(rowAccess(ROW, [])).toBe("omit");
  });
});

describe("owning a service", () => {
  it("comes by a grant of it, by a grant of everything, or by a team", () => {
    expect(owns(lens([], { granted: new Set([OWN_SERVICE.name]) }), OWN_SERVICE)).toBe(true);
    expect(owns(lens([], { granted: new Set(["other"]) }), OWN_SERVICE)).toBe(false);
    expect(owns(lens([], { granted: "all" }), null)).toBe(true);
    expect(owns(lens([], { teams: ["billing team", "ORDERS team"] }), OWN_SERVICE)).toBe(true);
    expect(owns(lens([], { teams: ["billing team"] }), OWN_SERVICE)).toBe(false);
  });

  it("is nothing where there is no service or it has no owner", () => {
    expect(owns(lens([], { teams: ["orders team"] }), null)).toBe(false);
    expect(owns(lens([], { teams: ["orders team", "undefined"] }), UNOWNED)).toBe(false);
    expect(owns(lens([], { granted: new Set([UNOWNED.name]) }), UNOWNED)).toBe(true);
  });
});

describe("seeing that every row exists", () => {
  it("takes one rule without any condition", () => {
    expect(seesEveryRow(lens([{ rows: { kinds: ["log"] }, grant: "full" }]))).toBe(false);
    expect(
      seesEveryRow(
        lens([
          { rows: { kinds: ["log"] }, grant: "full" },
          { rows: {}, grant: "stub" },
        ]),
      ),
    ).toBe(true);
    expect(seesEveryRow(lens([{ rows: { kinds: undefined, own: undefined } as never, grant: "stub" }]))).toBe(true);
    expect(seesEveryRow(lens([{ rows: { kinds: undefined, own: true } as never, grant: "stub" }]))).toBe(false);
    expect(seesEveryRow(lens([]))).toBe(false);
  });
});
