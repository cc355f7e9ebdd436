import { describe, expect, it } from "vitest";
import { AlertSettings } from "@/lib/domain/alert-settings";
import { readGrafana } from "./to-sightings";

const rules = { settings: AlertSettings.parse({}), hookRoute: "unknown" } as const;
const receivedAt = new Date("2026-11-23T20:00:57.000Z");

/** Of the shape in grafana/alerting `templates/template_data.go`. */
const firing = {
  status: "firing",
  labels: { alertname: "Slow checkout", grafana_folder: "Shop", service: "checkout" },
  ...{ annotations: { summary: "slow" }, values: { A: 3.2 }, valueString: "", silenceURL: "https://g.example/s" },
  ...{ startsAt: "2026-11-23T21:00:00+01:00", endsAt: "0001-01-01T00:00:00Z", generatorURL: "https://g.example/r" },
  ...{ fingerprint: "c6eadffa33fcdf37", ruleUID: "ce8rkjzg", orgId: 1 },
};
const read = (alert: object) => {
  const body = { receiver: "pagers", status: "firing", orgId: 1, version: "1", title: "t", state: "alerting" };
  const reading = readGrafana(
    {
      ...{ id: 1n, kind: "grafana", source: "grafana/main", receivedAt },
      body: Buffer.from(JSON.stringify({ ...body, alerts: [{ ...firing, ...alert }] })),
    },
    rules,
  );
  return reading.ok ? reading.sightings[0] : undefined;
};

describe("readGrafana", () => {
  it("keeps Grafana's own fingerprint and knows the rule by its uid", () => {
    expect(read({})).toMatchObject({
      fingerprint: "c6eadffa33fcdf37",
      startsAt: new Date("2026-11-23T20:00:00Z"),
      alert: { rule: "ce8rkjzg", name: "Slow checkout", receiver: "pagers", monitoringFault: false },
    });
  });

  it("keeps an end that overwrote the start for the fold to join", () => {
    const at = "2026-11-23T20:00:30Z";
    expect(read({ status: "resolved", startsAt: at, endsAt: at })).toMatchObject({
      status: "resolved",
      startsAt: new Date(at),
      endsAt: new Date(at),
    });
  });

  it.each([
    ["without data", { labels: { alertname: "DatasourceNoData", rulename: "Slow checkout" } }, "Slow checkout"],
    ["that failed", { labels: { alertname: "DatasourceError", rulename: "Slow checkout" } }, "Slow checkout"],
    ["in an error state", { annotations: { grafana_state_reason: "Error" } }, "Slow checkout"],
    ["of the test button", { labels: { alertname: "TestAlert", instance: "Grafana" } }, "TestAlert"],
  ])("calls an alert %s a fault of the monitoring, under the rule's own name", (_name, part, name) => {
    expect(read(part)?.alert).toMatchObject({ monitoringFault: true, name });
  });

  it("takes no fingerprint that is none", () => {
    expect(read({ fingerprint: "'; DROP TABLE fires; --" })).toBeUndefined();
  });
});
