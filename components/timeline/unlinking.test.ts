import { describe, expect, it, vi } from "vitest";
import { aQueryView } from "@/lib/client/testing/a-query-view";
import { TimelineStore } from "@/lib/client/timeline-store";
import type { Ability } from "@/lib/domain/policy";
import { unlinkingOf } from "./unlinking";

const question = { keys: ["order:1"], from: null, to: null };
const key = {
  kind: "account",
  value: "a7",
  ref: "account:account·7",
  asked: false,
  followed: true,
  rows: 1,
  degree: 1,
};

function snapshotFor(...abilities: Ability[]) {
  const query = aQueryView({ keys: ["order:1"], abilities });
  return { ...new TimelineStore(() => undefined).getSnapshot(), query };
}

describe("unlinkingOf", () => {
  it("gives the power only to roles that have it", () => {
    expect(unlinkingOf(snapshotFor("ask", "export"), question, vi.fn())).toBeUndefined();
    expect(unlinkingOf(snapshotFor("ask", "unlink"), question, vi.fn())).toBeDefined();
  });
  it("never offers the asked id, nor one that the role cannot name", () => {
    const { ref: _ref, ...nameless } = { ...key, value: "acct-x", pseudonym: true as const };
    const unlinking = unlinkingOf({ ...snapshotFor("unlink"), keys: [key, nameless] }, question, vi.fn());
    expect(["order:1", "account:acct-x", "account:a7"].map((id) => unlinking?.mayUnlinkKey(id))).toEqual([
      false,
      false,
      true,
    ]);
  });
});
