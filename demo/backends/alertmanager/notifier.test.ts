import { describe, expect, it } from "vitest";
import { Notifier } from "./notifier";

const startMs = Date.parse("2026-11-24T10:00:00.000Z");
const slow = {
  labels: { alertname: "Slow", service: "status-api", severity: "page" },
  annotations: {},
  startsAt: "2026-11-24T10:00:00.000Z",
};
const over = { ...slow, endsAt: "2026-11-24T10:02:00.000Z" };

function listening(takes: () => boolean = () => true) {
  const heard: string[] = [];
  const notifier = new Notifier((receiver, body) => {
    const { status, notification_reason: reason } = JSON.parse(body) as Record<string, string>;
    heard.push(`${receiver} ${status ?? ""}: ${reason ?? ""}`);
    return Promise.resolve(takes());
  }, "http://alertmanager:9093");
  return { heard, notifier };
}

describe("the notifying half of the demo's Alertmanager", () => {
  it("waits before the first notification and tells the end at the next interval", async () => {
    const { heard, notifier } = listening();
    notifier.take(slow, startMs);
    await notifier.tick(startMs + 29_000);
    expect(heard).toEqual([]);
    await notifier.tick(startMs + 30_000);
    notifier.take(over, startMs + 120_000);
    await notifier.tick(startMs + 200_000);
    await notifier.tick(startMs + 330_000);
    expect(heard).toEqual(["on-call-page firing: first notification", "on-call-page resolved: all alerts resolved"]);
  });

  it("says nothing of what is over before its wait", async () => {
    const { heard, notifier } = listening();
    notifier.take({ ...slow, endsAt: "2026-11-24T10:00:20.000Z" }, startMs + 20_000);
    await notifier.tick(startMs + 30_000);
    expect(heard).toEqual([]);
  });

  it("tells again what was not taken", async () => {
    let up = false;
    const { heard, notifier } = listening(() => up);
    notifier.take(slow, startMs);
    await notifier.tick(startMs + 30_000);
    up = true;
    await notifier.tick(startMs + 31_000);
    await notifier.tick(startMs + 32_000);
    expect(heard).toEqual(["on-call-page firing: first notification", "on-call-page firing: first notification"]);
  });

  it("repeats what goes on for hours", async () => {
    const { heard, notifier } = listening();
    notifier.take(slow, startMs);
    for (let minute = 1; minute <= 5 * 60; minute++) await notifier.tick(startMs + minute * 60_000);
    expect(heard).toEqual(["on-call-page firing: first notification", "on-call-page firing: repeat interval elapsed"]);
  });
});
