import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addNs, epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { SourceSettings } from "@/lib/domain/source-settings";
import { isInWindow } from "@/lib/domain/time-window";
import type { SourceHttp } from "@/lib/platform/source-http";
import { createSentrySource } from "./adapter";
import { detail, page, row, TRACE_ID } from "./fixtures/answers";

const START_MS = Date.parse("2026-03-02T11:00:00Z");
const window = { fromNs: epochNsFromMs(START_MS), toNs: epochNsFromMs(START_MS + 30_000) };
const byTrace: EvidenceRequest = { kind: "trace", traceId: TRACE_ID, window };
const PAGE = 100;

/** Errors at these milliseconds after the start, paged newest first and listed by the second, as Sentry does. */
function fakeSentry(offsetsMs: readonly number[]): SourceHttp {
  return {
    async send({ path, query }) {
      const asked = new Map(query ?? []);
      const [from, to] = [Date.parse(asked.get("start") ?? ""), Date.parse(asked.get("end") ?? "")];
      const skip = Number(asked.get("cursor")?.split(":")[1] ?? 0);
      const found = offsetsMs
        .map((offset, i) => ({ id: idOf(i), atMs: START_MS + offset }))
        .filter(({ atMs }) => atMs >= from && atMs < to)
        .sort((a, b) => second(b.atMs) - second(a.atMs) || (a.id < b.id ? -1 : 1));
      const shown = found.slice(skip, skip + PAGE).map(({ id, atMs }) => ({
        ...row,
        id,
        timestamp: `${new Date(second(atMs)).toISOString().slice(0, 19)}+00:00`,
        timestamp_ms: new Date(atMs).toISOString(),
      }));
      const hasMore = found.length > skip + PAGE;
      const link = `<https://x/>; rel="next"; results="${hasMore}"; cursor="0:${skip + PAGE}:0"`;
      const text = path.endsWith("/acme/events/") ? page(shown) : detailOf(path, offsetsMs);
      return { ok: true, status: 200, headers: { link }, text, bytes: text.length, attempts: 1 };
    },
  };
}

function detailOf(path: string, offsetsMs: readonly number[]): string {
  const index = Number.parseInt(path.split("/").at(-2) ?? "", 16) - 1;
  const dateCreated = new Date(START_MS + (offsetsMs[index] ?? 0)).toISOString();
  return JSON.stringify({ ...(JSON.parse(detail()) as object), dateCreated });
}

function idOf(index: number): string {
  return (index + 1).toString(16).padStart(32, "0");
}

function second(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

async function follow(offsetsMs: readonly number[], maxRows: number) {
  const settings = SourceSettings.parse({ kind: "sentry", url: "https://sentry.shop.test", org: "acme" });
  const source = createSentrySource(settings, { http: fakeSentry(offsetsMs), keyRules: [], now: () => START_MS });
  const ids = new Set<string>();
  const gaps: EvidenceGap[] = [];
  let next: EvidenceRequest | undefined = byTrace;
  let fetches = 0;
  for (; next !== undefined && fetches < 100; fetches++) {
    const budget = { deadlineAtMs: START_MS, maxRows, maxBytes: 1e9 };
    const outcome = await source.fetch(next, budget, AbortSignal.timeout(60_000));
    for (const event of outcome.events) ids.add(String(event.attributes["sentry.event_id"]));
    gaps.push(...outcome.gaps.filter((gap) => gap.continuation === undefined && gap.reason === "truncated"));
    const rests = outcome.gaps.flatMap((gap) => gap.continuation ?? []);
    expect(rests.length).toBeLessThan(2);
    next = rests[0];
  }
  expect(fetches).toBeLessThan(100);
  return { ids, gaps };
}

describe("fetching the rest of Sentry's errors", () => {
  it("gives every error in the end, or a gap for the second that holds too many", async () => {
    const errors = fc.array(fc.integer({ min: 0, max: 29_999 }), { maxLength: 150, size: "max" });
    await fc.assert(
      fc.asyncProperty(errors, fc.integer({ min: 3, max: 60 }), async (offsets, maxRows) => {
        const { ids, gaps } = await follow(offsets, maxRows);
        const lost = offsets.filter((_, i) => !ids.has(idOf(i)));
        const isNamed = (offset: number) =>
          gaps.some((gap) => gap.window && isInWindow(gap.window, epochNsFromMs(START_MS + offset)));
        expect(lost.filter((offset) => !isNamed(offset))).toEqual([]);
        const perSecond = offsets.map((at) => offsets.filter((other) => second(other) === second(at)).length);
        if (Math.max(0, ...perSecond) < maxRows) expect(lost).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("asks for the rest up to and with the second in which the answer was cut", async () => {
    const source = createSentrySource(
      SourceSettings.parse({ kind: "sentry", url: "https://sentry.shop.test", org: "acme" }),
      { http: fakeSentry([1_500, 2_500, 9_500]), keyRules: [], now: () => START_MS },
    );
    const budget = { deadlineAtMs: START_MS, maxRows: 1, maxBytes: 1e9 };
    const { gaps } = await source.fetch(byTrace, budget, AbortSignal.timeout(60_000));
    const rest = { fromNs: window.fromNs, toNs: addNs(window.fromNs, 3_000_000_000n) };
    expect(gaps).toMatchObject([
      { reason: "truncated", shown: 1, total: 3, window: rest, continuation: { ...byTrace, window: rest } },
    ]);
  });
});
