import { describe, expect, it } from "vitest";
import { AlertSettings } from "@/lib/domain/alert-settings";
import { alertFingerprint } from "@/lib/normalize/alert-fingerprint";
import type { DeliveryReading } from "../delivery-reading";
import recorded from "../fixtures/alertmanager-deliveries.json";
import { readAlertmanager } from "./to-sightings";

const rules = { settings: AlertSettings.parse({}), hookRoute: "unknown" } as const;
const receivedAt = new Date("2026-11-23T20:00:57.000Z");
const read = (body: string | Uint8Array, withRules: Parameters<typeof readAlertmanager>[1] = rules) =>
  readAlertmanager(
    { id: 1n, kind: "alertmanager", source: "alertmanager/main", body: Buffer.from(body), receivedAt },
    withRules,
  );
const bodyOf = (name: string) => recorded.deliveries.find((one) => one.name === name)?.body ?? "";
const sightingsOf = (reading: DeliveryReading) => (reading.ok ? reading.sightings : []);
const withAlert = (part: object, payload: object = {}) =>
  JSON.stringify({
    ...{ version: "4", receiver: "x", alerts: [{ ...firing, ...part }], ...payload },
  });
const firing = {
  ...{ status: "firing", labels: { alertname: "A", severity: "page" }, annotations: {}, generatorURL: "" },
  ...{ startsAt: "2026-11-23T20:00:52.123456789+02:00", endsAt: "0001-01-01T00:00:00Z" },
};

describe("readAlertmanager", () => {
  it("computes the very fingerprint that Alertmanager sends, for every recorded alert", () => {
    const alerts = recorded.deliveries.flatMap(({ body }) => JSON.parse(body).alerts as Record<string, never>[]);
    expect(alerts.length).toBeGreaterThan(15);
    for (const { labels, fingerprint } of alerts) expect(alertFingerprint(labels ?? {}, new Set())).toBe(fingerprint);
  });

  it("reads every recorded call whole", () => {
    for (const { body } of recorded.deliveries) {
      expect(sightingsOf(read(body))).toHaveLength((JSON.parse(body).alerts as unknown[]).length);
    }
  });

  it.each(["DatasourceNoData", "DatasourceError", "Watchdog"])(
    "takes %s for a fault of the monitoring",
    (alertname) => {
      const [fault] = sightingsOf(read(withAlert({ labels: { alertname, rulename: "Checkout errors" } })));
      expect(fault?.alert.monitoringFault).toBe(true);
      expect(sightingsOf(read(withAlert({})))[0]?.alert.monitoringFault).toBe(false);
    },
  );

  it("has no end while it fires, and the told one when it is over", () => {
    expect(sightingsOf(read(bodyOf("grouped.grouped.03"))).map(({ status, endsAt }) => [status, endsAt])).toEqual([
      ["firing", null],
      ["resolved", new Date("2026-11-23T20:01:20Z")],
      ["firing", null],
      ["firing", null],
    ]);
  });

  it("says how many alerts the sender cut off", () => {
    expect(read(withAlert({}, { truncatedAlerts: 2 }))).toMatchObject({ notice: "The sender cut off 2 alerts." });
  });

  it("cuts times to the millisecond and knows zones", () => {
    expect(sightingsOf(read(withAlert({})))[0]?.startsAt).toEqual(new Date("2026-11-23T18:00:52.123Z"));
  });

  it("gives copies of two replicas one identity", () => {
    const [a, b] = ["a", "b"].map((replica) => withAlert({ labels: { alertname: "A", replica } }));
    expect(sightingsOf(read(a ?? ""))[0]?.fingerprint).toBe(sightingsOf(read(b ?? ""))[0]?.fingerprint);
  });

  it("takes the route from the hook, then the receiver, then the severity", () => {
    const settings = AlertSettings.parse({ receivers: { "team-a/page.oncall": "ticket" } });
    const routeOf = (body: string, hookRoute: "unknown" | "page" = "unknown") =>
      sightingsOf(read(body, { settings, hookRoute }))[0]?.alert.route;
    const quoted = withAlert({}, { receiver: "team-a/page\\.oncall" });
    expect(routeOf(quoted, "page")).toBe("page");
    expect(routeOf(quoted)).toBe("ticket");
    expect(routeOf(withAlert({}))).toBe("page");
    expect(routeOf(withAlert({ labels: { alertname: "A", severity: "warning" } }))).toBe("ticket");
    expect(routeOf(withAlert({ labels: { alertname: "A" } }))).toBe("unknown");
    expect(routeOf(withAlert({}, { receiver: "constructor" }))).toBe("page");
  });

  it("calls a lost heartbeat a fault of the monitoring", () => {
    expect(sightingsOf(read(withAlert({ labels: { alertname: "Watchdog" } })))[0]?.alert.monitoringFault).toBe(true);
    expect(sightingsOf(read(withAlert({})))[0]?.alert.monitoringFault).toBe(false);
  });

  it.each([
    ["no labels", { labels: null }],
    ["labels that are no text", { labels: { alertname: 3 } }],
    ["an unknown status", { status: "suppressed" }],
    ["a start that is none", { startsAt: "yesterday" }],
    ["the zero start", { startsAt: "0001-01-01T00:00:00Z" }],
    ["a start in a far future", { startsAt: "2031-01-01T00:00:00Z" }],
  ])("skips an alert with %s, keeps the others and says so", (_name, part) => {
    const body = JSON.stringify({ receiver: "x", alerts: [{ ...firing, ...part }, firing, 7] });
    const reading = read(body);
    expect(sightingsOf(reading)).toHaveLength(1);
    expect(reading).toMatchObject({ notice: "2 alerts could not be read." });
  });

  it.each([
    ["nothing", "", "The body is not JSON."],
    ["half a payload", withAlert({}).slice(0, 80), "The body is not JSON."],
    ["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x00), "The body is not JSON."],
    ["a list", "[]", "The body is not as expected."],
    ["null", "null", "The body is not as expected."],
    ["no alerts", "{}", "The field alerts is not as expected."],
    ["alerts that are no list", '{"alerts":{"length":3}}', "The field alerts is not as expected."],
    ["endless nesting", "[".repeat(200_000) + "]".repeat(200_000), "The body is not as expected."],
  ])("refuses %s in our own words", (_name, body, refusal) => {
    expect(read(body)).toEqual({ ok: false, refusal });
  });

  it("stores no text that the database cannot", () => {
    const [sighting] = sightingsOf(read(withAlert({ labels: { alertname: "a\u0000b\ud800" } })));
    expect(sighting?.alert).toMatchObject({ name: "a\ufffdb\ufffd", labels: { alertname: "a\ufffdb\ufffd" } });
  });

  it("leaves labels named like object internals harmless", () => {
    const body = withAlert({}).replace('"labels":{', '"labels":{"__proto__":"x","constructor":"y",');
    expect(Object.getPrototypeOf(sightingsOf(read(body))[0]?.alert.labels)).toBe(Object.prototype);
  });
});
