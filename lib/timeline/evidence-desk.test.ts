import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { PlanStep } from "@/lib/domain/query-plan";
import { EvidenceDesk } from "./evidence-desk";
import { anInstallation } from "./testing/an-installation";

const window = { fromNs: epochNsFromMs(1), toNs: epochNsFromMs(2) };
const step = (value: string): PlanStep => ({
  ...{ id: value, source: "loki/main", hop: 0 },
  request: { kind: "by-key", key: { kind: "order", value }, window },
});

/** A desk whose source answers `order:N` after N milliseconds. */
function aDesk(signal = new AbortController().signal): EvidenceDesk {
  const { sources } = anInstallation(
    {
      "loki/main": (request) =>
        new Promise((resolve) => {
          setTimeout(resolve, request.kind === "by-key" ? Number(request.key.value) : 0, {});
        }),
    },
    Date.now,
  );
  const budget = () => ({ deadlineAtMs: Infinity, maxRows: 1, maxBytes: 1 });
  return new EvidenceDesk({ sources, budget, signal, now: Date.now });
}
const ids = async (batch: ReturnType<EvidenceDesk["next"]>) => (await batch)?.map(({ step: { id } }) => id);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the evidence desk", () => {
  it("hands each answer over at once when it need not rest", async () => {
    const desk = aDesk();
    desk.start([step("10"), step("20")]);
    const first = ids(desk.next());
    await vi.advanceTimersByTimeAsync(15);
    expect(await first).toEqual(["10"]);
  });

  it("gathers what settles while it rests, and not longer", async () => {
    const desk = aDesk();
    desk.start([step("10"), step("40"), step("900")]);
    const batch = ids(desk.next(100));
    await vi.advanceTimersByTimeAsync(200);
    expect(await batch).toEqual(["10", "40"]);
  });

  it("does not rest when nothing runs any more", async () => {
    const desk = aDesk();
    desk.start([step("10"), step("40")]);
    const batch = ids(desk.next(60_000));
    await vi.advanceTimersByTimeAsync(50);
    expect(await batch).toEqual(["10", "40"]);
  });

  it("ends its rest when the asker leaves", async () => {
    const leaving = new AbortController();
    const desk = aDesk(leaving.signal);
    desk.start([step("10"), step("90000")]);
    const batch = ids(desk.next(60_000));
    await vi.advanceTimersByTimeAsync(20);
    leaving.abort();
    expect(await batch).toBeUndefined();
  });
});
