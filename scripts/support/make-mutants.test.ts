/** The measure of the redactor is measured: each fault is what it says, and asleep until it is woken. */
import { runInNewContext } from "node:vm";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { applyMutant, makeMutants, weaveMutants } from "./make-mutants.mjs";

/** What a function `told(input)` answers, or throws, for inputs that take every road through it. */
function answersOf(source: string, awake = -1): unknown[] {
  const code = ts.transpile(source, { target: ts.ScriptTarget.ES2022 });
  const told = runInNewContext(`var globalThis = { __mutant: (id) => id === ${awake} }; ${code}; told`) as (
    input: unknown,
  ) => unknown;
  return [undefined, null, 0, 1, 7, "show", "scrub", [1, 2, 9]].map((input) => {
    try {
      return JSON.stringify(told(input));
    } catch (error) {
      return error instanceof Error ? error.name : "thrown";
    }
  });
}

const SAMPLES: Readonly<Record<string, string>> = {
  operators: "function told(x: any) { return (x === 1 || x > 5) && !(x <= 0 && x !== null); }",
  chains: "function told(x: any) { return [x?.filter((n: number) => n > 1).map(String)?.some(Boolean) ?? 'none']; }",
  switches:
    "function told(x: any) { switch (x) { case 0: case 1: return 'few'; case 'show': return 'seen'; } return 1; }",
  calls: "function told(x: any) { const out: any[] = []; if (x) out.push(x); else out.push('none'); return out; }",
  treatments:
    'function told(x: any) { const show = { show: "show", mask: "mask" } as const; return x ? show : "absent"; }',
  nested: "function told(x: any) { return x ? (x > 1 ? [x].every((y) => y < 5 && y !== 2) : 'one') : undefined; }",
};

describe.each(Object.entries(SAMPLES))("faults in %s", (_, source) => {
  const mutants = makeMutants("sample.ts", source).map((mutant, id) => ({ ...mutant, id }));
  const woven = weaveMutants(source, mutants);

  it("change nothing while they sleep", () => {
    expect(mutants.length).toBeGreaterThan(0);
    expect(answersOf(woven)).toEqual(answersOf(source));
  });

  it("do the same awake as written into the text, one at a time", () => {
    for (const mutant of mutants) {
      expect([mutant.what, answersOf(woven, mutant.id)]).toEqual([mutant.what, answersOf(applyMutant(source, mutant))]);
    }
  });
});

describe("makeMutants", () => {
  it("finds the faults that make a redactor tell too much", () => {
    const whats = Object.values(SAMPLES).flatMap((source) => makeMutants("a.ts", source).map(({ what }) => what));
    for (const what of ["=== becomes !==", "|| becomes &&", "condition turned round", "! dropped", "call dropped"]) {
      expect(whats).toContain(what);
    }
    for (const what of ["case never met", "filter dropped", "some becomes every", '"absent" becomes "show"']) {
      expect(whats).toContain(what);
    }
  });

  it("leaves types, imports, names of properties and what is undefined already alone", () => {
    expect(makeMutants("a.ts", "function a() { return undefined; }")).toEqual([]);
    expect(makeMutants("a.ts", 'import a from "show"; type B = "show" | "absent"; const c = { "show": 1 };')).toEqual(
      [],
    );
  });
});
