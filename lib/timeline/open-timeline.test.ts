/** The whole road over real HTTP, with one source broken in every way it can be. */
import { afterEach, describe, expect, it } from "vitest";
import type { TimelineAnswer, TimelineFrame } from "@/lib/contract/timeline-answer";
import { Configuration } from "@/lib/domain/configuration";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { Role } from "@/lib/domain/role";
import { mergeExpansionRules, mergeKeyRules } from "@/lib/config/merge-rules";
import { startFaultServer, type FaultRequest, type FaultServer } from "@/lib/sources/testing/fault-server";
import { CANARY, FAULTS, type Fault } from "@/lib/sources/testing/faults";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { anAccess } from "@/lib/redact/testing/an-access";
import { openTimeline } from "./open-timeline";
import { createTimelineDeps } from "./timeline-deps";

const NOW = 1_795_446_900_000;
const TRACE = "786fbf4bd8880b5a6d519ffff6f62781";
const servers: FaultServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const LINE = ["1795446844510345678", `level=info msg="saved" order_id=48192 trace_id=${TRACE}`];
const OTHERS_LINE = ["1795446844510345679", "order 48193 saved 48192 bytes"];

function lokiAnswer(request: FaultRequest): string {
  const query = request.form.get("query") ?? request.query.get("query") ?? "";
  const values = query.includes("|=") ? [LINE, OTHERS_LINE] : [];
  const result =
    values.length === 0 ? [] : [{ stream: { service_name: "order-service" }, values: values.map((v) => [...v, {}]) }];
  return JSON.stringify({
    status: "success",
    data: { resultType: "streams", encodingFlags: ["categorize-labels"], result },
  });
}

function tempoAnswer(request: FaultRequest): string {
  if (!request.path.includes("/traces/")) return JSON.stringify({ traces: [], metrics: {} });
  const base64 = (hex: string) => Buffer.from(hex, "hex").toString("base64");
  const span = {
    traceId: base64(TRACE),
    spanId: base64("161b78755837c725"),
    name: "PATCH /orders/{id}",
    kind: "SPAN_KIND_SERVER",
    startTimeUnixNano: "1795446844120345678",
    endTimeUnixNano: "1795446844540463685",
    attributes: [{ key: "order.id", value: { stringValue: "48192" } }],
    status: {},
  };
  const resource = { attributes: [{ key: "service.name", value: { stringValue: "order-service" } }] };
  return JSON.stringify({ trace: { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] } });
}

async function anInstallation(tempo: Fault | "ok") {
  const loki = await startFaultServer("ok", lokiAnswer);
  const traces = await startFaultServer(tempo, tempoAnswer);
  servers.push(loki, traces);
  const settings = Configuration.parse({
    sources: [
      { kind: "loki", url: loki.url },
      { kind: "tempo", url: traces.url },
    ],
    limits: { totalSeconds: 1.2, sourceSeconds: 0.8, bytesPerFetch: 1_000_000 },
  });
  const complete = { ...settings, keys: mergeKeyRules([]), expansion: mergeExpansionRules([]) };
  return {
    loki,
    traces,
    deps: createTimelineDeps(complete, { pseudonymKey: Buffer.alloc(32), idKey: Buffer.alloc(32) }),
  };
}

const ASKED = {
  keys: [{ kind: "order", value: "48192" }],
  window: { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) },
};

async function ask(tempo: Fault | "ok", role: Role = "engineer"): Promise<TimelineAnswer> {
  const { deps } = await anInstallation(tempo);
  const answer = await collectAnswer(openTimeline(anAccess(role), ASKED, deps, new AbortController().signal));
  if (!answer) throw new Error("the stream had no end");
  return answer;
}

describe("openTimeline", () => {
  it("follows a line to its trace and explains both rows, leaving another order's line out", async () => {
    const answer = await ask("ok");
    expect(answer.events.map(({ kind, service }) => [kind, service])).toEqual([
      ["span", "order-service"],
      ["log", "order-service"],
    ]);
    expect(answer.events.every((event) => event.why[0]?.key === "order:48192")).toBe(true);
    expect(JSON.stringify(answer)).not.toContain("48193");
    expect(answer.gaps.map((gap) => gap.reason)).toContain("not-configured");
  });

  // A source that fails once and then answers is the retry's business, not a gap.
  const broken = (Object.keys(FAULTS) as Fault[]).filter((fault) => !fault.endsWith("-once"));
  it.each(broken)("still shows the line, and names the gap, when the trace store fails by: %s", async (fault) => {
    const answer = await ask(fault);
    expect(answer.events.map((event) => event.kind)).toEqual(["log"]);
    expect(answer.gaps.filter((gap) => gap.source === "tempo").map((gap) => gap.reason)).toContain(FAULTS[fault].gap);
    expect(answer.stats.complete).toBe(false);
    expect(JSON.stringify(answer)).not.toContain(CANARY);
  });

  it("sends the first rows before the slow source has answered", async () => {
    const { deps } = await anInstallation("accept-no-headers");
    const types: TimelineFrame["type"][] = [];
    for await (const sealed of openTimeline(anAccess("engineer"), ASKED, deps, new AbortController().signal)) {
      const frame = sealed.reveal();
      types.push(frame.type);
      if (frame.type === "rows") {
        expect(types).not.toContain("end");
        break;
      }
    }
    expect(types).toContain("rows");
  });

  it("stops asking when the asker leaves", async () => {
    const { deps, traces } = await anInstallation("accept-no-headers");
    const leaving = new AbortController();
    void traces.firstRequest.then(() => leaving.abort());
    const types: string[] = [];
    for await (const sealed of openTimeline(anAccess("engineer"), ASKED, deps, leaving.signal))
      types.push(sealed.reveal().type);
    expect(types).not.toContain("end");
  });

  it("tells support the same rows without telemetry, infrastructure or text", async () => {
    const [engineer, support] = [await ask("ok"), await ask("ok", "support")];
    expect(support.events.map(({ id, orderKey }) => [id, orderKey])).toEqual(
      engineer.events.map(({ id, orderKey }) => [id, orderKey]),
    );
    const bytes = JSON.stringify(support);
    for (const hidden of [TRACE, "order-service", "saved", "LogQL", "loki/main"]) expect(bytes).not.toContain(hidden);
  });
});
