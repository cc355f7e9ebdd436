import { describe, expect, it } from "vitest";
import { aQueryView } from "@/lib/client/testing/a-query-view";
import { TimelineStore } from "@/lib/client/timeline-store";
import { AnswerMemory } from "./answer-memory";

const snapshot = {
  ...new TimelineStore(() => undefined).getSnapshot(),
  query: aQueryView({ keys: ["order:1"], from: "2026-11-23T10:00:00Z", to: "2026-11-23T11:00:00Z" }),
};
const asked = { keys: ["order:1"], from: "now-1h", to: null };

function aMemory(): AnswerMemory {
  const memory = new AnswerMemory();
  memory.keep(asked, snapshot);
  return memory;
}

describe("AnswerMemory", () => {
  it("holds the answer while the same question is asked again, or asked for more", () => {
    expect(aMemory().answerTo({ ...asked })).toBe(snapshot);
    expect(aMemory().answerTo({ ...asked, continuations: ["x"] })).toBe(snapshot);
  });
  it("holds it when the moving window is pinned to the one that was answered", () => {
    const pinned = { keys: ["order:1"], from: snapshot.query.from, to: snapshot.query.to };
    expect(aMemory().answerTo(pinned)).toBe(snapshot);
  });
  it("never passes off rows of another window or key", () => {
    expect(aMemory().answerTo({ ...asked, from: "now-2h" })).toBeUndefined();
    expect(aMemory().answerTo({ ...asked, keys: ["order:2"] })).toBeUndefined();
  });
});
