/**
 * Nine faults × five sources: each cell is the reason of the gap that a reader sees, over real sockets. The same table
 * stands in `docs/evidence-gaps.md`.
 */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { GapReason } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { SOURCE_KINDS, type SourceKind } from "@/lib/domain/source-id";
import { SourceSettings } from "@/lib/domain/source-settings";
import { createSourceHttp } from "@/lib/platform/create-source-http";
import midAlerts from "./alertmanager/fixtures/mid-alerts.json";
import midGroups from "./alertmanager/fixtures/mid-groups.json";
import tempoExchanges from "./tempo/fixtures/exchanges.json";
import { createSources } from "./registry";
import { page, row } from "./sentry/fixtures/answers";
import { type FaultRequest, type FaultServer, startFaultServer } from "./testing/fault-server";
import { CANARY, type Fault } from "./testing/faults";

/** Time that a source has. Waiting for a fault is cut short; every other answer comes long before it is over. */
type Budget = "300 ms" | "10 minutes";
type Cells = Readonly<Record<SourceKind, GapReason>>;

interface TableRow {
  readonly fault: string;
  /** How the backend does it; `own` stands for an answer of each backend's own kind. */
  readonly ways: readonly (Fault | "own")[];
  readonly budget: Budget;
  readonly gap: Cells;
}

const all = (reason: GapReason): Cells => ({
  loki: reason,
  tempo: reason,
  prometheus: reason,
  alertmanager: reason,
  sentry: reason,
});

const TABLE: readonly TableRow[] = [
  { fault: "Connection refused", ways: ["refuse"], budget: "300 ms", gap: all("refused") },
  { fault: "Hangs before the headers", ways: ["accept-no-headers"], budget: "300 ms", gap: all("timeout") },
  { fault: "Hangs in the middle of the body", ways: ["hang-mid-body"], budget: "300 ms", gap: all("timeout") },
  { fault: "Cut off in the middle of the body", ways: ["early-close"], budget: "10 minutes", gap: all("truncated") },
  { fault: "401, 403", ways: ["status-401", "status-403"], budget: "10 minutes", gap: all("denied") },
  // It asks for an hour: waiting would not end before the test does.
  { fault: "429, come back later", ways: ["status-429-seconds"], budget: "10 minutes", gap: all("rate-limited") },
  { fault: "500, 503", ways: ["status-500", "status-503"], budget: "300 ms", gap: all("refused") },
  { fault: "HTML instead of JSON", ways: ["login-page"], budget: "10 minutes", gap: all("bad-response") },
  { fault: "Broken JSON", ways: ["invalid-json", "empty-body"], budget: "10 minutes", gap: all("bad-response") },
  {
    fault: "More rows than asked for, or an answer in part",
    ways: ["own"],
    budget: "10 minutes",
    gap: { ...all("truncated"), tempo: "partial", prometheus: "partial" },
  },
];

const FROM_MS = Date.parse("2026-11-23T14:00:00Z");
const window = { fromNs: epochNsFromMs(FROM_MS), toNs: epochNsFromMs(FROM_MS + 8 * 3_600_000) };
const REQUEST: Readonly<Record<SourceKind, EvidenceRequest>> = {
  loki: { kind: "by-key", key: { kind: "order", value: "48192" }, window },
  tempo: { kind: "trace", traceId: "a204d36965ffbb43f2ce9cb6c52595c5", window },
  prometheus: { kind: "context", rawServices: ["status-api"], window },
  alertmanager: { kind: "context", rawServices: ["status-api"], window },
  sentry: { kind: "by-key", key: { kind: "order", value: "A-1001" }, window },
};
const MAX_ROWS = 2;
const BUDGET_MS: Readonly<Record<Budget, number>> = { "300 ms": 300, "10 minutes": 600_000 };

const servers: FaultServer[] = [];

