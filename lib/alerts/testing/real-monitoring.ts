/**
 * A real Prometheus and a real Alertmanager over an exporter whose gauge a test turns up and down, and what the rules really
 * did: read from the raw samples of `ALERTS`, not from any notification.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import {
  ALERTMANAGER,
  freePort,
  listenLocally,
  PROMETHEUS,
  startProgram,
  stopProgram,
} from "@/lib/sources/testing/real-programs";

export interface TrueFire {
  readonly name: string;
  readonly service: string;
  /** First evaluation at which it fired. */
  readonly startsAt: Date;
  /** First evaluation at which it did not any more; null while it fires. */
  readonly endsAt: Date | null;
}

export interface RealMonitoring {
  readonly prometheusUrl: string;
  /** Overloaded: fires at once. Slow: fires after two seconds. */
  set(service: string, what: "overload" | "slowness", value: number): void;
  /** By name, service and start. */
  whatRulesDid(): Promise<readonly TrueFire[]>;
  stop(): Promise<void>;
}

/** Rules are evaluated every second. Without a hook no Alertmanager is started. */
export async function startMonitoring(hook?: {
  readonly url: string;
  readonly secret: string;
}): Promise<RealMonitoring> {
  const folder = await mkdtemp(path.join(tmpdir(), "throughline-monitoring-"));
  const gauges = new Map<string, number>();
  const exporter = createServer((_, response) => {
    response.setHeader("content-type", "text/plain; version=0.0.4");
    response.end([...gauges].map(([series, value]) => `${series} ${String(value)}\n`).join(""));
  });
  const exporterPort = await listenLocally(exporter);
  const [prometheusPort, alertmanagerPort] = [await freePort(), await freePort()];
  await writeConfiguration(folder, exporterPort, alertmanagerPort, hook);
  const children = [
    startProgram(PROMETHEUS, folder, [
      "--config.file=prometheus.yml",
      "--storage.tsdb.path=prometheus",
      `--web.listen-address=127.0.0.1:${String(prometheusPort)}`,
    ]),
  ];
  if (hook) {
    const listening = `--web.listen-address=127.0.0.1:${String(alertmanagerPort)}`;
    const flags = ["--config.file=alertmanager.yml", "--storage.path=alertmanager", listening];
    children.push(startProgram(ALERTMANAGER, folder, [...flags, "--cluster.listen-address="]));
  }
  const prometheusUrl = `http://127.0.0.1:${String(prometheusPort)}`;
  return {
    prometheusUrl,
    set: (service, what, value) => gauges.set(`${what}{service="${service}"}`, value),
    whatRulesDid: () => whatRulesDid(prometheusUrl),
    async stop() {
      await Promise.all(children.map(stopProgram));
      exporter.closeAllConnections();
      exporter.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const Range = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])) }),
    ),
  }),
});

/** A recording rule of the same group marks every evaluation, so that an end is known to the millisecond. */
async function whatRulesDid(prometheusUrl: string): Promise<TrueFire[]> {
  const [alerts, evaluations] = await Promise.all([
    rawSamples(prometheusUrl, 'ALERTS{alertstate="firing"}'),
    rawSamples(prometheusUrl, "rules_evaluated"),
  ]);
  const evaluatedMs = evaluations.flatMap(({ atMs }) => atMs).sort((a, b) => a - b);
  const fires = alerts.flatMap(({ metric, atMs }) => {
    const firing = new Set(atMs);
    const own = { name: metric["alertname"] ?? "", service: metric["service"] ?? "" };
    const found: { startsAt: Date; endsAt: Date | null }[] = [];
    for (const at of evaluatedMs) {
      const last = found.at(-1);
      if (firing.has(at) && last?.endsAt !== null) found.push({ startsAt: new Date(at), endsAt: null });
      if (!firing.has(at) && last?.endsAt === null) last.endsAt = new Date(at);
    }
    return found.map((fire) => ({ ...own, ...fire }));
  });
  return fires.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({ name, service, startsAt }: TrueFire): string {
  return JSON.stringify([name, service, startsAt]);
}

/** Nothing while the server is still starting. */
async function rawSamples(prometheusUrl: string, selector: string) {
  const query = new URLSearchParams({ query: `${selector}[30m]` });
  const response = await fetch(`${prometheusUrl}/api/v1/query?${query}`).catch(() => undefined);
  const answer = Range.safeParse(await response?.json().catch(() => undefined));
  if (!answer.success) return [];
  return answer.data.data.result.map(({ metric, values }) => {
    return { metric, atMs: values.map(([atS]) => Math.round(atS * 1000)) };
  });
}

/** Over the last minute: a scrape that a busy machine misses ends no alert. */
function lastValue(gauge: string): string {
  return `last_over_time(${gauge}[1m]) > 0`;
}

async function writeConfiguration(
  folder: string,
  exporterPort: number,
  alertmanagerPort: number,
  hook: { readonly url: string; readonly secret: string } | undefined,
): Promise<void> {
  const targets = [`127.0.0.1:${String(alertmanagerPort)}`];
  const labels = { severity: "page" };
  const rules = [
    { record: "rules_evaluated", expr: "vector(1)" },
    {
      alert: "Overloaded",
      expr: lastValue("overload"),
      labels,
      annotations: { summary: "{{ $labels.service }} is full" },
    },
    { alert: "Slow", expr: lastValue("slowness"), for: "2s", labels },
  ];
  const prometheus = {
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: ["rules.yml"],
    ...(hook && { alerting: { alertmanagers: [{ static_configs: [{ targets }] }] } }),
    scrape_configs: [{ job_name: "shop", static_configs: [{ targets: [`127.0.0.1:${String(exporterPort)}`] }] }],
  };
  const alertmanager = {
    route: {
      ...{ receiver: "pager", group_by: ["alertname"] },
      ...{ group_wait: "1s", group_interval: "1s", repeat_interval: "3s" },
    },
    receivers: [
      {
        name: "pager",
        webhook_configs: [{ url: hook?.url, http_config: { authorization: { credentials: hook?.secret } } }],
      },
    ],
  };
  // JSON is YAML, so no writer is needed.
  await writeFile(path.join(folder, "prometheus.yml"), JSON.stringify(prometheus));
  await writeFile(path.join(folder, "rules.yml"), JSON.stringify({ groups: [{ name: "shop", rules }] }));
  if (hook) await writeFile(path.join(folder, "alertmanager.yml"), JSON.stringify(alertmanager));
}
