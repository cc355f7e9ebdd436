import { describe, expect, it } from "vitest";
import { AlertSettings } from "@/lib/domain/alert-settings";
import { readSentry } from "./to-sightings";

const rules = { settings: AlertSettings.parse({}), hookRoute: "unknown" } as const;
const receivedAt = new Date("2026-11-23T20:10:00.000Z");
const read = (action: string, data: object) =>
  readSentry(
    {
      ...{ id: 1n, kind: "sentry", source: "sentry/web", receivedAt },
      body: Buffer.from(JSON.stringify({ action, installation: { uuid: "u" }, actor: { type: "application" }, data })),
    },
    rules,
  );
const metric = (part: object) => ({
  metric_alert: {
    ...{ id: "7", identifier: "3", title: "Errors", date_started: "2026-11-23T20:00:00Z", date_closed: null },
    ...{ projects: ["web"], alert_rule: { id: 11, name: "Too many errors", environment: null }, ...part },
  },
  ...{ description_text: "120 events", description_title: "Critical: Too many errors", web_url: "https://s.example/7" },
});

describe("readSentry", () => {
  it("reads a metric alert from its first threshold to its end as one alert", () => {
    const [warning, critical, resolved] = [
      read("warning", metric({})),
      read("critical", metric({})),
      read("resolved", metric({ date_closed: "2026-11-23T20:08:00Z" })),
    ].map((reading) => (reading.ok ? reading.sightings[0] : undefined));
    expect(warning).toMatchObject({ status: "firing", startsAt: new Date("2026-11-23T20:00:00Z") });
    expect(critical?.alert).toMatchObject({ rule: "sentry:11", labels: { service: "web", severity: "critical" } });
    expect(resolved).toMatchObject({ status: "resolved", endsAt: new Date("2026-11-23T20:08:00Z") });
    expect(new Set([warning, critical, resolved].map((one) => one?.fingerprint)).size).toBe(1);
  });

  it("reads an issue alert as a moment whose end nobody tells", () => {
    const event = {
      ...{ event_id: "e", issue_id: "42", title: "TypeError", level: "error", datetime: "2026-11-23T20:09:59.5Z" },
      url: "https://sentry.example/api/0/projects/acme/web/events/e/",
    };
    const reading = read("triggered", { event, triggered_rule: "New issue" });
    expect(reading.ok && reading.sightings[0]).toMatchObject({
      ...{ status: "gone", endReason: "expired", startsAt: new Date("2026-11-23T20:09:59.500Z") },
      alert: { name: "New issue", labels: { service: "web", issue: "42" } },
    });
  });

  it("takes calls about other things and tells of no alert", () => {
    expect(read("created", { issue: { id: "1" } })).toEqual({ ok: true, sightings: [] });
  });

  it("refuses an alert that is not as expected", () => {
    expect(read("critical", { metric_alert: { id: "7" } })).toMatchObject({ ok: false });
  });
});
