import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Principal } from "@/lib/domain/principal";
import { as } from "./testing/an-installation";
import { standingOf, watchPrincipal, type Watched } from "./watch-principal";

const PROMISED_MS = 5_000;
const asked: Principal = { ...as("engineer"), sessionId: "s1", teams: ["orders"] };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether the answer is stopped within the promise. */
async function stopsWhen(current: Watched["current"], standing?: Watched["standing"]): Promise<boolean> {
  const stop = vi.fn();
  const atStart = await (standing ?? standingOf)(asked);
  const unwatch = watchPrincipal({ atStart, current, ...(standing && { standing }) }, stop);
  await vi.advanceTimersByTimeAsync(PROMISED_MS);
  unwatch();
  return stop.mock.calls.length > 0;
}

describe("watchPrincipal", () => {
  it("lets the same person in the same role read on, however often it looks", async () => {
    const stop = vi.fn();
    watchPrincipal({ atStart: standingOf(asked), current: () => Promise.resolve({ ...asked }) }, stop);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(stop).not.toHaveBeenCalled();
  });

  it.each([
    ["the active role", { role: "support" }],
    ["the person", { userId: "somebody-else" }],
    ["the session", { sessionId: "s2" }],
    ["a team", { teams: ["orders", "payments"] }],
  ])("stops within five seconds when %s is another one", async (_what, change) => {
    expect(await stopsWhen(() => Promise.resolve({ ...asked, ...change }))).toBe(true);
  });

  it("stops when the session or the token is no more", async () => {
    expect(await stopsWhen(() => Promise.reject(new Error("unauthenticated")))).toBe(true);
  });

  it("stops when nobody can tell any more", async () => {
    expect(await stopsWhen(() => new Promise(() => undefined))).toBe(true);
  });

  it("stops when something else that decides what may be seen changes", async () => {
    let version = 1;
    const standing = (principal: Principal) => `${standingOf(principal)} v${String(version)}`;
    expect(await stopsWhen(() => Promise.resolve(asked), standing)).toBe(false);
    const publish = () => {
      version = 2;
      return Promise.resolve(asked);
    };
    expect(await stopsWhen(publish, standing)).toBe(true);
  });

  it("stops when something changed after the access was made and before it was watched", async () => {
    const stop = vi.fn();
    const standing = () => "policy v2";
    const current = () => Promise.resolve(asked);
    const unwatch = watchPrincipal({ atStart: "policy v1", current, standing }, stop);
    await vi.advanceTimersByTimeAsync(PROMISED_MS);
    unwatch();
    expect(stop).toHaveBeenCalled();
  });

  it("asks nothing more once the stream is over", async () => {
    const current = vi.fn(() => Promise.resolve(asked));
    watchPrincipal({ atStart: standingOf(asked), current }, vi.fn())();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(current).not.toHaveBeenCalled();
  });

  it("has one look under way at a time", async () => {
    const current = vi.fn(() => new Promise<Principal>((resolve) => setTimeout(() => resolve(asked), 2_400)));
    watchPrincipal({ atStart: standingOf(asked), current }, vi.fn());
    await vi.advanceTimersByTimeAsync(4_300);
    expect(current).toHaveBeenCalledTimes(1);
  });
});
