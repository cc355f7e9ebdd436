import { describe, expect, it } from "vitest";
import { Limits } from "@/lib/domain/configuration";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { FollowedKey } from "@/lib/domain/query-plan";
import { planContextSteps, planKeySteps, type PlanState } from "./plan-steps";

const state = (over: Partial<PlanState> = {}): PlanState => ({
  window: { fromNs: epochNsFromMs(1), toNs: epochNsFromMs(2) },
  sources: [
    { id: "loki/product", answers: new Set(["by-key", "trace"]) },
    { id: "tempo/main", answers: new Set(["by-key", "trace"]) },
    { id: "prometheus/main", answers: new Set(["context"]) },
  ],
  limits: Limits.parse({ tracesPerQuestion: 2, steps: 100, hops: 2 }),
  planned: new Set(),
  contextAsked: new Set(),
  ...over,
});
const key = (kind: string, value: string, hop: number): FollowedKey => ({
  id: `${kind}:${value}`,
  key: { kind, value },
  hop,
});

describe("planKeySteps", () => {
  it("asks every source that can answer, and none that cannot", () => {
    const { steps } = planKeySteps(state(), [key("order", "48192", 0)]);
    expect(steps.map((step) => step.id)).toEqual(["loki/product|by-key|order:48192", "tempo/main|by-key|order:48192"]);
  });

  it("never plans a step twice", () => {
    const first = planKeySteps(state(), [key("order", "48192", 0)]);
    const planned = new Set(first.steps.map((step) => step.id));
    expect(planKeySteps(state({ planned }), [key("order", "48192", 0)]).steps).toEqual([]);
  });

  it("stops at the limit of traces and says how many keys were searched", () => {
    const keys = [1, 2, 3].map((n) => key("trace", `${n}`.padStart(32, "0"), 1));
    const { steps, gaps } = planKeySteps(state(), keys);
    expect(steps).toHaveLength(4);
    expect(gaps).toMatchObject([{ reason: "budget", shown: 2, total: 3 }]);
  });

  it("does not go further from the seed than the hop limit", () => {
    const { steps, gaps } = planKeySteps(state(), [key("order", "1234", 3)]);
    expect(steps).toEqual([]);
    expect(gaps).toHaveLength(1);
  });

  it("plans the same steps whatever the order of keys", () => {
    const keys = [key("order", "3333", 1), key("order", "1111", 0), key("order", "2222", 1)];
    expect(planKeySteps(state(), keys)).toEqual(planKeySteps(state(), [...keys].reverse()));
  });
});

describe("planContextSteps", () => {
  it("asks once for a service, under all its spellings, and later for those that are new", () => {
    const services = [{ spellings: ["billing-api", "payments"] }];
    expect(planContextSteps(state(), services)).toMatchObject([
      { source: "prometheus/main", request: { kind: "context", rawServices: ["billing-api", "payments"] } },
    ]);
    const contextAsked = new Set(["billing-api", "payments"]);
    expect(planContextSteps(state({ contextAsked }), services)).toEqual([]);
    const respelled = [{ spellings: ["billing-api", "Billing"] }];
    expect(planContextSteps(state({ contextAsked }), respelled)).toMatchObject([
      { request: { kind: "context", rawServices: ["Billing"] } },
    ]);
  });
});
