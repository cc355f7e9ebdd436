/**
 * The adapters against the real Prometheus and Alertmanager programs of Debian: an exporter of ours fails half its
 * requests, one rule fires, and the metrics, the `ALERTS` episode and the active alert must come back through our code.
 */
import type { ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import { createAlertmanagerSource } from "../alertmanager/adapter";
import type { EventSource } from "../source";
import {
  ALERTMANAGER,
  freePort,
  listenLocally,
  PROMETHEUS,
  realProgramsAreMissing,
  startProgram,
  stopProgram,
  until,
} from "../testing/real-programs";
import { createPrometheusSource } from "./adapter";

describe.skipIf(realProgramsAreMissing("real-servers"))("against the real servers", () => {
  const children: ChildProcess[] = [];
  let folder = "";
  let exporter: Server | undefined;
  let prometheus: EventSource | undefined;
  let alertmanager: EventSource | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "throughline-real-"));
    exporter = createServer((_, response) => response.end(exposition()));
    const exporterPort = await listenLocally(exporter);
    const [prometheusPort, alertmanagerPort] = [await freePort(), await freePort()];
    await writeConfiguration(folder, exporterPort, alertmanagerPort);
    children.push(
      startProgram(ALERTMANAGER, folder, [
        "--config.file=alertmanager.yml",
        "--storage.path=alertmanager",
        `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
        "--cluster.listen-address=",
      ]),
      startProgram(PROMETHEUS, folder, [
        "--config.file=prometheus.yml",
        "--storage.tsdb.path=prometheus",
        `--web.listen-address=127.0.0.1:${prometheusPort}`,
      ]),
    );
    prometheus = sourceAt("prometheus", prometheusPort);
    alertmanager = sourceAt("alertmanager", alertmanagerPort);
  });

  afterAll(async () => {
    await Promise.all(children.map(stopProgram));
    exporter?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("probes both as healthy and names their versions", async () => {
    for (const source of [prometheus, alertmanager]) {
      const result = await until(
        async () => source?.probe(new AbortController().signal),
        (probe) => probe?.ok === true,
      );
      expect(result).toMatchObject({ ok: true, version: expect.stringMatching(/^\d/) });
    }
  });

  it("reads rate, error ratio and duration of the service", async () => {
    const outcome = await until(
      () => ask(prometheus),
      ({ metrics }) =>
        metrics.length === 3 && metrics.every(({ points }) => points.some(([, value]) => value !== null)),
    );
    expect(outcome.gaps).toEqual([]);
    expect(outcome.metrics.map(({ signal, rawService }) => [signal, rawService])).toEqual([
      ["rate", "status-api"],
      ["errors", "status-api"],
      ["duration", "status-api"],
    ]);
    const ratios = outcome.metrics[1]?.points.flatMap(([, value]) => (value === null ? [] : [value])) ?? [];
    expect(ratios.at(-1)).toBeCloseTo(0.5, 1);
  });

  it("rebuilds the firing alert from ALERTS, with its rule's words", async () => {
    const { events } = await until(
      () => ask(prometheus),
      (outcome) => outcome.events.some((event) => event.kind === "alert"),
    );
    expect(events.find((event) => event.kind === "alert")).toMatchObject({
      rawService: "status-api",
      severity: "critical",
      context: true,
      title: "HalfFails: status-api fails half its requests",
      attributes: { "alert.name": "HalfFails", "alert.state": "firing", "label.severity": "page" },
    });
  });

  it("lists the same alert as active in Alertmanager", async () => {
    const { events } = await until(
      () => ask(alertmanager),
      (outcome) => outcome.events.length > 0,
    );
    expect(events).toMatchObject([
      { kind: "alert", rawService: "status-api", attributes: { "alert.name": "HalfFails", "alert.state": "active" } },
    ]);
    expect(events[0]?.links[0]?.url).toMatch(/^https?:/);
  });
});

function sourceAt(kind: "prometheus" | "alertmanager", port: number): EventSource {
  const baseUrl = `http://127.0.0.1:${port}`;
  const http = createSourceHttp({ baseUrl, sourceId: `${kind}/main`, allowPrivateAddress: true });
  const create = kind === "prometheus" ? createPrometheusSource : createAlertmanagerSource;
  return create(SourceSettings.parse({ kind, url: baseUrl }), { http, keyRules: [], now: Date.now });
}

function ask(source: EventSource | undefined): Promise<SourceOutcome> {
  if (source === undefined) throw new Error("the servers were not started");
  const nowMs = Date.now();
  return source.fetch(
    {
      kind: "context",
      rawServices: ["status-api"],
      window: { fromNs: epochNsFromMs(nowMs - 300_000), toNs: epochNsFromMs(nowMs + 1000) },
    },
    { deadlineAtMs: nowMs + 5000, maxRows: 100, maxBytes: 10_000_000 },
    new AbortController().signal,
  );
}

/** Counters grow with the clock, so that every scrape sees a steady rate: ten requests a second, half of them failing. */
function exposition(): string {
  const count = Math.floor(performance.now() / 100);
  return [
    "# TYPE http_requests_total counter",
    `http_requests_total{service="status-api",status="200"} ${count}`,
    `http_requests_total{service="status-api",status="500"} ${count}`,
    "# TYPE http_request_duration_seconds histogram",
    `http_request_duration_seconds_bucket{service="status-api",le="0.1"} ${count}`,
    `http_request_duration_seconds_bucket{service="status-api",le="1"} ${2 * count}`,
    `http_request_duration_seconds_bucket{service="status-api",le="+Inf"} ${2 * count}`,
    `http_request_duration_seconds_count{service="status-api"} ${2 * count}`,
    `http_request_duration_seconds_sum{service="status-api"} ${count}`,
    "",
  ].join("\n");
}

async function writeConfiguration(folder: string, exporterPort: number, alertmanagerPort: number): Promise<void> {
  await mkdir(path.join(folder, "prometheus"));
  const prometheus = {
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: ["rules.yml"],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
    scrape_configs: [{ job_name: "shop", static_configs: [{ targets: [`127.0.0.1:${exporterPort}`] }] }],
  };
  const rule = {
    alert: "HalfFails",
    expr: 'sum by (service) (rate(http_requests_total{status="500"}[10s])) > 1',
    labels: { severity: "page" },
    annotations: { summary: "{{ $labels.service }} fails half its requests" },
  };
  const alertmanager = { route: { receiver: "nobody", group_wait: "1s" }, receivers: [{ name: "nobody" }] };
  // JSON is YAML, so no writer is needed.
  await writeFile(path.join(folder, "prometheus.yml"), JSON.stringify(prometheus));
  await writeFile(path.join(folder, "rules.yml"), JSON.stringify({ groups: [{ name: "shop", rules: [rule] }] }));
  await writeFile(path.join(folder, "alertmanager.yml"), JSON.stringify(alertmanager));
}
