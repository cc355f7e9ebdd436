import { describe, expect, it } from "vitest";
import { createLearnedFact } from "./learned-fact";

const HOUR_MS = 3_600_000;
const soon = { deadlineAtMs: HOUR_MS * 1_000 };
const never = new AbortController().signal;

function counted<T>(answers: (() => Promise<T | undefined>)[]) {
  let nowMs = 0;
  let asked = 0;
  const fact = createLearnedFact(
    () => answers[Math.min(asked++, answers.length - 1)]?.() ?? Promise.resolve(undefined),
    () => nowMs,
  );
  return { fact, asked: () => asked, pass: (ms: number) => (nowMs += ms) };
}

describe("what a backend tells about itself", () => {
  it("is asked for once by many that want it at the same time", async () => {
    const { fact, asked } = counted([async () => "31d"]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => fact.known(soon, new AbortController().signal)));
    expect(new Set(answers)).toEqual(new Set(["31d"]));
    expect(asked()).toBe(1);
  });

  it("is asked for again after an hour, and not before", async () => {
    const { fact, asked, pass } = counted([async () => "31d", async () => "7d"]);
    await fact.known(soon, never);
    pass(HOUR_MS - 1);
    expect(await fact.known(soon, never)).toBe("31d");
    expect(asked()).toBe(1);
    pass(1);
    expect(await fact.known(soon, never)).toBe("7d");
  });

  it("stays known when a later question fails, and a failure is not repeated within the hour", async () => {
    const { fact, asked, pass } = counted([async () => "31d", async () => undefined]);
    await fact.known(soon, never);
    pass(HOUR_MS);
    await fact.known(soon, never);
    expect(await fact.known(soon, never)).toBe("31d");
    expect(fact.remembered()).toBe("31d");
    expect(asked()).toBe(2);
  });

  it("keeps nobody waiting who left or whose time is over", async () => {
    const { fact } = counted([() => new Promise<string>(() => undefined)]);
    const asker = new AbortController();
    const waiting = fact.known(soon, asker.signal);
    asker.abort();
    expect(await waiting).toBeUndefined();
    expect(await fact.known({ deadlineAtMs: 0 }, never)).toBeUndefined();
  });

  it("is not asked for on behalf of somebody who left already", async () => {
    const { fact, asked } = counted([async () => "31d"]);
    expect(await fact.known(soon, AbortSignal.abort())).toBeUndefined();
    expect(fact.remembered()).toBeUndefined();
    expect(asked()).toBe(0);
  });
});
