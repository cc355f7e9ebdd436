import { expect, it } from "vitest";
import type { Steps } from "@/lib/noise/steps";
import { takeTurns } from "./take-turns";

it("lets others have their turn between steps, and answers what the steps come to", async () => {
  let isAnswered = false;
  setImmediate(() => (isAnswered = true));
  let steps = 0;
  function* untilAnswered(): Steps<string> {
    while (!isAnswered) {
      steps += 1;
      yield;
    }
    return "done";
  }
  expect(await takeTurns(untilAnswered())).toBe("done");
  expect(steps).toBeGreaterThan(0);
});

it("fails as its steps fail", async () => {
  function* failing(): Steps<never> {
    yield;
    throw new Error("no such month");
  }
  await expect(takeTurns(failing())).rejects.toThrow("no such month");
});
