import { describe, expect, it } from "vitest";
import type { GapReason } from "@/lib/domain/evidence-gap";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { PlanStep, SettledStep } from "@/lib/domain/query-plan";
import { sourceStatuses } from "./source-statuses";

const window = { fromNs: epochNsFromMs(1), toNs: epochNsFromMs(2) };
const step: PlanStep = {
  id: "sentry/web|trace|x",
  source: "sentry/web",
  request: { kind: "trace", traceId: "a".repeat(32), window },
  hop: 0,
};
const settled = (answered: boolean, ...reasons: GapReason[]): SettledStep => ({
  step,
  outcome: {
    source: "sentry/web",
    answered,
    events: [],
    metrics: [],
    gaps: reasons.map((reason) => ({ source: "sentry/web", reason, detail: "", retryable: false })),
    queries: [],
    elapsedMs: 5,
  },
});
const stateOf = (steps: SettledStep[], running: PlanStep[] = []) =>
  sourceStatuses(["sentry/web"], steps, running).find((status) => status.source === "sentry/web")?.state;

describe("the state of a source", () => {
  it("is partial for every loss, also one that asking again would not mend", () => {
    expect(stateOf([settled(true, "partial")])).toBe("partial");
    expect(stateOf([settled(true, "retention")])).toBe("partial");
    expect(stateOf([settled(true), settled(false, "timeout")])).toBe("partial");
  });

  it("is answered when nothing that was asked for is missing", () => {
    expect(stateOf([settled(true, "hub")])).toBe("answered");
  });

  it("is failed when no fetch answered, and asking while one runs", () => {
    expect(stateOf([settled(false, "refused")])).toBe("failed");
    expect(stateOf([settled(true)], [step])).toBe("asking");
  });

  it("names every kind that is not connected", () => {
    const kinds = sourceStatuses(["sentry/web"], [], []).filter((status) => status.state === "not-configured");
    expect(kinds.map((status) => status.kind)).toEqual(["loki", "tempo", "prometheus", "alertmanager"]);
  });
});
