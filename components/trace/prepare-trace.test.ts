import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventView } from "@/lib/contract/event-view";
import { prepareTrace } from "./prepare-trace";
import { aLine, anException, aSpan, spanId, TRACE } from "./testing/a-span";
import { randomTrace } from "./testing/random-trace";

function prepare(rows: readonly EventView[], clock: "raw" | "corrected" = "corrected") {
  const trace = prepareTrace(rows, TRACE, clock);
  if (!trace) throw new Error("no trace");
  return trace;
}
/** `step 0 > step 1`, one line for each node, indented by depth. */
function outline(rows: readonly EventView[]): string[] {
  return prepare(rows).nodes.map((node) => "  ".repeat(node.depth) + (node.row?.title ?? node.placeholder ?? ""));
}

describe("prepareTrace", () => {
  it("gives the tree depth first, siblings by their start", () => {
    const rows = [
      aSpan({ id: 3, parent: 1, from: 3, to: 4 }),
      aSpan({ id: 2, parent: 0, from: 6, to: 8 }),
      aSpan({ id: 1, parent: 0, from: 2, to: 5 }),
      aSpan({ id: 0, from: 0, to: 10 }),
    ];
    expect(outline(rows)).toEqual(["step 0", "  step 1", "    step 3", "  step 2"]);
  });

  it("hangs spans whose parent is not there under a placeholder, one for each missing parent", () => {
    const rows = [
      aSpan({ id: 0, from: 0, to: 10 }),
      aSpan({ id: 1, parent: 77, from: 2, to: 5 }),
      aSpan({ id: 2, parent: 77, from: 6, to: 7 }),
      aSpan({ id: 3, parent: 78, from: 8, to: 9 }),
    ];
    expect(outline(rows)).toEqual(["step 0", "missing-parent", "  step 1", "  step 2", "missing-parent", "  step 3"]);
    const trace = prepare(rows);
    expect(trace).toMatchObject({ missingParents: 2, orphans: 3, spanCount: 4 });
    expect(trace.nodes[1]).toMatchObject({ spanId: spanId(77), startUs: 2, endUs: 7, selfUs: 0 });
  });

  it("shows several roots", () => {
    expect(outline([aSpan({ id: 0, from: 0, to: 1 }), aSpan({ id: 1, from: 5, to: 6 })])).toEqual(["step 0", "step 1"]);
  });

  it("shows spans that name each other as parent, and says so", () => {
    const rows = [aSpan({ id: 0, parent: 1, from: 0, to: 3 }), aSpan({ id: 1, parent: 0, from: 1, to: 2 })];
    expect(outline(rows)).toEqual(["step 0", "  step 1"]);
    expect(prepare(rows)).toMatchObject({ loops: 1, missingParents: 0 });
  });

  it("shows a span that names itself as parent", () => {
    expect(outline([aSpan({ id: 0, parent: 0, from: 0, to: 1 })])).toEqual(["step 0"]);
  });

  it("puts the server's end of a call under the client's when both share one id, and their children under the server's", () => {
    const rows = [
      aSpan({ id: 0, from: 0, to: 10 }),
      aSpan({ id: 1, parent: 0, from: 1, to: 9, kind: "client", over: { title: "client" } }),
      aSpan({ id: 1, parent: 0, from: 2, to: 8, kind: "server", over: { title: "server" } }),
      aSpan({ id: 2, parent: 1, from: 3, to: 4 }),
    ];
    expect(outline(rows)).toEqual(["step 0", "  client", "    server", "      step 2"]);
    expect(prepare(rows).sharedIds).toBe(0);
  });

  it("gives a child of a repeated id to the span that ran at the time", () => {
    const rows = [
      aSpan({ id: 1, from: 0, to: 10, over: { title: "first run" } }),
      aSpan({ id: 1, from: 20, to: 30, over: { title: "second run" } }),
      aSpan({ id: 2, parent: 1, from: 22, to: 24 }),
    ];
    expect(outline(rows)).toEqual(["first run", "second run", "  step 2"]);
    expect(prepare(rows).sharedIds).toBe(0);
  });

  it("counts a child whose parent id belongs to several spans that ran at the time", () => {
    const rows = [
      aSpan({ id: 1, from: 0, to: 10, over: { id: "a" } }),
      aSpan({ id: 1, from: 0, to: 10, over: { id: "b" } }),
      aSpan({ id: 2, parent: 1, from: 2, to: 4 }),
    ];
    expect(prepare(rows).sharedIds).toBe(1);
  });

  it("puts logs and exceptions at their spans, in order of time", () => {
    const rows = [
      aSpan({ id: 0, from: 0, to: 10 }),
      aSpan({ id: 1, parent: 0, from: 2, to: 5 }),
      anException("late", 4, 1),
      aLine("early", 3, 1),
    ];
    expect(prepare(rows).nodes[1]?.records.map((record) => record.row.id)).toEqual(["early", "late"]);
  });

  it("keeps records whose span is not there, after all spans", () => {
    const rows = [aSpan({ id: 0, from: 0, to: 10 }), aLine("homeless", 3, 55), aLine("no span", 4, undefined)];
    const trace = prepare(rows);
    expect(trace.nodes.at(-1)).toMatchObject({ placeholder: "no-span", startUs: 3, endUs: 4 });
    expect(trace.nodes.at(-1)?.records.map((record) => record.row.id)).toEqual(["homeless", "no span"]);
  });

  it("leaves out records of other traces, also where their text names this one", () => {
    const other = { value: "0af7651916cd43dd8448eb211c80319c", class: "telemetry-id", treatment: "show" } as const;
    const elsewhere = aLine("elsewhere", 3, 0, {
      attributes: { traceId: other },
      keys: [{ kind: "trace", value: TRACE }],
    });
    expect(prepare([aSpan({ id: 0, from: 0, to: 10 }), elsewhere]).recordCount).toBe(0);
  });

  it("takes in records that name the trace in their text only", () => {
    const line = aLine("prose", 3, undefined, { attributes: {}, keys: [{ kind: "trace", value: TRACE }] });
    expect(prepare([aSpan({ id: 0, from: 0, to: 10 }), line]).recordCount).toBe(1);
  });

  it("takes rows that are parts of another row as records of the trace too", () => {
    const line = aLine("part", 3, 0, { partOf: "other", part: "same-fact" });
    expect(prepare([aSpan({ id: 0, from: 0, to: 10 }), line]).nodes[0]?.records).toHaveLength(1);
  });

  it("does not count what nobody waited for as time of the caller", () => {
    const rows = [
      aSpan({ id: 0, from: 0, to: 10 }),
      aSpan({ id: 1, parent: 0, from: 2, to: 5 }),
      aSpan({ id: 2, parent: 0, from: 4, to: 8 }),
      aSpan({ id: 3, parent: 0, from: 9, to: 30, kind: "consumer" }),
      aSpan({ id: 4, parent: 0, from: 40, to: 50 }),
    ];
    const { nodes } = prepare(rows);
    expect(nodes[0]?.selfUs).toBe(4);
    expect(nodes.map((node) => node.isAsync)).toEqual([false, false, false, true, true]);
  });

  it("uses corrected times unless raw ones are asked", () => {
    const clock = {
      state: "corrected",
      correctedAt: "2026-11-23T10:14:03.012005000Z",
      correctedAtNs: "1795428843012005000",
      offsetNs: "5000",
      pairs: 3,
    } as const;
    const rows = [aSpan({ id: 0, from: 0, to: 10 }), aSpan({ id: 1, parent: 0, from: 0, to: 2, over: { clock } })];
    expect(prepare(rows).nodes[1]?.startUs).toBe(5);
    expect(prepare(rows, "raw").nodes[1]?.startUs).toBe(0);
    expect(prepare(rows).corrected).toBe(1);
  });

  it("keeps two spans one nanosecond apart in their order", () => {
    const rows = [aSpan({ id: 0, from: 0, to: 9 }), aSpan({ id: 1, parent: 0, from: 0.002, to: 3 })];
    const later = aSpan({ id: 2, parent: 0, from: 0.001, to: 3 });
    expect(outline([...rows, later])).toEqual(["step 0", "  step 2", "  step 1"]);
  });

  it("is undefined without a span of the trace, as for roles that read no ids", () => {
    expect(prepareTrace([aLine("alone", 1, 0)], TRACE, "raw")).toBeUndefined();
  });

  it("holds a chain of fifty thousand spans", () => {
    const rows = Array.from({ length: 50_000 }, (_, id) =>
      aSpan({ id, from: id, to: 100_000 - id, ...(id === 0 ? {} : { parent: id - 1 }) }),
    );
    expect(prepare(rows)).toMatchObject({ depth: 50_000, spanCount: 50_000 });
  });

  it("shows every span exactly once, children behind their parent, whatever the ids say", () => {
    fc.assert(
      fc.property(randomTrace, (rows) => {
        const { nodes } = prepare(rows);
        expect(nodes.flatMap((node) => node.row?.id ?? []).sort()).toEqual(rows.map((row) => row.id).sort());
        nodes.forEach((node, index) => {
          for (const child of node.children) {
            expect(nodes[child]).toMatchObject({ parent: index, depth: node.depth + 1 });
            expect(child > index && child < index + node.size).toBe(true);
          }
          expect(node.selfUs).toBeGreaterThanOrEqual(0);
          expect(node.selfUs).toBeLessThanOrEqual(node.endUs - node.startUs);
        });
      }),
    );
  });

  it("gives the same tree for any order of rows", () => {
    const shuffled = randomTrace.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        expect(prepare(other)).toEqual(prepare(rows));
      }),
    );
  });
});
