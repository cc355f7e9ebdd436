import { describe, expect, it } from "vitest";
import { countAccess } from "./count-access";

const NOW = new Date("2026-03-20T12:00:00Z");
const ASKED = new Date("2026-03-19T12:00:00Z");
const never = { startsAt: undefined, expiresAt: undefined, endedAt: undefined, refusedAt: undefined };
const opened = { ...never, startsAt: ASKED, expiresAt: new Date("2026-03-19T12:30:00Z") };
const reveal = (part: object) => ({
  ...{ role: "engineer", fieldClass: "text" as const, needsSecond: true, askedAt: ASKED, ...never, ...part },
});

describe("access counts", () => {
  it("tell apart how reveals were answered", () => {
    const asked = [
      reveal(opened),
      reveal({ ...opened, needsSecond: false, fieldClass: "personal" }),
      reveal({ refusedAt: ASKED }),
      reveal({ endedAt: ASKED }),
      reveal({}),
      reveal({ askedAt: NOW }),
    ];
    const answers = countAccess(asked, [], NOW).map(({ wanted, answer, count }) => `${wanted} ${answer} ${count}`);
    expect(answers).toEqual([
      ...["personal at once 1", "text approved 1", "text lapsed 1", "text refused 1"],
      ...["text waiting 1", "text withdrawn 1"],
    ]);
  });

  it("add up what is alike, the most frequent first, whatever the order", () => {
    const support = { role: "support", kind: "class", wanted: "text", state: "refused" } as const;
    const asked = [reveal(opened), reveal({ ...opened, role: "support" }), reveal(opened)];
    const counts = countAccess(asked, [support, support, support], NOW);
    expect(counts.map(({ kind, role, count }) => [kind, role, count])).toEqual([
      ["class", "support", 3],
      ["reveal", "engineer", 2],
      ["reveal", "support", 1],
    ]);
    expect(countAccess([...asked].reverse(), [support, support, support], NOW)).toEqual(counts);
  });

  it("of nothing are none", () => {
    expect(countAccess([], [], NOW)).toEqual([]);
  });
});
