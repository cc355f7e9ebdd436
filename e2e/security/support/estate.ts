/**
 * The built app over two worlds full of canaries, with every place where it leaves something behind: its log, its traces,
 * its data. Started once for all security tests of a run, when the first asks for it.
 */
import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { test as base } from "@playwright/test";
import { stringify } from "yaml";
import { z } from "zod";
import type { DemoBackend } from "@/demo/backends/backend";
import { createAlertmanagerBackend } from "@/demo/backends/alertmanager/alertmanager-backend";
import { createLokiBackend } from "@/demo/backends/loki/loki-backend";
import { createPrometheusBackend } from "@/demo/backends/prometheus/prometheus-backend";
import { createSentryBackend } from "@/demo/backends/sentry/sentry-backend";
import { createTempoBackend } from "@/demo/backends/tempo/tempo-backend";
import { testDatabases } from "@/lib/store/testing/databases";
import { storedRows } from "@/lib/store/testing/stored-rows";
import { alerts, FIRST_WORLD, logLines, moreOfSentry, POLICY, sentryEvents, spans, type World } from "./canaries";
import { storedFiles } from "./stored-files";
import { openSwitchboard } from "./switchboard";

export const ROLES = ["support", "engineer", "manager", "admin", "vendor", "finance"] as const;
export const PASSWORD = "one-incident-one-timeline";
/** What a role may not see is another, longer one here, or missing. */
export const SECOND_WORLD: World = { suffix: "x-and-much-longer-than-before", hasOptional: false };

export interface Estate {
  readonly url: string;
  readonly tokens: Readonly<Record<string, string>>;
  /** The same ten minutes, whenever it is asked. */
  readonly question: string;
  /** Everything that is stored, as text. */
  stored(): Promise<readonly string[]>;
  turnTo(world: "first" | "second"): void;
  /** Two further sources, empty otherwise, answer with errors full of canaries. */
  breakSources(isBroken: boolean): void;
  /** Everything written to standard output and error so far. */
  log(): string;
  /** Every trace export so far. */
  traces(): string;
  /** To both worlds. */
  addLine(line: string, metadata?: Record<string, string>): void;
}

/** `serverEstate`: the same on a PostgreSQL server, for tests that skip without one. */
export const test = base.extend<object, { estate: Estate; serverEstate: Estate }>({
  estate: [async ({}, provide) => whileItRuns(undefined, provide), { scope: "worker", timeout: 600_000 }],
  serverEstate: [
    async ({}, provide) => {
      const database = await SERVER?.create();
      try {
        await whileItRuns(database?.settings.databaseUrl, provide);
      } finally {
        await database?.remove();
      }
    },
    { scope: "worker", timeout: 600_000 },
  ],
});

/** Undefined where no server can be tested on. */
export const SERVER = testDatabases().find(({ name }) => name !== "embedded");

async function whileItRuns(databaseUrl: string | undefined, provide: (estate: Estate) => Promise<void>): Promise<void> {
  const undo: (() => unknown)[] = [];
  try {
    await provide(await startEstate(databaseUrl, undo));
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function startEstate(databaseUrl: string | undefined, undo: (() => unknown)[]): Promise<Estate> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "throughline-security-"));
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const startMs = Date.now() - 600_000;
  const worlds = { first: await aWorld(FIRST_WORLD, startMs, undo), second: await aWorld(SECOND_WORLD, startMs, undo) };
  const kinds = ["loki", "tempo", "prometheus", "alertmanager", "sentry"] as const;
  let suffix = FIRST_WORLD.suffix;
  const boards = await Promise.all(
    kinds.map((kind) =>
      openSwitchboard(worlds.first.urls[kind], kind === "sentry" ? (body) => enriched(body, suffix) : undefined),
    ),
  );
  for (const board of boards) undo.push(() => board.close());
  const broken = await aBrokenBackend(undo);
  const spare = [await anEmptyBackend(createLokiBackend(), undo), await anEmptyBackend(createTempoBackend(), undo)];
  const spareBoards = await Promise.all(spare.map((address) => openSwitchboard(address)));
  for (const board of spareBoards) undo.push(() => board.close());
  const sink = await aTraceSink(undo);
  const config = path.join(dataDir, "throughline.yaml");
  writeFileSync(
    config,
    stringify(
      configuration(
        kinds.map((kind, n) => [kind, boards[n]?.url ?? ""]),
        spareBoards.map(({ url: address }) => address),
      ),
    ),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const logFile = path.join(dataDir, "app.log");
  const env = {
    ...appEnvironment({ url, port, dataDir, config, sink: sink.url }),
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  };
  undo.push(await startApp(env, logFile, url));
  const tokens = await createPeople(env);
  const from = new Date(startMs - 60_000).toISOString();
  const to = new Date(startMs + 60_000).toISOString();
  return {
    url,
    tokens,
    stored: async () => [...storedFiles(dataDir), ...(databaseUrl === undefined ? [] : await storedRows(databaseUrl))],
    question: `key=order:48192&from=${from}&to=${to}`,
    turnTo(world) {
      suffix = (world === "first" ? FIRST_WORLD : SECOND_WORLD).suffix;
      kinds.forEach((kind, n) => boards[n]?.turnTo(worlds[world].urls[kind]));
    },
    breakSources: (isBroken) => spareBoards.forEach((board, n) => board.turnTo(isBroken ? broken : (spare[n] ?? ""))),
    log: () => readFileSync(logFile, "utf8"),
    traces: sink.seen,
    addLine(line, metadata = {}) {
      const labels = { service_name: "order-service", env: "production" };
      for (const { loki } of Object.values(worlds)) {
        loki.push([{ labels, metadata, atNs: `${String(startMs + 5_000)}000000`, line }]);
      }
    },
  };
}

