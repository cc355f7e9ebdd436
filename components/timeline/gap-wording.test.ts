import { describe, expect, it } from "vitest";
import { gapTitle } from "@/lib/contract/gap-title";
import { gapCount, groupGaps, isFault } from "./gap-wording";

describe("the words of a gap", () => {
  it("tells hidden from unreachable and from not recorded", () => {
    expect(new Set([gapTitle("not-permitted"), gapTitle("refused"), gapTitle("id-absent")]).size).toBe(3);
  });
  it("says that a count is unknown rather than leaving it out", () => {
    expect(gapCount({ shown: 500, total: 12_000 })).toBe("500 of 12,000 shown");
    expect(gapCount({ shown: 500 })).toBe("500 of unknown shown");
    expect(gapCount({ reason: "id-absent", shown: 0, total: 214 })).toBe("0 of 214 lines carried one");
    expect(gapCount({})).toBeUndefined();
  });
  it("calls neither permission nor choice a fault", () => {
    expect(isFault("not-permitted")).toBe(false);
    expect(isFault("not-configured")).toBe(false);
    expect(isFault("timeout")).toBe(true);
  });
  it("parts what may be missing from what takes nothing away, and drops neither", () => {
    const gap = (reason: "hub" | "timeout" | "not-permitted") => ({ reason, detail: "", retryable: false });
    expect(
      groupGaps([gap("hub"), gap("timeout"), gap("not-permitted")]).map(({ gaps }) => gaps.map(({ reason }) => reason)),
    ).toEqual([["timeout", "not-permitted"], ["hub"]]);
  });
});
