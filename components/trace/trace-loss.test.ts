import { expect, it } from "vitest";
import type { GapView } from "@/lib/contract/timeline-answer";
import { TRACE } from "./testing/a-span";
import { traceLoss } from "./trace-loss";

const gap = (over: Partial<GapView>): GapView => ({
  reason: "partial",
  detail: "Only a part arrived.",
  retryable: false,
  keys: [`trace:${TRACE}`],
  ...over,
});

it("counts what others own in a shared run", () => {
  expect(traceLoss([gap({ reason: "hub", shown: 36, total: 1203 })], TRACE)).toEqual({ leftOut: 1167, partial: [] });
});

it("says once why more of the trace may exist", () => {
  expect(traceLoss([gap({}), gap({})], TRACE)).toEqual({ leftOut: 0, partial: ["Only a part arrived."] });
});

it("leaves gaps of other traces to their own views", () => {
  expect(traceLoss([gap({ keys: ["trace:0af7651916cd43dd8448eb211c80319c"] })], TRACE).partial).toEqual([]);
});
