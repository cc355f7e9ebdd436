import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchStanding } from "./watch-standing";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function stopsWithinFiveSeconds(current: () => Promise<string>): Promise<boolean> {
  const stop = vi.fn();
  const unwatch = watchStanding("engineer under v1", current, stop);
  await vi.advanceTimersByTimeAsync(5_000);
  unwatch();
  return stop.mock.calls.length > 0;
}

describe("watchStanding", () => {
  it("lets somebody of the same standing read on", async () => {
    expect(await stopsWithinFiveSeconds(() => Promise.resolve("engineer under v1"))).toBe(false);
  });
  it("stops when role, policy, grants or reveals are others", async () => {
    expect(await stopsWithinFiveSeconds(() => Promise.resolve("support under v1"))).toBe(true);
  });
  it("stops when the session or the token is no more", async () => {
    expect(await stopsWithinFiveSeconds(() => Promise.reject(new Error("unauthenticated")))).toBe(true);
  });
  it("asks no more once the stream is over", async () => {
    const current = vi.fn(() => Promise.resolve("engineer under v1"));
    watchStanding("engineer under v1", current, vi.fn())();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(current).not.toHaveBeenCalled();
  });
  it("asks one question at a time, however slow the database is", async () => {
    const current = vi.fn(() => new Promise<string>(() => undefined));
    const unwatch = watchStanding("engineer under v1", current, vi.fn());
    await vi.advanceTimersByTimeAsync(60_000);
    unwatch();
    expect(current).toHaveBeenCalledOnce();
  });
});
