import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventView } from "@/lib/contract/event-view";
import { criticalPath } from "./critical-path";
import { prepareTrace } from "./prepare-trace";
import { aSpan, TRACE } from "./testing/a-span";
import { randomTrace } from "./testing/random-trace";

/** `step 0 0–4`, in order of time. */
function path(rows: readonly EventView[]): string[] {
  const nodes = prepareTrace(rows, TRACE, "corrected")?.nodes ?? [];
  return (criticalPath(nodes)?.segments ?? []).map(
    ({ node, fromUs, toUs }) => `${nodes[node]?.row?.title ?? ""} ${String(fromUs)}–${String(toUs)}`,
  );
}

describe("criticalPath", () => {
  it("goes through the child that finished last and back to its parent between children", () => {
    const rows = [
      aSpan({ id: 0, from: 0, to: 100 }),
      aSpan({ id: 1, parent: 0, from: 10, to: 40 }),
      aSpan({ id: 2, parent: 0, from: 50, to: 90 }),
    ];
    expect(path(rows)).toEqual(["step 0 0–10", "step 1 10–40", "step 0 40–50", "step 2 50–90", "step 0 90–100"]);
  });

  it("leaves out what ran beside the child that finished last", () => {
    const rows = [
      aSpan({ id: 0, from: 0, to: 100 }),
      aSpan({ id: 1, parent: 0, from: 10, to: 60 }),
      aSpan({ id: 2, parent: 0, from: 20, to: 90 }),
    ];
    expect(path(rows)).toEqual(["step 0 0–20", "step 2 20–90", "step 0 90–100"]);
  });

  it("counts a child that outlived its parent up to the parent's end", () => {
    const rows = [aSpan({ id: 0, from: 0, to: 100 }), aSpan({ id: 1, parent: 0, from: 30, to: 140 })];
    expect(path(rows)).toEqual(["step 0 0–30", "step 1 30–100"]);
  });

  it("leaves out what nobody waited for", () => {
    const rows = [
      aSpan({ id: 0, from: 0, to: 100 }),
      aSpan({ id: 1, parent: 0, from: 120, to: 300 }),
      aSpan({ id: 2, parent: 0, from: 50, to: 100, kind: "consumer" }),
    ];
    expect(path(rows)).toEqual(["step 0 0–100"]);
  });

  it("explains the longest span without a parent, also below a missing one", () => {
    const rows = [aSpan({ id: 0, from: 0, to: 10 }), aSpan({ id: 1, parent: 9, from: 20, to: 90 })];
    expect(path(rows)).toEqual(["step 1 20–90"]);
  });

  it("goes down fifty thousand levels", () => {
    const rows = Array.from({ length: 50_000 }, (_, id) =>
      aSpan({ id, from: id, to: 200_000 - id, ...(id === 0 ? {} : { parent: id - 1 }) }),
    );
    expect(path(rows)).toHaveLength(99_999);
  });

  it("covers the root exactly, without overlap, each piece inside its own span", () => {
    fc.assert(
      fc.property(randomTrace, (rows) => {
        const nodes = prepareTrace(rows, TRACE, "corrected")?.nodes ?? [];
        const found = criticalPath(nodes);
        const root = nodes[found?.root ?? -1];
        let cursorUs = root?.startUs;
        for (const { node, fromUs, toUs } of found?.segments ?? []) {
          expect(fromUs).toBe(cursorUs);
          expect(toUs).toBeGreaterThan(fromUs);
          expect(fromUs).toBeGreaterThanOrEqual(nodes[node]?.startUs ?? Infinity);
          expect(toUs).toBeLessThanOrEqual(nodes[node]?.endUs ?? -Infinity);
          cursorUs = toUs;
        }
        expect(cursorUs).toBe(root?.endUs);
      }),
    );
  });
});
