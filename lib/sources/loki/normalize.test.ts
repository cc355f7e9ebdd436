import { describe, expect, it } from "vitest";
import { SourceSettings } from "@/lib/domain/source-settings";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import exchanges from "./fixtures/exchanges.json";
import { toTimelineEvent } from "./normalize";
import { readLines } from "./read-lines";
import { LokiQueryAnswer, type LokiStream } from "./wire";

const settings = SourceSettings.parse({ kind: "loki", url: "http://loki:3100" });

function events(name: keyof typeof exchanges): TimelineEvent[] {
  return fromStreams(LokiQueryAnswer.parse(JSON.parse(exchanges[name].body)).data.result);
}

function fromStreams(streams: readonly LokiStream[]): TimelineEvent[] {
  return readLines(streams).map((line) => toTimelineEvent("loki/main", settings, line));
}

function oneLine(line: string, metadata: Record<string, string>, stream: Record<string, string> = {}): TimelineEvent {
  const [event] = fromStreams([{ stream, values: [["1795449010000000001", line, { structuredMetadata: metadata }]] }]);
  if (event === undefined) throw new Error("no event");
  return event;
}

describe("a Loki line as an event", () => {
  it.each([
    ["observed_timestamp", "1795449010000500000", "1795449010000500000"],
    ["observed_timestamp", "2026-11-23T15:50:10.0005Z", "1795449010000500000"],
    ["observed_time_unix_nano", "1795449010000500000", "1795449010000500000"],
    ["observed_timestamp", "1795449010000", undefined],
    ["observed_timestamp", "soon", undefined],
  ])("reads the arrival %s = %s as %s", (name, text, observedAtNs) => {
    expect(oneLine("x", { [name]: text }).observedAtNs).toBe(observedAtNs);
  });

  it("keeps nanoseconds, service, environment, severity and metadata of an OTLP record", () => {
    expect(events("form.sm-filter.cat")).toMatchObject([
      {
        kind: "log",
        happenedAtNs: "1795446847440345678",
        observedAtNs: "1795446847441845678",
        rawService: "customer-app",
        rawEnvironment: "production",
        severity: "error",
        outcome: "error",
        title: "Order status could not be shown",
        attributes: { order_id: "48192", account_id: "acct_2077", session_id: "sess-9c41" },
      },
    ]);
  });

  it("has the same id whether or not the server told metadata and labels apart", () => {
    const ids = (name: keyof typeof exchanges) => events(name).map((event) => event.id);
    expect(ids("form.line-contains.plain")).toEqual(ids("form.line-contains.cat"));
  });

  it("takes metadata out of the labels when the server merged it into the stream as well", () => {
    const merged = fromStreams([
      {
        stream: { app: "a", trace_id: "t" },
        values: [["1795449010000000001", "x", { structuredMetadata: { trace_id: "t" } }]],
      },
    ]);
    const separate = fromStreams([
      { stream: { app: "a" }, values: [["1795449010000000001", "x", { structuredMetadata: { trace_id: "t" } }]] },
    ]);
    expect(merged).toEqual(separate);
  });

  it("reads every recorded odd line", () => {
    for (const event of [...events("form.odd-lines.cat"), ...events("otlp.odd.cat")]) {
      expect(event.title).not.toMatch(/[\u0000-\u001f\u202e]/);
      expect(event.title.length).toBeLessThanOrEqual(301);
    }
  });

  it("keeps a field of the line that contradicts the metadata, under a name of its own", () => {
    const event = events("form.odd-lines.cat").find(({ text }) => text?.includes("48560"));
    expect(event?.attributes).toMatchObject({
      service_name: "odd-lines",
      order_id: "48560-sm",
      "line.order_id": "48560",
      trace_id: "from-metadata",
      "line.trace_id": "from-line",
    });
  });

  it.each([
    ["detected_level before the line", { detected_level: "warn" }, "level=error", "warning", "warning"],
    ["severity number", { severity_number: "21" }, "x", "critical", "error"],
    [
      "field of the line when Loki detected none",
      { detected_level: "unknown" },
      '{"severity":"ERROR"}',
      "error",
      "error",
    ],
    ["word at the start of the line", {}, "16:51:24.967 INFO  u.c.UserController#48", "info", "unknown"],
    ["nothing", {}, "in error we trust", "unknown", "unknown"],
  ] as const)("takes the severity from %s", (_, metadata, line, severity, outcome) => {
    expect(oneLine(line, metadata)).toMatchObject({ severity, outcome });
  });

  it("names the service by the best label and never by Loki's placeholder", () => {
    expect(oneLine("x", {}, { app: "a", job: "j" }).rawService).toBe("a");
    expect(oneLine("x", {}, { service_name: "unknown_service", job: "j" }).rawService).toBe("j");
    expect(oneLine("x", {}, { service_name: "unknown_service" }).rawService).toBeNull();
    expect(oneLine("x", {}, { env: "prod" }).rawEnvironment).toBe("prod");
  });
});
