import { describe, expect, it } from "vitest";
import { AlertSettings } from "@/lib/domain/alert-settings";
import { AlertList, GettableAlert, GettableSilence } from "@/lib/sources/alertmanager/wire";
import { defineRules } from "../define-rules";
import recorded from "../fixtures/recorded-polls.json";
import { listAlerts } from "./list-alerts";
import { readAlertmanagerPoll } from "./poll-to-sightings";
import { readRouting } from "./read-routing";
import { toldSilences } from "./told-silences";

const settings = AlertSettings.parse({});
const now = new Date("2026-11-23T20:01:14.000Z");
const source = "alertmanager/main";
const routing = readRouting(recorded.status.config.original);
const plain = AlertList.parse(recorded.alerts).map((one) => GettableAlert.parse(one));
const grouped = recorded.groups
  .flatMap(({ alerts }): readonly unknown[] => alerts)
  .map((one) => GettableAlert.parse(one));
const listed = () => listAlerts(plain, grouped, { source, now, settings, routing });
const named = (name: string) => listed().find(({ alert }) => alert.labels["alertname"] === name);

describe("a recorded list of alerts", () => {
  it("says who keeps what quiet, also by the time of day", () => {
    expect(named("Silenced")?.alert.silencedBy).toEqual(["alertmanager/main/d31349d7-cfa8-4f35-8e24-2fb62298b5e6"]);
    expect(named("SlowWarning")?.alert.inhibitedBy).toEqual(["6863007d5f0a6c8b"]);
    expect(named("Muted")?.alert.mutedBy).toEqual(["always"]);
    expect(named("OneAlert")?.alert).toMatchObject({ silencedBy: [], inhibitedBy: [], mutedBy: [] });
  });

  it("does not call muted what is sent on another route", () => {
    const muted = grouped.find(({ labels }) => labels["alertname"] === "Muted");
    if (!muted) throw new Error("the recording has a muted alert");
    const sent = { ...muted, status: { state: "active", silencedBy: [], inhibitedBy: [], mutedBy: [] } };
    for (const groups of [
      [muted, sent],
      [sent, muted],
    ]) {
      const [one] = listAlerts([muted], groups, { source, now, settings, routing });
      expect(one?.alert.mutedBy).toEqual([]);
    }
  });

  it("waits with what a mute time may still keep quiet", () => {
    expect(named("DiskFull")?.undecided).toBe(true);
    expect(named("OneAlert")?.undecided).toBe(false);
  });

  it("becomes sightings with the identity that Alertmanager gives, one for each receiver", () => {
    const alerts = listed().map(({ alert }) => alert);
    const told = { ...alerts[0], receivers: ["pager", "chat"] };
    const body = Buffer.from(JSON.stringify({ alerts: [...alerts, told], gone: [] }));
    const delivery = { id: 7n, kind: "alertmanager-poll", source, body, receivedAt: now };
    const reading = readAlertmanagerPoll(delivery, { settings, hookRoute: "unknown" });
    const sightings = reading.ok ? reading.sightings : [];
    expect(sightings).toHaveLength(alerts.length + 2);
    expect(sightings.slice(0, alerts.length).map(({ fingerprint }) => fingerprint)).toEqual(
      plain.map(({ fingerprint }) => fingerprint),
    );
    expect(sightings.slice(-2).map(({ alert }) => alert.receiver)).toEqual(["pager", "chat"]);
    expect(sightings.find(({ alert }) => alert.name === "Muted")?.alert).toMatchObject({
      ...{ silenced: true, quietedBy: ["mute:always"], polled: true },
    });
  });
});

describe("readRouting", () => {
  it("reads the recorded configuration", () => {
    expect(routing).toMatchObject({ groupIntervalMs: 10_000, undecidedMs: 7_000, silentReceivers: new Set() });
  });

  it("knows receivers that tell nobody, the longest wait, and the defaults", () => {
    const config = `
route: { receiver: "null", routes: [ { receiver: pager, group_interval: 20m } ] }
receivers: [ { name: "null" }, { name: pager, pagerduty_configs: [ { routing_key: x } ] } ]`;
    expect(readRouting(config)).toEqual({
      ...{ groupIntervalMs: 20 * 60_000, undecidedMs: 0, silentReceivers: new Set(["null"]) },
    });
  });

  it.each([undefined, "", "{", "a: *b", "route: 7\nreceivers: x"])("takes care with %j", (original) => {
    expect(readRouting(original)).toMatchObject({ groupIntervalMs: 300_000, silentReceivers: new Set() });
  });
});

it("reads recorded silences, those to come and those that ended", () => {
  const silences = toldSilences(recorded.silences.map((one) => GettableSilence.parse(one)));
  expect(silences).toHaveLength(recorded.silences.length);
  expect(silences[0]).toMatchObject({
    ...{ createdBy: "staff_0417", comment: "matches nothing" },
    matchers: [
      { name: "service", isRegex: true },
      { name: "env", isEqual: false },
    ],
  });
});

describe("defineRules", () => {
  const rule = { type: "alerting", name: "A", query: "up == 0", duration: 60, keepFiringFor: 0, interval: 30 } as const;
  const warning = { ...rule, labels: { severity: "warning", team: "a" }, annotations: { runbook: "r" }, group: "g" };
  const page = { ...rule, duration: 300, labels: { severity: "page", team: "a" }, annotations: {}, group: "g" };

  it("makes one of several of one name, in any order", () => {
    const [one, ...others] = defineRules([warning, page]);
    expect(others).toEqual([]);
    expect(one?.definition).toMatchObject({ forSeconds: 60, labels: { team: "a" }, annotations: {} });
    expect(defineRules([page, warning])).toEqual([one]);
  });

  it("changes its hash with the rule, not with the place where it stands", () => {
    const hashOf = (...rules: Parameters<typeof defineRules>[0]) => defineRules(rules)[0]?.hash;
    expect(hashOf({ ...warning, group: "h" })).toBe(hashOf(warning));
    expect(hashOf({ ...warning, duration: 61 })).not.toBe(hashOf(warning));
    expect(hashOf({ ...warning, annotations: {} })).not.toBe(hashOf(warning));
    expect(hashOf(warning, page)).not.toBe(hashOf(warning));
  });
});
