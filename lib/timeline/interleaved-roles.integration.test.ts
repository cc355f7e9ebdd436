/** Real adapters over the backends of the demo, several roles at once: each answer is the same as alone, to the last query. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createAlertmanagerBackend } from "@/demo/backends/alertmanager/alertmanager-backend";
import { createLokiBackend } from "@/demo/backends/loki/loki-backend";
import { createPrometheusBackend } from "@/demo/backends/prometheus/prometheus-backend";
import { createSentryBackend } from "@/demo/backends/sentry/sentry-backend";
import { createTempoBackend } from "@/demo/backends/tempo/tempo-backend";
import { alerts, FIRST_WORLD, logLines, sentryEvents, spans } from "@/e2e/security/support/canaries";
import { mergeExpansionRules, mergeKeyRules } from "@/lib/config/merge-rules";
import { Configuration } from "@/lib/domain/configuration";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { anAccess } from "@/lib/redact/testing/an-access";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { openTimeline } from "./open-timeline";
import { createTimelineDeps, type TimelineDeps } from "./timeline-deps";

const ROLES = ["support", "engineer", "manager", "admin"];
const startMs = Date.now() - 600_000;
const ASKED = {
  keys: [{ kind: "order", value: "48192" }],
  window: { fromNs: epochNsFromMs(startMs - 60_000), toNs: epochNsFromMs(startMs + 60_000) },
};
const backends = {
  loki: createLokiBackend(),
  tempo: createTempoBackend(),
  prometheus: createPrometheusBackend(),
  alertmanager: createAlertmanagerBackend(),
  sentry: createSentryBackend({ org: "shop", projects: ["order-service"] }),
};
let deps: TimelineDeps;

beforeAll(async () => {
  const atNs = (ms: number) => `${String(startMs + ms)}000000`;
  const atIso = (ms: number) => new Date(startMs + ms).toISOString();
  backends.loki.push(logLines(atNs, FIRST_WORLD));
  backends.tempo.push(spans(atNs, FIRST_WORLD));
  backends.alertmanager.post(alerts(atIso, FIRST_WORLD));
  backends.sentry.capture(sentryEvents(atIso, FIRST_WORLD));
  const sources = [];
  for (const [kind, backend] of Object.entries(backends)) {
    sources.push({ kind, url: await backend.listen(0), ...(kind === "sentry" && { org: "shop", token: "zqtoken" }) });
  }
  // Long enough for a machine with much else to do: what is waited for is answers, not time.
  const settings = Configuration.parse({ sources, limits: { totalSeconds: 60, sourceSeconds: 30 } });
  const complete = { ...settings, keys: mergeKeyRules([]), expansion: mergeExpansionRules([]) };
  deps = createTimelineDeps(complete, { pseudonymKey: Buffer.alloc(32), idKey: Buffer.alloc(32, 1) });
});
afterAll(async () => {
  for (const backend of Object.values(backends)) await backend.close();
});

async function answerFor(role: string): Promise<string> {
  const answer = await collectAnswer(openTimeline(anAccess(role), ASKED, deps, new AbortController().signal));
  return JSON.stringify(answer).replaceAll(/"elapsedMs":\d+/g, '"elapsedMs":0');
}

/** Only the first difference is of use to whoever reads the failure. */
function expectSame(there: string, here: string): void {
  let at = 0;
  while (at < here.length && here[at] === there[at]) at++;
  const around = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
  expect(around(there)).toBe(around(here));
}

it("is each answer the same as alone, cold or warm, with the queries that its rows name", async () => {
  const alone = new Map<string, string>();
  for (const role of ROLES) alone.set(role, await answerFor(role));
  expect(alone.get("engineer")).toContain('"query":{"language"');
  expect(new Set(alone.values()).size).toBe(ROLES.length);
  for (let round = 0; round < 5; round++) {
    const order = ROLES.map((_, n) => ROLES[(n + round) % ROLES.length] ?? "support");
    const answers = await Promise.all(order.map(answerFor));
    for (const [n, role] of order.entries()) expectSame(answers[n] ?? "", alone.get(role) ?? "");
  }
});
