import { describe, expect, it } from "vitest";
import { createCircuitBreaker } from "./circuit-breaker";

function breakerAt(time: { ms: number }) {
  const breaker = createCircuitBreaker(() => time.ms);
  const fail = (times: number) => {
    for (let n = 0; n < times; n += 1) breaker.enter()?.failed();
  };
  return { breaker, fail };
}

describe("circuit breaker", () => {
  it("opens at the fifth failure in a row, not at the fifth in all", () => {
    const { breaker, fail } = breakerAt({ ms: 0 });
    fail(4);
    breaker.enter()?.succeeded();
    fail(4);
    expect(breaker.enter()).toBeDefined();
    fail(1);
    expect(breaker.enter()).toBeUndefined();
  });

  it("lets exactly one probe through after the pause", () => {
    const time = { ms: 0 };
    const { breaker, fail } = breakerAt(time);
    fail(5);
    time.ms = 9_999;
    expect(breaker.enter()).toBeUndefined();
    time.ms = 10_000;
    expect(breaker.enter()).toBeDefined();
    expect(breaker.enter()).toBeUndefined();
  });

  it("closes when the probe succeeds and waits anew when it fails", () => {
    const time = { ms: 0 };
    const { breaker, fail } = breakerAt(time);
    fail(5);
    time.ms = 10_000;
    breaker.enter()?.failed();
    expect(breaker.enter()).toBeUndefined();
    time.ms = 20_000;
    breaker.enter()?.succeeded();
    expect(breaker.isOpen()).toBe(false);
  });

  it("lets the next one probe when the asker of the probe walks away", () => {
    const time = { ms: 0 };
    const { breaker, fail } = breakerAt(time);
    fail(5);
    time.ms = 10_000;
    breaker.enter()?.withdrawn();
    expect(breaker.isOpen()).toBe(true);
    expect(breaker.enter()).toBeDefined();
  });

  it("is neither closed nor held open longer by answers to questions from before it opened", () => {
    const time = { ms: 0 };
    const { breaker, fail } = breakerAt(time);
    const early = [breaker.enter(), breaker.enter()];
    fail(5);
    time.ms = 9_000;
    early[0]?.succeeded();
    early[1]?.failed();
    expect(breaker.isOpen()).toBe(true);
    time.ms = 10_000;
    expect(breaker.enter()).toBeDefined();
  });
});
