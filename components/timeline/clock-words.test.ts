import { describe, expect, it } from "vitest";
import { anEventView } from "@/lib/client/testing/an-event-view";
import { clockMark, clockWords } from "./clock-words";

const behind = {
  state: "corrected",
  correctedAt: "2026-11-23T10:14:05.112000000Z",
  correctedAtNs: "1795428845112000000",
  offsetNs: "2100000000",
  pairs: 14,
} as const;

describe("the words of a clock", () => {
  it("say how far it is off, which way, and what that rests on", () => {
    expect(clockWords(behind)).toBe("clock of its host is 2.1 s behind; corrected from 14 call pairs");
    expect(clockWords({ ...behind, offsetNs: "-5000000", pairs: 1 })).toBe(
      "clock of its host is 5 ms ahead; corrected from 1 call pair",
    );
  });
  it("warn only of a clock that cannot be put right", () => {
    expect(clockMark(anEventView({ id: "a", clock: behind }), "corrected")).toMatchObject({
      sign: "△",
      isWarning: false,
    });
    const lost = anEventView({ id: "b", clock: { ...behind, state: "uncorrectable", offsetNs: "0" } });
    expect(clockMark(lost, "corrected")).toMatchObject({ sign: "!", isWarning: true });
    expect(clockMark(anEventView({ id: "c" }), "corrected")).toBeUndefined();
  });
  it("say that a cause decided the place, but not where the raw clock decides it", () => {
    const row = anEventView({ id: "a", causal: true });
    expect(clockMark(row, "corrected")?.words).toBe("placed after its cause");
    expect(clockMark(row, "raw")).toBeUndefined();
  });
  it("admit when nobody recorded the arrival that rows are sorted by", () => {
    expect(clockMark(anEventView({ id: "a" }), "arrival")?.sign).toBe("?");
  });
});
