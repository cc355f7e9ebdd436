import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fingerprintOf } from "../backends/alertmanager/fingerprint";
import { NOTIFICATION_REASONS } from "./dispatch";
import { simulateMonth } from "./simulate-month";

const texts = z.record(z.string(), z.string());
/** As recorded from 0.33.1: the members in this order, and no others. */
const MEMBERS = [
  "receiver",
  "status",
  "alerts",
  "notification_reason",
  "groupLabels",
  "commonLabels",
  "commonAnnotations",
  "externalURL",
  "version",
  "groupKey",
  "truncatedAlerts",
];
const ALERT_MEMBERS = ["status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"];
const Body = z.strictObject({
  receiver: z.string(),
  status: z.enum(["firing", "resolved"]),
  alerts: z
    .array(
      z.strictObject({
        status: z.enum(["firing", "resolved"]),
        labels: texts,
        annotations: texts,
        startsAt: z.iso.datetime(),
        endsAt: z.iso.datetime(),
        generatorURL: z.url(),
        fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
      }),
    )
    .min(1),
  notification_reason: z.enum(NOTIFICATION_REASONS),
  groupLabels: texts,
  commonLabels: texts,
  commonAnnotations: texts,
  externalURL: z.url(),
  version: z.literal("4"),
  groupKey: z.string(),
  truncatedAlerts: z.literal(0),
});

const { deliveries } = simulateMonth({ seed: "bodies", month: "2026-09" });
const bodies = deliveries.map(({ body }) => Body.parse(JSON.parse(body)));

describe("a webhook body", () => {
  it("has the members of the recorded ones in their order", () => {
    for (const body of bodies) {
      expect(Object.keys(body)).toEqual(MEMBERS);
      for (const alert of body.alerts) expect(Object.keys(alert)).toEqual(ALERT_MEMBERS);
    }
  });

  it("names its alerts by the fingerprint of their labels", () => {
    const alerts = bodies.flatMap(({ alerts }) => alerts).slice(0, 200);
    expect(alerts.map(({ fingerprint }) => fingerprint)).toEqual(alerts.map(({ labels }) => fingerprintOf(labels)));
  });

  it("is firing while one of its alerts is", () => {
    const wrong = bodies.filter(
      ({ status, alerts }) => (status === "firing") !== alerts.some((one) => one.status === "firing"),
    );
    expect(wrong).toEqual([]);
  });

  it("labels its alerts as the backend's recorded alerts are labelled", () => {
    const recorded = gunzipSync(
      readFileSync(new URL("../backends/alertmanager/fixtures/dataset.jsonl.gz", import.meta.url)),
    );
    for (const label of ["alertname", "service", "severity", "env"]) {
      expect(recorded.toString()).toContain(`\\"${label}\\"`);
      expect(bodies.some(({ commonLabels }) => label in commonLabels)).toBe(true);
    }
  });
});
