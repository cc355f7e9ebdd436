import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Principal } from "@/lib/domain/principal";
import { as } from "./testing/an-installation";
import { watchPrincipal } from "./watch-principal";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function stopsWhen(current: () => Promise<Principal>): Promise<boolean> {
  const stop = vi.fn();
  const unwatch = watchPrincipal(as("engineer"), current, stop);
  await vi.advanceTimersByTimeAsync(60_000);
  unwatch();
  return stop.mock.calls.length > 0;
}

describe("watchPrincipal", () => {
  it("lets the same person in the same role read on", async () => {
    expect(await stopsWhen(() => Promise.resolve(as("engineer")))).toBe(false);
  });
  it("stops when the active role is another one", async () => {
    expect(await stopsWhen(() => Promise.resolve(as("support")))).toBe(true);
  });
  it("stops when the session or the token is no more", async () => {
    expect(await stopsWhen(() => Promise.reject(new Error("unauthenticated")))).toBe(true);
  });
  it("asks nothing more once the stream is over", async () => {
    const current = vi.fn(() => Promise.resolve(as("engineer")));
    watchPrincipal(as("engineer"), current, vi.fn())();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(current).not.toHaveBeenCalled();
  });
});
