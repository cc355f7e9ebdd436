import { cleanup, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import { TimelineStore, type TimelineSnapshot } from "@/lib/client/timeline-store";
import { AnswerMemory } from "./answer-memory";
import { useHeldAnswer } from "./use-held-answer";

afterEach(cleanup);

const NOTHING = new TimelineStore(() => undefined).getSnapshot();
const question = { keys: ["order:1"], from: null, to: null };
const whole = (id: string): TimelineSnapshot => ({
  ...NOTHING,
  rows: [anEventView({ id })],
  ended: { kind: "complete" },
});

function ask(memory: AnswerMemory, first: TimelineSnapshot) {
  const scroller = { current: null };
  return renderHook(({ fresh }) => useHeldAnswer(fresh, question, memory, scroller), {
    initialProps: { fresh: first },
  });
}
const idsOf = (snapshot: TimelineSnapshot): string[] => snapshot.rows.map((row) => row.id);

describe("useHeldAnswer", () => {
  it("shows the answer before this one until this one is whole, and says so", () => {
    const memory = new AnswerMemory();
    ask(memory, whole("before")).unmount();
    const { result, rerender } = ask(memory, { ...NOTHING, rows: [anEventView({ id: "first-frame" })] });
    expect(idsOf(result.current.snapshot)).toEqual(["before"]);
    expect(result.current.isEarlier).toBe(true);
    rerender({ fresh: whole("after") });
    expect(idsOf(result.current.snapshot)).toEqual(["after"]);
    expect(result.current.isEarlier).toBe(false);
  });
  it("shows what arrives as it arrives when there was no answer before", () => {
    const { result } = ask(new AnswerMemory(), { ...NOTHING, rows: [anEventView({ id: "first-frame" })] });
    expect(idsOf(result.current.snapshot)).toEqual(["first-frame"]);
  });
});
