import { describe, expect, it } from "vitest";
import type { PrometheusClient, PrometheusFailure } from "./client";
import type { Parameters } from "./query";
import { readFiringHistory } from "./read-firing-history";
import type { Series } from "./wire";

const HOUR_MS = 3_600_000;
const NOW = Date.parse("2026-11-23T12:00:00Z");
const RANGE = { fromMs: NOW - 30 * 24 * HOUR_MS, toMs: NOW };
const METRIC = { alertname: "Slow", service: "cart" };

type Answer = readonly Series[] | PrometheusFailure;
interface Asked {
  readonly query: string;
  readonly fromS: number;
  readonly toS: number;
}

/** `respond` answers edge queries; the server was there all the time unless `alive` says otherwise. */
function reading(
  respond: (asked: Asked) => Answer,
  part: { alive?: Answer; rules?: boolean; signal?: AbortSignal } = {},
) {
  const asked: Asked[] = [];
  const answerTo = (parameters: Parameters) => {
    const by = new Map(parameters);
    const question = { query: by.get("query") ?? "", fromS: Number(by.get("start")), toS: Number(by.get("end")) };
    asked.push(question);
    const given = question.query.includes("up[") ? (part.alive ?? alwaysAlive(question)) : respond(question);
    return "kind" in given
      ? ({ ok: false, failure: given, isMissing: false } as const)
      : ({ ok: true, value: given, isPartial: false } as const);
  };
  const times = part.rules === false ? [] : ([["Slow", { intervalS: 60, forS: 0 }]] as const);
  const client: Pick<PrometheusClient, "range" | "instant" | "ruleTimes"> = {
    range: async (parameters) => answerTo(parameters),
    instant: async () => ({ ok: true, value: [], isPartial: false }),
    ruleTimes: async () => ({ ok: true, value: new Map(times), isPartial: false }),
  };
  const reader = {
    ...{ client: () => client as PrometheusClient, keptMs: undefined, now: () => NOW, deadlineAtMs: NOW + HOUR_MS },
    signal: part.signal ?? new AbortController().signal,
  };
  return { asked, history: readFiringHistory(RANGE, reader) };
}

function alwaysAlive({ fromS, toS }: Asked): Series[] {
  const values = Array.from({ length: (toS - fromS) / 60 + 1 }, (_, index): [number, string] => [
    fromS + index * 60,
    "3",
  ]);
  return [{ metric: {}, values }];
}

/** One fire, an hour before now. */
function oneFire({ query, fromS, toS }: Asked): Series[] {
  const startS = NOW / 1000 - 3_600;
  if (query.includes("[10m]")) return toS >= startS ? [{ metric: {}, values: [[startS, "1"]] }] : [];
  if (query.startsWith("ALERTS_FOR_STATE")) return [];
  const isStart = query.startsWith(`timestamp(ALERTS{alertstate="firing"}) unless`);
  const atS = isStart ? startS : startS + 615;
  const value = String(isStart ? startS - 7 : startS + 593);
  return atS >= fromS && atS <= toS ? [{ metric: METRIC, values: [[atS, value]] }] : [];
}

const daysOf = (spans: readonly { fromMs: number; toMs: number }[]) =>
  spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / (24 * HOUR_MS);

describe("reading a month of firing alerts", () => {
  it("asks finely only where anything fired", async () => {
    const { asked, history } = reading(oneFire);
    const { fires, read, gaps } = await history;
    expect(fires).toEqual([
      {
        ...{ labels: METRIC, startsAtMs: NOW - HOUR_MS - 7_000, startKnown: true },
        ...{ endsAtMs: NOW - HOUR_MS + 653_000, endReason: "resolved" },
      },
    ]);
    expect(gaps).toEqual([]);
    expect(daysOf(read)).toBeCloseTo(30, 1);
    expect(asked.filter(({ query }) => query.includes("unless")).length).toBeLessThanOrEqual(8);
  });

  it("asks for halves of what is too much, and finds the same", async () => {
    const whole = await reading(oneFire).history;
    const picky = reading((asked) =>
      asked.toS - asked.fromS > 4 * 3_600 && !asked.query.includes("[10m]")
        ? { ok: false, kind: "too-large", attempts: 1 }
        : oneFire(asked),
    );
    expect(await picky.history).toEqual(whole);
  });

  it("leaves a dead server alone, and says that nothing could be read", async () => {
    const { asked, history } = reading(() => ({ ok: false, kind: "refused", attempts: 1 }));
    const { fires, read, gaps } = await history;
    expect([fires, read]).toEqual([[], []]);
    expect(gaps).toMatchObject([{ why: "unreadable" }]);
    expect(daysOf(gaps)).toBeCloseTo(30, 1);
    expect(asked.filter(({ query }) => !query.includes("up["))).toHaveLength(3);
  });

  it("keeps what it read before somebody stopped it", async () => {
    const stop = new AbortController();
    const { history } = reading(
      (asked) => {
        if (asked.query.startsWith("ALERTS_FOR_STATE offset")) stop.abort();
        return oneFire(asked);
      },
      { signal: stop.signal },
    );
    const { fires, gaps } = await history;
    expect(fires).toHaveLength(1);
    expect(gaps).toMatchObject([{ fromMs: RANGE.fromMs, why: "unreadable" }]);
  });

  it("tells apart what is not kept and when the server itself was down", async () => {
    const day = 24 * 3_600;
    const [startS, endS] = [NOW / 1000 - 10 * day, NOW / 1000];
    const alive = alwaysAlive({ query: "", fromS: startS, toS: endS }).map((one) => ({
      ...one,
      values: one.values.filter(([atS]) => atS < endS - 3 * day || atS > endS - 2 * day),
    }));
    const { gaps, read } = await reading(oneFire, { alive }).history;
    expect(gaps.map(({ why }) => why)).toEqual(["not-kept", "silent"]);
    expect(gaps.map((gap) => Math.round(daysOf([gap])))).toEqual([20, 1]);
    expect(daysOf(read)).toBeCloseTo(9, 1);
  });

  it("does not take a history without any alert for a month in which nothing fired", async () => {
    expect((await reading(() => []).history).gaps).toMatchObject([{ why: "no-alerts" }]);
    expect((await reading(() => [], { rules: false }).history).gaps).toEqual([]);
  });
});
