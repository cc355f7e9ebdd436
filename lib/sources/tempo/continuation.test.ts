import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { epochNsFromBigInt } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { SourceSettings } from "@/lib/domain/source-settings";
import { isInWindow } from "@/lib/domain/time-window";
import type { SourceHttp } from "@/lib/platform/source-http";
import { createTempoSource } from "./adapter";

const SECOND = 1_000_000_000n;
const START = 1_795_446_000n * SECOND;
const LONGEST_S = 600;
const window = {
  fromNs: epochNsFromBigInt(START + 300_000_000n),
  toNs: epochNsFromBigInt(START + BigInt(LONGEST_S) * SECOND),
};
const byOrder: EvidenceRequest = { kind: "by-key", key: { kind: "order", value: "48192" }, window };

interface Trace {
  readonly id: string;
  readonly fromNs: bigint;
  readonly toNs: bigint;
  /** What its spans carry; the two are asked for in two searches. */
  readonly carries: readonly string[];
  /** Starts of the spans that match, inside the trace. */
  readonly matches: readonly bigint[];
}

/** What Tempo compares with the window: documents and versions differ. */
type Compares = "matching spans" | "whole trace";

/** Holds traces and answers as Tempo does: up to `limit`, whichever it likes, one matched span of each. */
function fakeTempo(traces: readonly Trace[], compares: Compares, seed: number): SourceHttp {
  const isFound = (trace: Trace, from: bigint, to: bigint, q: string) =>
    trace.carries.some((condition) => q.includes(condition)) &&
    (compares === "whole trace"
      ? trace.fromNs < to && trace.toNs >= from
      : trace.matches.some((at) => at >= from && at < to));
  const order = (trace: Trace) => (Number.parseInt(trace.id.slice(-4), 16) * (seed * 2 + 1)) % 65_537;
  return {
    async send({ path, query }) {
      const asked = new Map(query ?? []);
      const [from, to] = [BigInt(asked.get("start") ?? 0) * SECOND, BigInt(asked.get("end") ?? 0) * SECOND];
      const text =
        path === "/api/search"
          ? JSON.stringify({
              traces: traces
                .filter((trace) => isFound(trace, from, to, asked.get("q") ?? ""))
                .sort((a, b) => order(a) - order(b))
                .slice(0, Number(asked.get("limit")))
                .map((trace) => summary(trace, compares === "whole trace" ? [0n, to * 2n] : [from, to], seed)),
              metrics: {},
            })
          : JSON.stringify({ trace: { resourceSpans: [{ scopeSpans: [{ spans: [spanOf(path.slice(-32))] }] }] } });
      return { ok: true, status: 200, headers: {}, text, bytes: text.length, attempts: 1 };
    },
  };
}

function summary(trace: Trace, [from, to]: readonly [bigint, bigint], seed: number): object {
  const matched = trace.matches.filter((at) => at >= from && at < to);
  const at = matched[seed % matched.length];
  return {
    traceID: trace.id.replace(/^0+/, ""),
    startTimeUnixNano: String(trace.fromNs),
    spanSets: [{ matched: matched.length, spans: [{ spanID: "aa", startTimeUnixNano: String(at) }] }],
  };
}

function spanOf(traceId: string): object {
  const at = String(START);
  return { traceId, spanId: "00000000000000aa", name: "work", startTimeUnixNano: at, endTimeUnixNano: at };
}

async function follow(http: SourceHttp, most = 200) {
  const source = createTempoSource(SourceSettings.parse({ kind: "tempo", url: "http://tempo:3200" }), {
    http,
    keyRules: builtInKeyRules(),
    now: () => 2e12,
  });
  const ids = new Set<string>();
  const gaps: EvidenceGap[] = [];
  let next: EvidenceRequest | undefined = byOrder;
  let fetches = 0;
  for (; next !== undefined && fetches < most; fetches++) {
    const budget = { deadlineAtMs: 3e12, maxRows: 1_000, maxBytes: 1e8 };
    const outcome = await source.fetch(next, budget, AbortSignal.timeout(60_000));
    for (const event of outcome.events) ids.add(event.span?.traceId ?? "");
    gaps.push(...outcome.gaps.filter((gap) => gap.continuation === undefined));
    const rests = outcome.gaps.flatMap((gap) => gap.continuation ?? []);
    expect(rests.length).toBeLessThan(2);
    next = rests[0];
  }
  expect(fetches).toBeLessThan(most);
  return { ids, gaps };
}

/** Offsets in tenths of a second from 5 s before the window, so that some traces begin before it or end after it. */
const trace = (lengths: fc.Arbitrary<number>, starts: fc.Arbitrary<number>) =>
  fc.tuple(starts, lengths, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }));
const TENTH = SECOND / 10n;
const PLAIN = 'span."order.id" = "48192"';
const PREFIXED = 'resource."orderno" = "#48192"';
const CARRIES = [[PLAIN], [PREFIXED], [PLAIN, PREFIXED]];

function estate(list: readonly (readonly [number, number, readonly number[]])[]): Trace[] {
  return list.flatMap(([start, length, parts], i) => {
    const fromNs = START + BigInt(start) * TENTH;
    const matches = parts.map((part) => fromNs + BigInt(Math.floor(part * length)) * TENTH);
    const id = (i + 1).toString(16).padStart(32, "0");
    // Only what has a match in the asked time is about the question.
    return matches.some((at) => isInWindow(window, epochNsFromBigInt(at)))
      ? [{ id, fromNs, toNs: fromNs + BigInt(length) * TENTH, carries: CARRIES[i % 3] ?? [], matches }]
      : [];
  });
}

const compares = fc.constantFrom<Compares>("matching spans", "whole trace");
const seed = fc.nat({ max: 50 });

describe("fetching the rest of a trace search", () => {
  it("finds every trace in the end, whatever Tempo gives first", async () => {
    const traces = fc
      .array(trace(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -50, max: LONGEST_S * 10 })), {
        maxLength: 250,
        size: "max",
      })
      .map(estate)
      // Twenty of one second are the limit; the other property has more.
      .filter((all) => mostInOneSecond(all) <= 20);
    await fc.assert(
      fc.asyncProperty(traces, compares, seed, async (all, how, order) => {
        const { ids, gaps } = await follow(fakeTempo(all, how, order));
        expect([...ids].sort()).toEqual(all.map(({ id }) => id).sort());
        expect(gaps).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("ends for any crowd, and every trace it did not give lies in a gap that says it cannot", async () => {
    const traces = fc
      .array(trace(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 20, max: 60 })), { maxLength: 300, size: "max" })
      .map(estate);
    await fc.assert(
      fc.asyncProperty(traces, compares, seed, async (all, how, order) => {
        const { ids, gaps } = await follow(fakeTempo(all, how, order));
        const lost = all.filter(({ id }) => !ids.has(id));
        const isNamed = ({ matches, fromNs }: Trace) =>
          gaps.some(
            (gap) => gap.window && [...matches, fromNs].some((at) => isInWindow(hullOf(gap), epochNsFromBigInt(at))),
          );
        expect(lost.filter((one) => !isNamed(one))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

function hullOf(gap: EvidenceGap) {
  return gap.window ?? window;
}

/** Traces that touch one second, which is the finest part Tempo can be asked for. */
function mostInOneSecond(traces: readonly Trace[]): number {
  let most = 0;
  for (let second = -10; second <= LONGEST_S; second++) {
    const from = START + BigInt(second) * SECOND;
    most = Math.max(most, traces.filter((one) => one.fromNs < from + SECOND && one.toNs >= from).length);
  }
  return most;
}
