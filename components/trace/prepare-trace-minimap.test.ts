import { expect, it } from "vitest";
import { prepareTrace } from "./prepare-trace";
import { prepareTraceMinimap } from "./prepare-trace-minimap";
import { aSpan, TRACE } from "./testing/a-span";

const trace = (count: number, failedId = -1) => {
  const rows = Array.from({ length: count }, (_, id) =>
    aSpan({ id, from: id === 0 ? 0 : 5, to: 10, failed: id === failedId, ...(id === 0 ? {} : { parent: 0 }) }),
  );
  const prepared = prepareTrace(rows, TRACE, "raw");
  if (!prepared) throw new Error("no trace");
  return prepared;
};

it("draws a lane for each span while there are lanes", () => {
  expect(prepareTraceMinimap(trace(2), 10, 8).spans).toBe("M0 0.5H10M5 1.5H10");
});

it("never hides a failed span behind others of its lane", () => {
  expect(prepareTraceMinimap(trace(1000, 500), 10, 4).failed).toMatch(/^M5 \d\.5H6$/);
});
