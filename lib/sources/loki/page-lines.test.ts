import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochNsFromBigInt } from "@/lib/domain/epoch-ns";
import { createLokiClient } from "./client";
import exchanges from "./fixtures/exchanges.json";
import { pageLines, type PagedLines } from "./page-lines";
import { fakeLoki, type FakeLine } from "./testing/fake-loki";
import { LokiQueryAnswer } from "./wire";

const START = 1_795_449_010_000_000_000n;
const window = { fromNs: epochNsFromBigInt(START - 100n), toNs: epochNsFromBigInt(START + 100n) };

function linesAt(offsets: readonly number[]): FakeLine[] {
  return offsets.map((offset, i) => ({
    labels: { service_name: `s${i % 3}` },
    atNs: String(START + BigInt(offset)),
    line: `line ${i}`,
  }));
}

async function read(
  lines: readonly FakeLine[],
  options: { pageSize: number; maxRows?: number; maxBytes?: number },
): Promise<PagedLines & { requests: number }> {
  const http = fakeLoki(lines, { maxEntries: options.pageSize, matches: () => true });
  const client = createLokiClient(http);
  const paged = await pageLines(
    ({ maxBytes, ...page }) =>
      client.queryRange({ logql: "{}", ...page }, { deadlineAtMs: 0, maxBytes }, AbortSignal.timeout(60_000)),
    window,
    { rowsLeft: options.maxRows ?? 1_000, bytesLeft: options.maxBytes ?? 10_000_000 },
    { maxEntries: options.pageSize, maxWindowNs: undefined },
    () => true,
  );
  return { ...paged, requests: http.asked.length };
}

/** The forty recorded lines of three streams that share one nanosecond, with lines 1 ns apart around them. */
function recordedTie(): FakeLine[] {
  const answer = LokiQueryAnswer.parse(JSON.parse(exchanges["page.tie.whole"].body));
  return answer.data.result.flatMap(({ stream, values }) =>
    values.map(([atNs, line, categories]) => ({
      labels: stream,
      atNs,
      line,
      metadata: categories?.structuredMetadata ?? {},
    })),
  );
}

describe("paging", () => {
  it("gives every line once and in order for any ties and any page size larger than a tie", async () => {
    const offsets = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(offsets, fc.integer({ min: 1, max: 70 }), async (at, slack) => {
        const lines = linesAt(at);
        const largestTie = Math.max(0, ...at.map((o) => at.filter((other) => other === o).length));
        const paged = await read(lines, { pageSize: largestTie + slack });
        expect(paged.lines.map((line) => line.line).sort()).toEqual(lines.map((line) => line.line).sort());
        expect(paged.lines.map((line) => line.atNs)).toEqual(paged.lines.map((line) => line.atNs).sort());
        expect(paged.stop).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  it("reads the recorded tie of forty lines through pages of 41 without losing its neighbours", async () => {
    const lines = recordedTie();
    const paged = await read(lines, { pageSize: 41 });
    expect(new Set(paged.lines.map((line) => line.identity)).size).toBe(lines.length);
    expect(paged.cutInstants).toEqual([]);
    expect(paged.requests).toBeGreaterThan(1);
  });

  it("says so when one instant holds more lines than the server gives, and reads on after it", async () => {
    const paged = await read(linesAt([0, 0, 0, 0, 0, 1, 2]), { pageSize: 3 });
    expect(paged.cutInstants).toEqual([epochNsFromBigInt(START)]);
    expect(paged.lines.map((line) => line.atNs).slice(-2)).toEqual([
      epochNsFromBigInt(START + 1n),
      epochNsFromBigInt(START + 2n),
    ]);
  });

  it("stops at the row limit and knows how far the answer is complete", async () => {
    const paged = await read(linesAt([0, 1, 2, 3, 4, 5, 6, 7]), { pageSize: 3, maxRows: 5 });
    expect(paged.lines).toHaveLength(5);
    expect(paged).toMatchObject({ stop: "rows", coveredToNs: epochNsFromBigInt(START + 5n) });
  });

  it("does not call an answer cut when it fits the row limit exactly", async () => {
    const paged = await read(linesAt([0, 1, 2, 3, 4]), { pageSize: 3, maxRows: 5 });
    expect(paged.lines).toHaveLength(5);
    expect(paged.stop).toBeUndefined();
  });

  it("asks for smaller pages when a page is larger than the bytes left, and stops when even those are", async () => {
    const lines = linesAt(Array.from({ length: 150 }, (_, i) => i - 75)).map((line) => ({
      ...line,
      line: line.line.padEnd(100, "."),
    }));
    const enough = await read(lines, { pageSize: 5_000, maxBytes: 40_000 });
    expect(enough.lines).toHaveLength(150);
    const short = await read(lines, { pageSize: 5_000, maxBytes: 18_000 });
    expect(short.stop).toBe("bytes");
    expect(short.lines.length).toBeLessThan(150);
  });
});