async function aWorld(world: World, startMs: number, undo: (() => unknown)[]) {
  const [loki, tempo, prometheus] = [createLokiBackend(), createTempoBackend(), createPrometheusBackend()];
  const alertmanager = createAlertmanagerBackend();
  const sentry = createSentryBackend({ org: "shop", projects: ["order-service"] });
  const atNs = (ms: number) => `${String(startMs + ms)}000000`;
  const atIso = (ms: number) => new Date(startMs + ms).toISOString();
  loki.push(logLines(atNs, world));
  tempo.push(spans(atNs, world));
  alertmanager.post(alerts(atIso, world));
  sentry.capture(sentryEvents(atIso, world));
  const backends = { loki, tempo, prometheus, alertmanager, sentry };
  const urls: Record<string, string> = {};
  for (const [kind, backend] of Object.entries(backends)) {
    urls[kind] = await backend.listen(0);
    undo.push(() => backend.close());
  }
  return { loki, urls: urls as Record<keyof typeof backends, string> };
}

function enriched(body: string, suffix: string): string {
  if (!body.includes('"eventID"')) return body;
  const detail = JSON.parse(body) as { entries?: { data?: { values?: { stacktrace?: { frames?: object[] } }[] } }[] };
  const { _extra, _vars, ...more } = moreOfSentry(suffix);
  for (const frame of detail.entries?.[0]?.data?.values?.[0]?.stacktrace?.frames ?? [])
    Object.assign(frame, { vars: _vars });
  const entries = [...((_extra as object[] | undefined) ?? []), ...(detail.entries ?? [])];
  return JSON.stringify({ ...detail, ...more, entries });
}

/** Says canaries in every part of an error answer. */
async function aBrokenBackend(undo: (() => unknown)[]): Promise<string> {
  const server = createServer((request, response) => {
    const status = request.url?.includes("/api/search") ? 400 : 500;
    response.writeHead(status, "zqnever1501", { "x-zqnever1502": "zqnever1503", "content-type": "text/plain" });
    response.end(`zqnever1504: parse error at "${request.url ?? ""}" for user zqnever1505@canary.example`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  undo.push(() => server.close());
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function aTraceSink(undo: (() => unknown)[]): Promise<{ url: string; seen: () => string }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    request.on("end", () => {
      bodies.push(text);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  undo.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, seen: () => bodies.join("\n") };
}

async function anEmptyBackend(backend: DemoBackend, undo: (() => unknown)[]): Promise<string> {
  undo.push(() => backend.close());
  return backend.listen(0);
}

function configuration(sources: readonly (readonly [string, string])[], spare: readonly string[]): object {
  return {
    sources: [
      ...sources.map(([kind, url]) => ({
        kind,
        url,
        ...(kind === "sentry" ? { org: "shop", token: "zqsecret1601" } : {}),
      })),
      { kind: "loki", name: "spare", url: spare[0], username: "reader", password: "zqsecret1602" },
      { kind: "tempo", name: "spare", url: spare[1], token: "zqsecret1603" },
    ],
    services: [
      { name: "order-service", displayName: "order service", owner: "Orders team" },
      { name: "billing-api", displayName: "billing", owner: "Payments team" },
    ],
    limits: { totalSeconds: 8, sourceSeconds: 4 },
    // A history that is taken over between two looks would tell the worlds apart by time.
    alerts: { backfillDays: 0 },
    policy: POLICY,
  };
}

function appEnvironment(app: {
  url: string;
  port: number;
  dataDir: string;
  config: string;
  sink: string;
}): NodeJS.ProcessEnv {
  const foreign = /^(LOKI|TEMPO|PROMETHEUS|ALERTMANAGER|SENTRY|OIDC|NEXTAUTH|THROUGHLINE|DATABASE|OTEL)_/;
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: "production",
    PORT: String(app.port),
    HOST: "127.0.0.1",
    DATA_DIR: app.dataDir,
    NEXTAUTH_URL: app.url,
    THROUGHLINE_CONFIG: app.config,
    OTEL_EXPORTER_OTLP_ENDPOINT: app.sink,
    LOG_LEVEL: "debug",
    // Sweeps ask from several addresses: what counts guesses would stop them.
    TRUSTED_PROXIES: "1",
  };
}

async function startApp(env: NodeJS.ProcessEnv, logFile: string, url: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ["scripts/start.mjs"], { env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  const log = createWriteStream(logFile);
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGTERM");
    });
  const deadlineMs = performance.now() + 200_000;
  while (performance.now() < deadlineMs && child.exitCode === null) {
    const isReady = await fetch(`${url}/api/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return stop;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  await stop();
  throw new Error(`the app did not start:\n${readFileSync(logFile, "utf8").slice(-2_000)}`);
}

async function createPeople(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const printed = await command(env, ["e2e/security/support/create-people.ts", PASSWORD, ...ROLES]);
  return z.record(z.string(), z.string()).parse(JSON.parse(printed));
}

function command(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["scripts/run-ts.mjs", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
    let [output, complaint] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    child.once("close", (code) => (code === 0 ? resolve(output) : reject(new Error(complaint))));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
