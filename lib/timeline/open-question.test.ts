import { describe, expect, it } from "vitest";
import type { TimelineAnswer } from "@/lib/contract/timeline-answer";
import { epochNsFromMs } from "@/lib/domain/epoch-ns";
import type { IncidentQuery } from "@/lib/domain/query-plan";
import type { StoredUnlink } from "@/lib/domain/stored-unlink";
import { anEvent } from "@/lib/domain/testing/an-event";
import type { TimeWindow } from "@/lib/domain/time-window";
import { collectAnswer } from "@/lib/stream/collect-answer";
import { anAccess } from "@/lib/redact/testing/an-access";
import { openTimeline } from "./open-timeline";
import { anInstallation, type Answer } from "./testing/an-installation";

const NOW = 1_795_446_900_000;
const WINDOW = { fromNs: epochNsFromMs(NOW - 3_600_000), toNs: epochNsFromMs(NOW) };
const ORDER = { kind: "order", value: "48192" };

/** Ten lines of the order, of which one answer holds three. */
const LINES = Array.from({ length: 10 }, (_, n) =>
  anEvent({
    id: `line-${String(n)}`,
    title: `order 48192 step ${"abcdefghij"[n] ?? ""}`,
    happenedAtNs: epochNsFromMs(NOW - 10_000 + n),
    source: "loki/main",
  }),
);
const threeAtATime: Answer = (request) => {
  if (request.kind !== "by-key") return {};
  const inWindow = LINES.filter((line) => isInside(line.happenedAtNs, request.window));
  const last = inWindow[2];
  if (!last || inWindow.length <= 3) return { events: inWindow };
  const rest = { ...request, window: { ...request.window, fromNs: last.happenedAtNs } };
  const gap = { source: "loki/main", reason: "truncated", detail: "More exist.", retryable: false } as const;
  return { events: inWindow.slice(0, 3), gaps: [{ ...gap, continuation: rest }] };
};
const isInside = (at: string, { fromNs, toNs }: TimeWindow) => at >= fromNs && at < toNs;

async function ask(over: Partial<IncidentQuery> = {}, unlinks: StoredUnlink[] = []): Promise<TimelineAnswer> {
  const deps = anInstallation({ "loki/main": threeAtATime }, () => NOW);
  const asked = { keys: [ORDER], window: WINDOW, ...over };
  const answer = await collectAnswer(
    openTimeline(anAccess("engineer"), asked, deps, new AbortController().signal, { unlinks }),
  );
  if (!answer) throw new Error("the stream had no end");
  return answer;
}
const shown = ({ events, parts }: TimelineAnswer) => events.length + parts.length;
const cutOff = ({ gaps }: TimelineAnswer) => gaps.find((gap) => gap.reason === "truncated");

describe("a cut-off fetch", () => {
  it("is continued as often as asked, until nothing is cut off any more", async () => {
    const first = await ask();
    const token = cutOff(first)?.continuation ?? "";
    expect([shown(first), first.completeness.state]).toEqual([3, "partial"]);
    expect(shown(await ask({ continuations: new Map([[token, 1]]) }))).toBe(5);
    const whole = await ask({ continuations: new Map([[token, 9]]) });
    expect([shown(whole), cutOff(whole)]).toEqual([10, undefined]);
    expect(whole.completeness.losses).toBe(0);
  });

  it("tells nothing of source or key in its token", async () => {
    expect(cutOff(await ask())?.continuation).toMatch(/^[\w-]{16}$/);
  });
});

describe("what a person unlinked", () => {
  it("stays out for whoever asks by the same keys, and is listed with how much is missing", async () => {
    const before = await ask();
    const target = before.events[0]?.id ?? "";
    const stored = { id: "u1", kind: "row", target, reason: "another shop", by: "Ada", at: new Date(NOW) } as const;
    const after = await ask({}, [stored]);
    expect(after.events.map((event) => event.id)).not.toContain(target);
    expect(after.unlinks).toMatchObject([{ id: "u1", target, reason: "another shop", by: "Ada", rows: 1 }]);
    expect(after.stats.records).toBe(shown(after) + after.stats.leftOut);
    expect(after.gaps.map((gap) => gap.reason)).toContain("unlinked");
  });
});
