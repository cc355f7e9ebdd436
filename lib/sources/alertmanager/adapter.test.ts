import { describe, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import type { SourceHttp, SourceHttpRequest } from "@/lib/platform/source-http";
import { describeSourceContract } from "../testing/source-contract";
import { createAlertmanagerSource } from "./adapter";
import midAlerts from "./fixtures/mid-alerts.json";
import midGroups from "./fixtures/mid-groups.json";

const RECORDED_AT_MS = Date.parse(midAlerts.at);
const settings = SourceSettings.parse({ kind: "alertmanager", url: "http://alertmanager.test" });
const budget = { deadlineAtMs: RECORDED_AT_MS + 5000, maxRows: 100, maxBytes: 1_000_000 };

describeSourceContract("alertmanager", {
  create: (baseUrl) =>
    createAlertmanagerSource(
      { ...settings, url: baseUrl },
      {
        http: createSourceHttp({ baseUrl, sourceId: "alertmanager/main", allowPrivateAddress: true }),
        keyRules: [],
        now: Date.now,
      },
    ),
  okBody: ({ path }) => recorded(path),
  requests: [aboutServices(["status-api"])],
  rowCap: { request: aboutServices(["status-api"]), okBody: ({ path }) => recorded(path), maxRows: 2 },
});

describe("alertmanager adapter", () => {
  it("does not take the last repetition of an alert for its arrival", async () => {
    const { events } = await fetch(aboutServices(["status-api"]));
    const repeated = events.filter((event) => typeof event.attributes["alert.last_update"] === "string");
    expect(repeated).toHaveLength(events.length);
    expect(events.filter((event) => event.observedAtNs !== undefined)).toEqual([]);
  });

  it("shows the alerts of the asked services only, whatever the case of their names", async () => {
    const { events } = await fetch(aboutServices(["Order_Service"]));
    expect(events.map((event) => event.attributes["alert.name"])).toEqual(["OtherService"]);
    expect(events[0]).toMatchObject({
      kind: "alert",
      rawService: "order-service",
      rawEnvironment: "prod",
      severity: "warning",
      context: true,
      happenedAtNs: "1795464070002000000",
      title: "OtherService: OtherService on order-service",
    });
  });

  it("sees a time-muted alert as suppressed although the plain list calls it active", async () => {
    const { events } = await fetch(aboutServices(["status-api"]));
    const muted = events.find((event) => event.attributes["alert.name"] === "Muted");
    expect(muted?.attributes).toMatchObject({ "alert.state": "suppressed", "alert.muted_by": "always" });
  });

  it("names the silence that keeps an alert quiet, and the alert that inhibits another", async () => {
    const { events } = await fetch(aboutServices(["status-api", "billing-api"]));
    const byName = new Map(events.map((event) => [event.attributes["alert.name"], event.attributes]));
    expect(byName.get("Silenced")?.["alert.silenced_by"]).toBe("d31349d7-cfa8-4f35-8e24-2fb62298b5e6");
    expect(byName.get("SecondWarning")?.["alert.inhibited_by"]).toBe("6863007d5f0a6c8b");
  });

  it("does not take the expiry time of a firing alert for its end", async () => {
    const { events } = await fetch(aboutServices(["status-api"]));
    expect(events.filter((event) => event.endedAtNs !== undefined)).toEqual([]);
  });

  it("never asks with a value of others and never writes", async () => {
    const requests: SourceHttpRequest[] = [];
    await fetch(aboutServices(['x"} or {']), answering(recorded, requests));
    expect(requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
    expect(JSON.stringify(requests)).not.toContain("or {");
  });

  it("keeps the alerts and says what is missing when only the groups fail", async () => {
    const { answered, events, gaps } = await fetch(aboutServices(["status-api"]), {
      send: async (request) =>
        request.path.endsWith("/groups")
          ? { ok: false, kind: "timeout", attempts: 1 }
          : { ok: true, status: 200, headers: {}, text: recorded(request.path), bytes: 1, attempts: 1 },
    });
    expect(answered).toBe(true);
    expect(events.length).toBeGreaterThan(0);
    expect(gaps.map((gap) => gap.reason)).toEqual(["timeout"]);
  });

  it("skips a malformed alert, keeps the others and says so", async () => {
    const spoilt = JSON.stringify([{ labels: "no" }, ...midAlerts.body]);
    const http = answering((path) => (path.endsWith("/groups") ? "[]" : spoilt));
    const { events, gaps } = await fetch(aboutServices(["status-api"]), http);
    expect(events.length).toBeGreaterThan(0);
    expect(gaps.map((gap) => gap.reason)).toEqual(["partial"]);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "not a url", ""])(
    "makes no link of the rule address %j",
    async (generatorURL) => {
      const alert = { ...midAlerts.body[0], generatorURL };
      const http = answering((path) => (path.endsWith("/groups") ? "[]" : JSON.stringify([alert])));
      const { events } = await fetch(aboutServices(["status-api"]), http);
      expect(events.map((event) => event.links)).toEqual([[]]);
    },
  );

  it("says that past windows cannot be answered from what fires now", async () => {
    const past = { ...aboutServices(["status-api"]), window: windowOf(-48 * 3_600_000, -47 * 3_600_000) };
    const { events, gaps } = await fetch(past);
    expect(events).toEqual([]);
    expect(gaps.map((gap) => gap.reason)).toEqual(["retention"]);
  });

  it("leaves labels named like object internals harmless", async () => {
    const alert = JSON.stringify(midAlerts.body[0]).replace(
      '"labels":{',
      '"labels":{"__proto__":"x","constructor":"y",',
    );
    const http = answering((path) => (path.endsWith("/groups") ? "[]" : `[${alert}]`));
    const { events } = await fetch(aboutServices(["status-api"]), http);
    expect(Object.getPrototypeOf(events[0]?.attributes)).toBe(Object.prototype);
  });
});

function aboutServices(rawServices: readonly string[]): Extract<EvidenceRequest, { kind: "context" }> {
  return { kind: "context", rawServices, window: windowOf(-3_600_000, 1000) };
}

function windowOf(fromMs: number, toMs: number) {
  return { fromNs: epochNsFromMs(RECORDED_AT_MS + fromMs), toNs: epochNsFromMs(RECORDED_AT_MS + toMs) };
}

function fetch(request: EvidenceRequest, http: SourceHttp = answering(recorded)) {
  const source = createAlertmanagerSource(settings, { http, keyRules: [], now: () => RECORDED_AT_MS });
  return source.fetch(request, budget, new AbortController().signal);
}

function answering(bodyOf: (path: string) => string, seen: SourceHttpRequest[] = []): SourceHttp {
  return {
    send: async (request) => {
      seen.push(request);
      const text = bodyOf(request.path);
      return { ok: true, status: 200, headers: {}, text, bytes: text.length, attempts: 1 };
    },
  };
}

function recorded(path: string): string {
  if (path.endsWith("/groups")) return JSON.stringify(midGroups.body);
  if (path.endsWith("/alerts")) return JSON.stringify(midAlerts.body);
  return JSON.stringify({ versionInfo: { version: "0.33.1" } });
}
