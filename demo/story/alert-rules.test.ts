import { beforeAll, describe, expect, it } from "vitest";
import type { DemoAlertTransition } from "../backends/backend";
import { createPrometheusBackend } from "../backends/prometheus/prometheus-backend";
import { Conductor } from "./conduct-story";
import { planStory } from "./story-plan";

const START_MS = Date.parse("2026-11-24T10:26:07.250Z");
const LIVE_MS = 10 * 60_000;
const nothing = (): void => undefined;

describe("the shop's alert rules, evaluated over the samples of the story", () => {
  const plan = planStory("seed", START_MS);
  const transitions: (DemoAlertTransition & { readonly atMs: number })[] = [];

  beforeAll(() => {
    const prometheus = createPrometheusBackend({ now: () => START_MS });
    prometheus.onTransition((transition) => {
      const { startsAt, endsAt } = transition.alert;
      transitions.push({ ...transition, atMs: Date.parse(endsAt ?? startsAt) });
    });
    const silent = { push: nothing, capture: nothing, deploy: nothing, setMonitors: nothing };
    const stage = { lokiProduct: silent, lokiInternal: silent, tempo: silent, sentry: silent, prometheus };
    const conductor = new Conductor(plan, stage);
    conductor.playHistory();
    conductor.advanceTo(START_MS + LIVE_MS);
  }, 60_000);

  const of = (name: string) => transitions.filter(({ alert }) => alert.labels["alertname"] === name);

  it("fires StatusApiErrors about half a minute after the planted failure, once, and it stays", () => {
    expect(of("StatusApiErrors").map(({ state }) => state)).toEqual(["firing"]);
    const afterMs = (of("StatusApiErrors")[0]?.atMs ?? 0) - plan.shippingAtMs;
    expect(afterMs).toBeGreaterThan(20_000);
    expect(afterMs).toBeLessThan(50_000);
    expect(of("StatusApiErrors")[0]?.alert.labels).toMatchObject({ service: "status-api", env: "prod" });
  });

  it("fires for slow product and slow internal tools during the slowdown, and resolves both after it", () => {
    for (const name of ["OrderServiceSlow", "AdminWebSlow"]) {
      expect(of(name).map(({ state }) => state)).toEqual(["firing", "resolved"]);
      expect(of(name)[0]?.atMs).toBeGreaterThan(plan.slowFromMs);
      expect(of(name)[1]?.atMs).toBeLessThan(plan.shippingAtMs);
    }
  });

  it("fires under the old name of billing while the rejected charge waits", () => {
    expect(of("PaymentsQueueDelay").map(({ state }) => state)).toEqual(["firing", "resolved"]);
    expect(of("PaymentsQueueDelay")[0]?.alert.labels["service"]).toBe("payments");
  });

  it("stays silent about the nightly import, whose warnings are normal", () => {
    expect(of("NightlyImportMissed")).toEqual([]);
  });
});
