import { expect, it } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import type { EventView } from "@/lib/contract/event-view";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { preparePreviewRows } from "./prepare-preview-rows";

function answer(...events: EventView[]): TimelineAnswer {
  return {
    query: {
      ...{ keys: [], from: "", to: "", role: "support", policyVersion: "draft", policyHash: "" },
      ...{ hidden: [], revealed: [], shared: false, abilities: [] },
    },
    completeness: { state: "complete", answered: 1, connected: 1, losses: 0, notes: 0, sentence: "" },
    ...{ parts: [], gaps: [], keys: [], edges: [], services: [], calls: [], findings: [], unlinks: [], reveals: [] },
    ...{ events, metrics: [], sources: [] },
    stats: {
      ...{ shown: events.length, parts: 0, withheld: 0, records: 0, leftOut: 0, foreign: 0 },
      ...{ complete: true, elapsedMs: 1 },
    },
  };
}

it("puts rows beside each other in the order that all roles share, with holes where a role has none", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => anEventView({ id, orderKey: id, title: id }));
  if (!a || !b || !c) throw new Error("no rows");
  const rows = preparePreviewRows([answer(c, a), answer(b, { ...c, title: "else" })]);
  expect(rows.map(({ id, views, differs }) => [id, views.map((view) => view?.title), differs])).toEqual([
    ["a", ["a", undefined], true],
    ["b", [undefined, "b"], true],
    ["c", ["c", "else"], true],
  ]);
});

it("says when both read the same", () => {
  const row = anEventView({ id: "a" });
  expect(preparePreviewRows([answer(row), answer({ ...row })])[0]?.differs).toBe(false);
  expect(preparePreviewRows([answer(row), undefined])[0]?.differs).toBe(true);
});
