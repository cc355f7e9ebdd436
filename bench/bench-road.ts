/**
 * The whole road over HTTP with sources of known slowness: complete timeline against the slowest necessary chain of calls
 * (line → trace → metrics of the touched services), and first row against the fastest source.
 */
import { mergeExpansionRules, mergeKeyRules } from "@/lib/config/merge-rules";
import { Configuration } from "@/lib/domain/configuration";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { anAccess } from "@/lib/redact/testing/an-access";
import { openTimeline } from "@/lib/timeline/open-timeline";
import { createTimelineDeps } from "@/lib/timeline/timeline-deps";
import { startDelayedSource } from "./delayed-source";
import { time, type Result } from "./measure";

const NOW = 1_795_446_900_000;
const TRACE = "786fbf4bd8880b5a6d519ffff6f62781";
const DELAY_MS = { loki: 120, tempo: 200, prometheus: 150 };
const RUNS = 9;

export async function benchRoad(): Promise<Result[]> {
  const loki = await startDelayedSource(DELAY_MS.loki, lokiAnswer);
  const tempo = await startDelayedSource(DELAY_MS.tempo, tempoAnswer);
  const prometheus = await startDelayedSource(DELAY_MS.prometheus, () => ({
    status: "success",
    data: { resultType: "matrix", result: [] },
  }));
  const settings = Configuration.parse({
    sources: [
      { kind: "loki", url: loki.url },
      { kind: "tempo", url: tempo.url },
      { kind: "prometheus", url: prometheus.url },
    ],
  });
  const complete = { ...settings, keys: mergeKeyRules([]), expansion: mergeExpansionRules([]) };
  const deps = createTimelineDeps(complete, { pseudonymKey: Buffer.alloc(32), idKey: Buffer.alloc(32) });
  const first = await time(RUNS, () => ask(deps, true));
  const whole = await time(RUNS, () => ask(deps, false));
  await Promise.all([loki, tempo, prometheus].map((source) => source.close()));
  // Only the trace names the service, so its metrics can be asked for no earlier than the trace has answered.
  const chainMs = DELAY_MS.loki + DELAY_MS.tempo + DELAY_MS.prometheus;
  return [
    {
      name: "complete timeline / slowest necessary chain",
      value: whole.medianMs / chainMs,
      unit: "×",
      aim: 1.1,
      note: `${whole.medianMs.toFixed(0)} ms of ${chainMs} ms`,
    },
    {
      name: "first row / fastest source",
      value: first.medianMs / DELAY_MS.loki,
      unit: "×",
      aim: 1.25,
      note: `${first.medianMs.toFixed(0)} ms of ${DELAY_MS.loki} ms`,
    },
  ];
}

async function ask(deps: ReturnType<typeof createTimelineDeps>, untilFirstRow: boolean): Promise<void> {
  const asked = {
    keys: [{ kind: "order", value: "48192" }],
    window: { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) },
  };
  const leaving = new AbortController();
  for await (const sealed of openTimeline(anAccess("engineer"), asked, deps, leaving.signal)) {
    if (untilFirstRow && sealed.reveal().type === "rows") break;
  }
  leaving.abort();
}

function lokiAnswer(asked: string): object {
  const line = ["1795446844510345678", `saved order_id=48192 trace_id=${TRACE}`, {}];
  const result = asked.includes("|=") && asked.includes("48192") ? [{ stream: {}, values: [line] }] : [];
  return { status: "success", data: { resultType: "streams", encodingFlags: ["categorize-labels"], result } };
}

function tempoAnswer(asked: string): object {
  if (!asked.includes("/traces/")) return { traces: [], metrics: {} };
  const base64 = (hex: string) => Buffer.from(hex, "hex").toString("base64");
  const span = {
    traceId: base64(TRACE),
    spanId: base64("161b78755837c725"),
    name: "PATCH /orders/{id}",
    startTimeUnixNano: "1795446844120345678",
    endTimeUnixNano: "1795446844540463685",
    attributes: [{ key: "order.id", value: { stringValue: "48192" } }],
  };
  const resource = { attributes: [{ key: "service.name", value: { stringValue: "order-service" } }] };
  return { trace: { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] } };
}
