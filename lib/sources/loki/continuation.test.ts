import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { epochNsFromBigInt } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { EvidenceRequest } from "@/lib/domain/evidence-request";
import { SourceSettings } from "@/lib/domain/source-settings";
import { isInWindow } from "@/lib/domain/time-window";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { createLokiSource } from "./adapter";
import { fakeLoki, type FakeLine } from "./testing/fake-loki";

const START = 1_795_449_010_000_000_000n;
const window = { fromNs: epochNsFromBigInt(START - 100n), toNs: epochNsFromBigInt(START + 100n) };
const byOrder: EvidenceRequest = { kind: "by-key", key: { kind: "order", value: "48192" }, window };

type Place = "text" | "metadata" | "both" | "somebody else";

interface Followed {
  readonly texts: ReadonlySet<string | undefined>;
  readonly fetches: number;
  /** Of all fetches, without those whose rest was fetched. */
  readonly gaps: readonly EvidenceGap[];
}

/** Asks, and asks for the rest, until nothing is left to ask for. */
async function follow(
  lines: readonly FakeLine[],
  limits: { readonly maxRows: number; readonly maxBytes?: number; readonly maxEntries?: number },
): Promise<Followed> {
  const http = fakeLoki(lines, { maxEntries: limits.maxEntries ?? 5_000 });
  const settings = SourceSettings.parse({ kind: "loki", url: "http://loki:3100" });
  const source = createLokiSource(settings, { http, keyRules: builtInKeyRules(), now: () => 0 });
  const events: TimelineEvent[] = [];
  const gaps: EvidenceGap[] = [];
  let next: EvidenceRequest | undefined = byOrder;
  let fetches = 0;
  for (; next !== undefined && fetches < 1_000; fetches++) {
    const budget = { deadlineAtMs: 5_000, maxRows: limits.maxRows, maxBytes: limits.maxBytes ?? 10_000_000 };
    const outcome = await source.fetch(next, budget, AbortSignal.timeout(60_000));
    expect(outcome.events.length).toBeLessThanOrEqual(limits.maxRows);
    events.push(...outcome.events);
    const rests = outcome.gaps.flatMap((gap) => gap.continuation ?? []);
    gaps.push(...outcome.gaps.filter((gap) => gap.continuation === undefined));
    expect(rests.length).toBeLessThan(2);
    next = rests[0];
  }
  expect(fetches).toBeLessThan(1_000);
  return { texts: new Set(events.map((event) => event.text)), fetches, gaps };
}

function lineOf([offset, place]: readonly [number, Place], i: number): FakeLine {
  const id = place === "somebody else" ? "order 481920" : place === "metadata" ? "no id" : "order 48192";
  return {
    labels: { service_name: `s${i % 3}` },
    atNs: String(START + BigInt(offset)),
    line: `${id}, line ${i}`,
    metadata: place === "metadata" || place === "both" ? { order_id: "48192" } : {},
  };
}

const place = fc.constantFrom<Place>("text", "metadata", "both", "somebody else");
const estate = fc
  .array(fc.tuple(fc.integer({ min: -8, max: 8 }), place), { maxLength: 60, size: "max" })
  .map((list) => list.map(lineOf));
const isWanted = (line: FakeLine) => !line.line.includes("481920");
const largestTie = (lines: readonly FakeLine[]) =>
  Math.max(0, ...lines.map(({ atNs }) => lines.filter((other) => other.atNs === atNs).length));

describe("fetching the rest of a cut answer", () => {
  it("gives every line in the end when no instant holds more than the limits allow", async () => {
    const slack = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(estate, slack, slack, async (lines, rowSlack, pageSlack) => {
        const tie = largestTie(lines);
        const all = await follow(lines, { maxRows: tie + rowSlack, maxEntries: tie + pageSlack });
        expect([...all.texts].sort()).toEqual(
          lines
            .filter(isWanted)
            .map(({ line }) => line)
            .sort(),
        );
        expect(all.gaps).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("ends for any limits, and every line it did not give lies in a gap that says it cannot", async () => {
    const few = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(estate, few, few, fc.integer({ min: 1, max: 20_000 }), async (lines, rows, page, maxBytes) => {
        const all = await follow(lines, { maxRows: rows, maxEntries: page, maxBytes });
        const lost = lines.filter((line) => isWanted(line) && !all.texts.has(line.line));
        const named = (line: FakeLine) =>
          all.gaps.some((gap) => gap.window && isInWindow(gap.window, epochNsFromBigInt(BigInt(line.atNs))));
        expect(lost.filter((line) => !named(line))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("begins at the earliest place where one of the queries was cut", async () => {
    const inText = [1, 3, 5, 7].map((offset, i) => lineOf([offset, "text"], i));
    const inMetadata = [2, 4, 6, 8].map((offset, i) => lineOf([offset, "metadata"], 10 + i));
    const http = fakeLoki([...inText, ...inMetadata]);
    const settings = SourceSettings.parse({ kind: "loki", url: "http://loki:3100" });
    const source = createLokiSource(settings, { http, keyRules: builtInKeyRules(), now: () => 0 });
    const outcome = await source.fetch(
      byOrder,
      { deadlineAtMs: 1, maxRows: 3, maxBytes: 1e6 },
      AbortSignal.timeout(60_000),
    );
    const rest = { fromNs: epochNsFromBigInt(START + 4n), toNs: window.toNs };
    expect(outcome.gaps).toMatchObject([
      { reason: "truncated", shown: 3, window: rest, continuation: { ...byOrder, window: rest } },
    ]);
  });

  it("steps over an instant that alone fills the limit, and says that its rest is lost", async () => {
    const lines = [0, 0, 0, 0, 0, 1, 2].map((offset, i) => lineOf([offset, "text"], i));
    const all = await follow(lines, { maxRows: 3 });
    expect(all.gaps).toMatchObject([
      {
        reason: "truncated",
        window: { fromNs: epochNsFromBigInt(START), toNs: epochNsFromBigInt(START + 1n) },
        shown: 3,
      },
    ]);
    expect(all.texts).toContain("order 48192, line 6");
  });

  it("offers nothing to fetch when not even the first lines fit the byte limit", async () => {
    const lines = [0, 1].map((offset, i) => ({
      ...lineOf([offset, "text"], i),
      line: "order 48192".padEnd(5_000, "."),
    }));
    const all = await follow(lines, { maxRows: 100, maxBytes: 2_000 });
    expect(all.fetches).toBe(1);
    expect(all.gaps).toMatchObject([{ reason: "truncated", window }]);
  });
});