describe("nine faults × five sources", () => {
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  const cells = TABLE.flatMap(({ fault, ways, budget, gap }) =>
    ways.flatMap((way) => SOURCE_KINDS.map((kind) => ({ fault, way, budget, kind, reason: gap[kind] }))),
  );

  it.each(cells)("$kind: $fault ($way) is told as $reason", async ({ way, budget, kind, reason }) => {
    const outcome = await ask(kind, way, BUDGET_MS[budget]);
    const told = outcome.gaps.filter((gap) => gap.reason === reason);
    expect(told).not.toEqual([]);
    for (const gap of told) expect(gap).toMatchObject({ source: outcome.source, window: expect.anything() });
    expect(outcome.gaps.every((gap) => gap.detail !== "")).toBe(true);
    // A fault leaves nothing to show; a limit leaves what fits.
    expect(outcome.answered).toBe(way === "own");
    expect(outcome.events.length).toBeLessThanOrEqual(way === "own" && kind === "tempo" ? 1_000 : MAX_ROWS);
    expect(textOf(outcome)).not.toContain(CANARY);
  });

  it("stands in the documentation as it is here", () => {
    const document = readFileSync("docs/evidence-gaps.md", "utf8").replaceAll(/ +/g, " ");
    for (const { fault, gap } of TABLE) {
      expect(document).toContain(`| ${[fault, ...SOURCE_KINDS.map((kind) => `\`${gap[kind]}\``)].join(" | ")} |`);
    }
  });
});

async function ask(kind: SourceKind, way: Fault | "own", forMs: number) {
  const server = await startFaultServer(way === "own" ? "ok" : way, (request) => OWN[kind](request));
  servers.push(server);
  const settings = SourceSettings.parse({ kind, url: server.url, ...(kind === "sentry" && { org: "acme" }) });
  const [source] = createSources([settings], {
    createHttp: ({ url }) =>
      createSourceHttp({ baseUrl: url, sourceId: `${kind}/main`, allowPrivateAddress: true, random: () => 0 }),
    keyRules: builtInKeyRules,
    now: Date.now,
  });
  if (source === undefined) throw new Error("no source was made");
  const maxRows = kind === "tempo" || kind === "prometheus" ? 1_000 : MAX_ROWS;
  const budget = { deadlineAtMs: Date.now() + forMs, maxRows, maxBytes: 1_048_576 };
  return source.fetch(REQUEST[kind], budget, new AbortController().signal);
}

/** Answers that are good but not whole. */
const OWN: Readonly<Record<SourceKind, (request: FaultRequest) => string>> = {
  loki: () =>
    lokiStreams(
      Array.from({ length: 60 }, (_, i) => [String(BigInt(window.fromNs) + BigInt(i)), `order 48192 step ${i}`]),
    ),
  tempo: () => tempoExchanges["partial.v2.hub (first three spans)"].body,
  prometheus: ({ path }) =>
    JSON.stringify({
      status: "success",
      data: path.endsWith("_exemplars")
        ? []
        : path.endsWith("/rules")
          ? { groups: [] }
          : { resultType: path.endsWith("/query") ? "vector" : "matrix", result: [] },
      warnings: ["one store did not answer"],
    }),
  alertmanager: ({ path }) => JSON.stringify(path.endsWith("/groups") ? midGroups.body : midAlerts.body),
  sentry: ({ path }) =>
    path.endsWith("/acme/events/")
      ? page(
          ["1", "2", "3"].map((digit) => ({
            ...row,
            id: digit.repeat(32),
            timestamp: "2026-11-23T15:00:00+00:00",
            timestamp_ms: "2026-11-23T15:00:00.123Z",
          })),
        )
      : "{}",
};

function lokiStreams(values: readonly (readonly string[])[]): string {
  const result = [{ stream: { service_name: "order-service" }, values }];
  return JSON.stringify({ status: "success", data: { resultType: "streams", result } });
}

function textOf(outcome: object): string {
  return JSON.stringify(outcome, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}
