import { describe, expect, it, vi } from "vitest";
import { TimelineStore } from "@/lib/client/timeline-store";
import { unlinkingOf } from "./unlinking";

const question = { keys: ["order:1"], from: null, to: null };
const key = { kind: "account", value: "a7", asked: false, followed: true, rows: 1, degree: 1 };

function snapshotFor(role: "engineer" | "support" | "admin") {
  const query = { keys: ["order:1"], from: "A", to: "B", role, policyVersion: "p" };
  return { ...new TimelineStore(() => undefined).getSnapshot(), query };
}

describe("unlinkingOf", () => {
  it("gives the power to engineers and admins only", () => {
    expect(unlinkingOf(snapshotFor("support"), question, vi.fn())).toBeUndefined();
    expect(unlinkingOf(snapshotFor("engineer"), question, vi.fn())).toBeDefined();
    expect(unlinkingOf(snapshotFor("admin"), question, vi.fn())).toBeDefined();
  });
  it("never offers the asked id, nor one that the role reads under a stand-in name", () => {
    const pseudonym = { ...key, value: "acct-x", pseudonym: true as const };
    const unlinking = unlinkingOf({ ...snapshotFor("admin"), keys: [key, pseudonym] }, question, vi.fn());
    expect(["order:1", "account:acct-x", "account:a7"].map((id) => unlinking?.mayUnlinkKey(id))).toEqual([
      false,
      false,
      true,
    ]);
  });
});
