/** Who answers first decides nothing: the same rows with the same reasons, down to the native query that is named. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { addNs, epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import { anEvent } from "@/lib/domain/testing/an-event";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { anAccess } from "@/lib/redact/testing/an-access";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { openTimeline } from "./open-timeline";
import { anInstallation, type Answer } from "./testing/an-installation";

vi.setConfig({ testTimeout: 60_000 });

const NOW = 1_795_446_900_000;
const ASKED = {
  keys: [{ kind: "order", value: "48192" }],
  window: { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) },
};
const at = (ms: number) => addNs(epochNsFromMs(NOW - 60_000), BigInt(ms) * 1_000_000n);
const TRACES = ["a", "b", "c"].map((letter) => letter.repeat(32));

/** Each source knows the order, and leads to further traces in services that the others do not name. */
const EVENTS: readonly TimelineEvent[] = TRACES.flatMap((traceId, n) => [
  anEvent({
    ...{ id: `line-${String(n)}`, title: `order 48192 saved ${String(n)}`, source: `loki/${String(n)}` },
    ...{
      rawService: `web-${String(n)}`,
      happenedAtNs: at(n * 10),
      attributes: { order_id: "48192", trace_id: traceId },
    },
  }),
  ...["checkout", `ledger-${String(n)}`, n === 2 ? "Checkout" : "checkout"].map((rawService, depth) =>
    anEvent({
      ...{ id: `span-${String(n)}-${String(depth)}`, kind: "span", title: `step ${String(depth)}`, rawService },
      ...{ source: "tempo/main", happenedAtNs: at(n * 10 + depth + 1), attributes: {} },
      span: {
        spanKind: "internal",
        durationNs: "1000000",
        traceId,
        spanId: `${String(n)}${String(depth)}`.padStart(16, "1"),
        links: [],
      },
    }),
  ),
]);

const native = (text: string) => ({ queries: [{ language: "LogQL" as const, text }] });

function answerOf(source: string, request: EvidenceRequest): Partial<SourceOutcome> {
  if (request.kind === "context") {
    // Prometheus alone looks around: one alert for every name of a service.
    if (source !== "prometheus/main") return {};
    const alerts = request.rawServices.map((rawService) =>
      anEvent({
        ...{ id: `alert-${rawService}`, kind: "alert", title: "TooSlow", source, rawService },
        ...{ happenedAtNs: at(5), context: true, attributes: { "label.team": "shop" } },
      }),
    );
    return { events: alerts, ...native(`ALERTS{service=~"${request.rawServices.join("|")}"}`) };
  }
  const own = EVENTS.filter((event) => event.source === source);
  if (request.kind === "trace") {
    const isOfTrace = (event: TimelineEvent) =>
      event.span?.traceId === request.traceId || event.attributes["trace_id"] === request.traceId;
    return { events: own.filter(isOfTrace), ...native(`by trace ${request.traceId}`) };
  }
  return source.startsWith("loki/") ? { events: own, ...native(`by key from ${source}`) } : {};
}

async function told(inTurn: (name: string, answer: Partial<SourceOutcome>) => Promise<Partial<SourceOutcome>>) {
  const ids = ["loki/0", "loki/1", "loki/2", "tempo/main", "prometheus/main"] as const;
  const answers = ids.map((id): [string, Answer] => [id, (request) => inTurn(id, answerOf(id, request))]);
  const deps = anInstallation(Object.fromEntries(answers), () => NOW);
  const answer = await collectAnswer(openTimeline(anAccess("engineer"), ASKED, deps, new AbortController().signal));
  if (!answer) throw new Error("the stream had no end");
  return answer;
}
const queriesOf = ({ events }: TimelineAnswer) =>
  events.flatMap(({ why }) => why.flatMap(({ query }) => query?.text ?? []));

describe("answers in any order", () => {
  it("give the same rows, joins, gaps and queries", async () => {
    const first = await told((_name, answer) => Promise.resolve(answer));
    // The positive control: there are alerts around every service, and they name what was asked.
    expect(first.events.filter(({ kind }) => kind === "alert")).toHaveLength(
      new Set(EVENTS.map((e) => e.rawService)).size,
    );
    expect(queriesOf(first).some((text) => text.startsWith("ALERTS"))).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const inTurn = (name: string, answer: Partial<SourceOutcome>) =>
          scheduler.schedule(Promise.resolve(answer), name);
        const other = await scheduler.waitFor(told(inTurn));
        expect(queriesOf(other)).toEqual(queriesOf(first));
        expect(other).toEqual(first);
      }),
      { numRuns: 50 },
    );
  });
});
