import { expect, it } from "vitest";
import { EventView } from "@/lib/contract/event-view";
import { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { exportJson } from "./export-json";
import { anAnswer, anAnswerSaying } from "@/lib/client/testing/an-answer";
import { HOSTILE_TEXTS } from "./testing/hostile-texts";

const AT = { exportedAt: new Date("2026-11-26T17:00:00Z") };

it("is the API's own answer with when and under which policy it was made", () => {
  const { exportedAt, policy, ...answer } = JSON.parse(exportJson(anAnswer(), AT));
  expect([exportedAt, policy]).toEqual(["2026-11-26T17:00:00.000Z", "v12"]);
  expect(TimelineAnswer.parse(answer)).toEqual(anAnswer());
});

it("is the same text whatever order the answer was put together in", () => {
  const answer = anAnswer();
  const backwards = (view: EventView): EventView => EventView.parse(Object.fromEntries(Object.entries(view).reverse()));
  const again = { ...answer, events: answer.events.map(backwards) };
  expect(exportJson(TimelineAnswer.parse(again), AT)).toBe(exportJson(answer, AT));
  expect(exportJson({ ...answer, stats: { ...answer.stats, shown: 3 } }, AT)).not.toBe(exportJson(answer, AT));
});

it("gives hostile text back as it was", () => {
  for (const text of HOSTILE_TEXTS) {
    const { exportedAt: _at, policy: _policy, ...answer } = JSON.parse(exportJson(anAnswerSaying(text), AT));
    expect(TimelineAnswer.parse(answer)).toEqual(anAnswerSaying(text));
  }
});
