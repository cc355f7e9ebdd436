import { describe, expect, it } from "vitest";
import { MAX_LIVE_PER_USER, takeLiveSeat } from "./live-seats";

function takeAll(userId: string): AbortController[] {
  return Array.from({ length: MAX_LIVE_PER_USER }, () => {
    const over = new AbortController();
    takeLiveSeat(userId, over.signal);
    return over;
  });
}
const takeOne = (userId: string) => () => takeLiveSeat(userId, new AbortController().signal);

describe("takeLiveSeat", () => {
  it("refuses one more than a person may have open, and nobody else", () => {
    takeAll("ada");
    expect(takeOne("ada")).toThrow(expect.objectContaining({ code: "rate-limited" }));
    expect(takeOne("eve")).not.toThrow();
  });

  it("gives a seat back when its stream is over", () => {
    takeAll("bob")[0]?.abort();
    expect(takeOne("bob")).not.toThrow();
    expect(takeOne("bob")).toThrow();
  });
});
