import { describe, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { GapReason } from "@/lib/domain/evidence-gap";
import type { SourceHttpFailureKind } from "@/lib/platform/source-http";
import { failureToGap } from "./failure-to-gap";

describe("failureToGap", () => {
  it.each<[SourceHttpFailureKind, GapReason, boolean]>([
    ["refused", "refused", true],
    ["timeout", "timeout", true],
    ["aborted", "timeout", true],
    ["busy", "busy", true],
    ["too-large", "truncated", false],
    ["cut-off", "truncated", true],
  ])("names %s %s", (kind, reason, retryable) => {
    expect(failureToGap({ ok: false, kind, attempts: 1 }, "loki/a")).toMatchObject({ reason, retryable, attempts: 1 });
  });

  it.each<[number, GapReason, boolean]>([
    [400, "rejected", false],
    [401, "denied", false],
    [403, "denied", false],
    [404, "bad-response", false],
    [407, "denied", false],
    [408, "timeout", true],
    [409, "rejected", false],
    [413, "rejected", false],
    [414, "rejected", false],
    [422, "rejected", false],
    [429, "rate-limited", true],
    [500, "refused", true],
    [502, "refused", true],
    [503, "refused", true],
    [504, "refused", true],
  ])("names status %i %s", (status, reason, retryable) => {
    const failure = { ok: false, kind: "status", status, attempts: 2 } as const;
    expect(failureToGap(failure, "loki/a")).toMatchObject({ reason, retryable, attempts: 2 });
  });

  it("keeps source and window, and nothing the source wrote", () => {
    const window = { fromNs: epochNsFromMs(1), toNs: epochNsFromMs(2) };
    const text = "SECRET order 48192";
    const failure = { ok: false, kind: "status", status: 500, headers: { "x-a": text }, text, attempts: 1 } as const;
    const gap = failureToGap(failure, "sentry/web", window);
    expect(gap).toMatchObject({ source: "sentry/web", window });
    expect(JSON.stringify(gap)).not.toMatch(/SECRET|48192/);
  });

  it("leaves the window out when there is none", () => {
    expect(failureToGap({ ok: false, kind: "busy", attempts: 0 }, "loki/a")).not.toHaveProperty("window");
  });
});
