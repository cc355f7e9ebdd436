import { describe, expect, it } from "vitest";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { EvidenceGap } from "@/lib/domain/evidence-gap";
import type { PlanStep } from "@/lib/domain/query-plan";
import type { SourceOutcome } from "@/lib/domain/source-outcome";
import { anEvent } from "@/lib/domain/testing/an-event";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { readRecords } from "@/lib/stitch/read-records";
import { EvidenceLedger } from "./evidence-ledger";
import { anInstallation } from "./testing/an-installation";

const { reading } = anInstallation({}, () => 0);
const at = epochNsFromMs;
const REFUSED: EvidenceGap = { source: "loki/main", reason: "refused", detail: "Not reachable.", retryable: true };
const CUT_OFF: EvidenceGap = { source: "loki/main", reason: "truncated", detail: "More exist.", retryable: false };

function anAttempt([from, to]: [number, number], over: Partial<SourceOutcome> = {}) {
  const request = {
    kind: "by-key",
    key: { kind: "order", value: "1" },
    window: { fromNs: at(from), toNs: at(to) },
  } as const;
  const step: PlanStep = { id: "loki/main|by-key|order:1", source: "loki/main", request, hop: 0 };
  const nothing = { answered: true, events: [], metrics: [], gaps: [], queries: [], elapsedMs: 1 };
  return { step, outcome: { source: "loki/main" as const, ...nothing, ...over } };
}
function aLedger(...attempts: ReturnType<typeof anAttempt>[]) {
  const ledger = new EvidenceLedger();
  const added = attempts.map((attempt) => ledger.add(attempt, readRecords(attempt, reading)));
  return { ledger, added, reasons: () => ledger.gaps().map((gap) => gap.reason) };
}
const events = (...list: TimelineEvent[]) => ({ events: list });
const failed = { answered: false, gaps: [REFUSED] };

describe("EvidenceLedger", () => {
  it("keeps a record once, as the same object, however often it is fetched", () => {
    const event = anEvent({ id: "a" });
    const { ledger, added } = aLedger(anAttempt([0, 10], events(event)), anAttempt([5, 15], events({ ...event })));
    expect(added.map(({ changed }) => changed)).toEqual([true, false]);
    expect(ledger.batches().flat()).toHaveLength(1);
  });

  it("takes the later content of a record that changed", () => {
    const [open, closed] = [anEvent({ id: "a", title: "open" }), anEvent({ id: "a", title: "closed" })];
    const { ledger } = aLedger(anAttempt([0, 10], events(open)), anAttempt([0, 20], events(closed)));
    expect(
      ledger
        .batches()
        .flat()
        .map((record) => record.event.title),
    ).toEqual(["closed"]);
  });

  it("forgets a failed look once a good one has covered what it missed", () => {
    const tries = [anAttempt([0, 10]), anAttempt([8, 12], failed)];
    expect(aLedger(...tries).reasons()).toEqual(["refused"]);
    expect(aLedger(...tries, anAttempt([9, 14])).reasons()).toEqual([]);
  });

  it("keeps the gap of a first answer that later looks do not cover", () => {
    expect(aLedger(anAttempt([0, 10], { gaps: [CUT_OFF] }), anAttempt([8, 12])).reasons()).toEqual(["truncated"]);
  });

  it("counts a source that fails again and again as one gap", () => {
    expect(aLedger(anAttempt([0, 10]), anAttempt([8, 12], failed), anAttempt([8, 14], failed)).reasons()).toEqual([
      "refused",
    ]);
  });

  it("takes another count of the same gap for news, and the same gap of a later window for none", () => {
    const cut = (total: number) => ({ gaps: [{ ...CUT_OFF, shown: 1, total }] });
    const { added } = aLedger(anAttempt([0, 10], cut(5)), anAttempt([0, 12], cut(5)), anAttempt([0, 14], cut(9)));
    expect(added.map(({ changed }) => changed)).toEqual([true, false, true]);
  });

  it("says how many records it did not take in when it is full", () => {
    const { ledger } = aLedger(anAttempt([0, 10], events(anEvent({ id: "a" }))));
    ledger.limitTo(1);
    const more = anAttempt([8, 12], events(anEvent({ id: "b" }), anEvent({ id: "c" }), anEvent({ id: "d" })));
    for (let times = 0; times < 2; times++) ledger.add(more, readRecords(more, reading));
    expect(ledger.batches().flat()).toHaveLength(2);
    expect(ledger.gaps()).toMatchObject([{ reason: "truncated", total: 2 }]);
  });
});
