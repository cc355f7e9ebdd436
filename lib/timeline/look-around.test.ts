import { describe, expect, it } from "vitest";
import { Limits } from "@/lib/domain/configuration";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { StitchedTimeline } from "@/lib/domain/stitched-timeline";
import { LookAround } from "./look-around";

const PLAN = {
  window: { fromNs: epochNsFromMs(1), toNs: epochNsFromMs(2) },
  sources: [{ id: "prometheus/main" as const, answers: new Set(["context" as const]) }],
  limits: Limits.parse({}),
  planned: new Set<string>(),
};
const seen = (...spellings: string[]) => {
  const services = [{ spellings }] as unknown as StitchedTimeline["services"];
  return { services, around: undefined } satisfies Pick<StitchedTimeline, "services" | "around">;
};
const asked = (steps: ReturnType<LookAround["steps"]>) =>
  steps.flatMap(({ request }) => (request.kind === "context" ? [request.rawServices] : []));

describe("the look around the touched services", () => {
  it("waits until nothing leads to further ones, and is then one search", () => {
    const around = new LookAround();
    expect(around.steps(seen("shop"), PLAN, 0, true)).toEqual([]);
    expect(asked(around.steps(seen("shop", "billing"), PLAN, 100, false))).toEqual([["billing", "shop"]]);
    expect(around.steps(seen("shop", "billing"), PLAN, 200, false)).toEqual([]);
  });

  it("does not wait for ever for a source that lets everybody wait", () => {
    const around = new LookAround();
    expect(around.patienceMs(0)).toBeUndefined();
    expect(around.steps(seen("shop"), PLAN, 0, true)).toEqual([]);
    expect(around.patienceMs(1_000)).toBe(1_500);
    expect(asked(around.steps(seen("shop"), PLAN, 2_500, true))).toEqual([["shop"]]);
    expect(around.patienceMs(2_500)).toBeUndefined();
  });

  it("asks later for a name that a known service was not known by", () => {
    const around = new LookAround();
    around.steps(seen("shop"), PLAN, 0, false);
    expect(asked(around.steps(seen("shop", "Shop"), PLAN, 1, false))).toEqual([["Shop"]]);
  });
});
