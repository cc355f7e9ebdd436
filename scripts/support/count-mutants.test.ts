/** The number that docs/security.md states is no better than what was measured. */
import { describe, expect, it } from "vitest";
import { countMutants } from "./count-mutants.mjs";
import { takeSample } from "./plan-mutants.mjs";
import { readControl, readVerdicts } from "./read-verdicts.mjs";

const fault = (id: number, reason?: string) => ({ id, file: "lib/redact/mask.ts", reason });
const planned = [0, 1, 2, 3].map((id) => fault(id));

describe("countMutants", () => {
  it("divides by everything that was planned, not by what was reached", () => {
    const result = countMutants(planned, new Map([[0, "assertion"]]));
    expect(result).toMatchObject({ share: 25, killed: 1 });
    expect(result.unreached.map(({ id }: { id: number }) => id)).toEqual([1, 2, 3]);
  });

  it("counts neither a fault that hangs nor one that breaks the run as killed", () => {
    const verdicts = new Map(
      Object.entries(["assertion", "stuck", "error", "survived"]).map(([i, v]) => [Number(i), v]),
    );
    expect(countMutants(planned, verdicts).share).toBe(25);
  });

  it("leaves out only what is listed with a reason, and says how many", () => {
    const result = countMutants([...planned.slice(1), fault(0, "same order either way")], new Map([[1, "thrown"]]));
    expect(result).toMatchObject({ equivalent: 1, planned: 4, by: { thrown: 1 } });
    expect(result.share).toBeCloseTo(100 / 3);
  });

  it("is 0 of nothing, not 100", () => {
    expect(countMutants([], new Map()).share).toBe(0);
  });
});

describe("readVerdicts", () => {
  const control = readControl([
    { file: "a.test.ts", imports: [3] },
    { file: "a.test.ts", test: "a", ms: 5, reached: [0, 1], count: 2, isReliable: true },
    { file: "b.test.ts", imports: [] },
    { file: "b.test.ts", test: "b", ms: 50, reached: [1], count: 1, isReliable: true },
  ]);

  it("uses no test that is slow or passed only at a second try, and names it", () => {
    const notes = [
      { file: "a.test.ts", test: "slow", ms: 5000, reached: [0], count: 1, isReliable: true },
      { file: "a.test.ts", test: "odd", ms: 5, reached: [0], count: 1, isReliable: false },
    ];
    expect(readControl(notes, 1000)).toMatchObject({ tests: 2, slow: ["slow"], unreliable: ["odd"], reach: {} });
  });

  it("calls a fault survived only when every test file that reaches it is through", () => {
    const early = readVerdicts(planned, control, [{ done: "a.test.ts" }]);
    expect([early.verdicts.get(0), early.verdicts.get(1)]).toEqual(["survived", undefined]);
    const late = readVerdicts(planned, control, [{ done: "a.test.ts" }, { done: "b.test.ts" }]);
    expect(late.verdicts.get(1)).toBe("survived");
  });

  it("names what no test passes by, and counts it as survived", () => {
    const { unseen, verdicts } = readVerdicts(planned, control, []);
    expect(unseen).toEqual([2]);
    expect(verdicts.get(2)).toBe("survived");
  });

  it("waits for every test file that loads it, also when no test passes by", () => {
    expect(readVerdicts(planned, control, []).verdicts.has(3)).toBe(false);
    expect(readVerdicts(planned, control, [{ done: "a.test.ts" }]).verdicts.get(3)).toBe("survived");
  });

  it("takes the word of an assertion over that of a test that got stuck", () => {
    const notes = [{ id: 0, verdict: "stuck" }, { id: 0, verdict: "assertion" }, { done: "a.test.ts" }];
    expect(readVerdicts(planned, control, notes).verdicts.get(0)).toBe("assertion");
    expect(readVerdicts(planned, control, [...notes.slice(0, 1), { done: "a.test.ts" }]).verdicts.get(0)).toBe("stuck");
  });
});

describe("takeSample", () => {
  const all = Array.from({ length: 1000 }, (_, i) => i);

  it("is the same for the same seed and another for another", () => {
    expect(takeSample(all, 50, 1)).toEqual(takeSample(all, 50, 1));
    expect(takeSample(all, 50, 1)).not.toEqual(takeSample(all, 50, 2));
  });

  it("draws from all of the list", () => {
    const quarters = takeSample(all, 200, 7).map((n: number) => Math.floor(n / 250));
    for (const quarter of [0, 1, 2, 3])
      expect(quarters.filter((one: number) => one === quarter).length).toBeGreaterThan(25);
  });

  it("draws each one once", () => {
    const drawn = takeSample(all, 300, 3);
    expect(new Set(drawn).size).toBe(300);
  });
});
