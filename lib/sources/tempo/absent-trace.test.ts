import { describe, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import { absentTraceGap } from "./absent-trace";

const NOW_MS = Date.parse("2026-11-23T18:00:00Z");
const HOUR_MS = 3_600_000;

function gapFor(fromAgoMs: number, toAgoMs: number, keptMs?: number) {
  const window = { fromNs: epochNsFromMs(NOW_MS - fromAgoMs), toNs: epochNsFromMs(NOW_MS - toAgoMs) };
  return absentTraceGap({ source: "tempo/main", window, keptMs, nowMs: NOW_MS });
}

describe("a trace that Tempo does not have", () => {
  it("was sampled away when its time is past and still kept", () => {
    const gap = gapFor(3 * HOUR_MS, HOUR_MS, 24 * HOUR_MS);
    expect(gap).toMatchObject({ reason: "sampled", retryable: false });
    expect(gap.detail).toBe("The trace store does not have this trace: it was not kept.");
  });

  it("is too old when the whole window is older than what is kept", () => {
    expect(gapFor(3 * HOUR_MS, 2 * HOUR_MS, HOUR_MS)).toMatchObject({ reason: "retention", retryable: false });
  });

  it("may still come when the whole window is of the last minute", () => {
    expect(gapFor(50_000, 0)).toMatchObject({ reason: "partial", retryable: true });
  });

  it("names both causes when the window reaches into the last minute", () => {
    const gap = gapFor(HOUR_MS, 0);
    expect(gap).toMatchObject({ reason: "sampled", retryable: true });
    expect(gap.detail).toContain("it was not kept, or it is of the last minute");
  });

  it("names both causes when the window begins before what is kept", () => {
    const gap = gapFor(3 * HOUR_MS, HOUR_MS, 2 * HOUR_MS);
    expect(gap).toMatchObject({ reason: "sampled", retryable: false });
    expect(gap.detail).toContain("it was not kept, or it is older");
  });
});
