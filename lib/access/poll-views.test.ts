import { describe, expect, it } from "vitest";
import { SourcePoll } from "@/lib/contract/source";
import { AlertSettings } from "@/lib/domain/alert-settings";
import { SourceSettings } from "@/lib/domain/source-settings";
import { pollViews } from "./poll-views";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);
const source = (kind: string, more: object = {}) => SourceSettings.parse({ kind, url: "https://x.example", ...more });
const settings = AlertSettings.parse({});
const views = (
  sources: readonly SourceSettings[],
  outcomes: Parameters<typeof pollViews>[1] = [],
  polls: AlertSettings = settings,
) => pollViews(sources, outcomes, polls, NOW).map((view) => SourcePoll.parse(view));
const alerts = (heardAt: Date | null, failure: string | null) =>
  views([source("alertmanager")], [{ source: "alertmanager/main", what: "alerts", heardAt, failure }])[0];

describe("what sources are asked for", () => {
  it("is listed for those that are asked, once each", () => {
    const list = views([source("loki"), source("prometheus"), source("sentry", { org: "o" }), source("prometheus")]);
    expect(list.map(({ source: id, what, state }) => [id, what, state])).toEqual([
      ["prometheus/main", "rules", "waiting"],
      ["sentry/main", "crons", "waiting"],
    ]);
    expect(views([source("alertmanager")]).map(({ what }) => what)).toEqual(["alerts", "silences"]);
  });

  it("was heard, or not for so long that it counts as a gap, or its last try failed", () => {
    expect(alerts(ago(80), null)).toMatchObject({ state: "heard", heardAt: ago(80).toISOString(), failure: null });
    expect(alerts(ago(151), null)).toMatchObject({ state: "late" });
    expect(alerts(ago(20), "timeout")).toMatchObject({ state: "failed", failure: "timeout" });
    expect(alerts(null, "status 502")).toMatchObject({ state: "failed", heardAt: null, failure: "status" });
  });

  it.each([
    ["status 403", "denied"],
    ["status 404", "not-found"],
    ["status 429", "rate-limited"],
    ["bad-response", "unreadable"],
    ["not-whole", "cut-off"],
    ["what another version of the program wrote", "status"],
  ])("calls %s %s", (words, failure) => expect(alerts(null, words)?.failure).toBe(failure));

  it("is switched off, or cannot be asked", () => {
    expect(views([source("sentry", { org: "o" })], [], { ...settings, cronPollSeconds: 0 })).toMatchObject([
      { state: "off" },
    ]);
    expect(views([source("sentry")])).toMatchObject([{ state: "failed", failure: "no-organisation" }]);
  });
});
