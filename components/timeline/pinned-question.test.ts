import { expect, it } from "vitest";
import { aQueryView } from "@/lib/client/testing/a-query-view";
import { pinnedQuestion, questionBody } from "./pinned-question";

const asked = { keys: ["order:1"], from: "now-1h", to: "now", widen: ["trace:2"], continuations: [], live: true };
const query = aQueryView({ from: "2026-11-20T10:00:00Z", to: "2026-11-20T11:00:00Z" });

it("makes times absolute, so that what is handed on means the same tomorrow", () => {
  const pinned = pinnedQuestion(asked, { query, live: "off" });
  expect(pinned).toMatchObject({ keys: ["order:1"], from: query.from, to: query.to, live: false });
});

it("leaves the end of something that goes on open", () => {
  expect(pinnedQuestion(asked, { query, live: "following" })).toMatchObject({ from: query.from, to: null });
});

it("says in a call only what was said", () => {
  expect(questionBody({ keys: ["order:1"], from: null, to: null })).toEqual({ keys: ["order:1"] });
  expect(questionBody(asked)).toEqual({ keys: ["order:1"], from: "now-1h", to: "now", widen: ["trace:2"] });
});
