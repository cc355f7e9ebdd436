/** Frame by frame: what follows after the first answer, and what goes with it. */
import { describe, expect, it } from "vitest";
import { TimelineFrame } from "@/lib/contract/timeline-answer";
import type { Role } from "@/lib/domain/role";
import type { StitchedTimeline, TimelineRow } from "@/lib/domain/stitched-timeline";
import { anEpochNs, anEvent } from "@/lib/domain/testing/an-event";
import { askedKeyReferences, redactAskedKeys } from "./redact-asked-keys";
import { TimelineRedactor } from "./redact-timeline";
import { createRedactionContext } from "./redaction-context";
import { aCanaryRow } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const TRACE = "c".repeat(32);
const AT = anEpochNs("1795446843120345678");
const COMPLETE = {
  state: "complete",
  answered: 1,
  connected: 1,
  losses: 0,
  notes: 0,
  sentence: "All answered.",
} as const;

const contextOf = (role: Role, looksAlong: readonly Role[] = []) =>
  createRedactionContext(redactionSettings(), anAccess(role, { with: looksAlong }));
const redactorFor = (role: Role) => new TimelineRedactor(contextOf(role));

const timelineOf = (rows: readonly TimelineRow[], over: Partial<StitchedTimeline> = {}): StitchedTimeline => ({
  ...{ rows, keys: [], edges: [], services: [], calls: [], findings: [], gaps: [], follow: [] },
  ...{ records: 9, leftOut: 4, foreign: 3, unlinked: new Map() },
  ...over,
});

const framesOf = (sealed: ReturnType<TimelineRedactor["rows"]>) =>
  sealed.map((one) => TimelineFrame.parse(one.reveal()));
const rowFrames = (sealed: ReturnType<TimelineRedactor["rows"]>) =>
  framesOf(sealed).flatMap((frame) => (frame.type === "rows" ? [frame] : []));

describe("the first frame", () => {
  const startFor = (role: Role, looksAlong: readonly Role[] = []) => {
    const query = {
      keys: [
        { kind: "order", value: "70001" },
        { kind: "trace", value: TRACE },
      ],
      window: { fromNs: AT, toNs: AT },
    };
    const context = contextOf(role, looksAlong);
    const frame = TimelineFrame.parse(new TimelineRedactor(context).start(query as never).reveal());
    if (frame.type !== "start") throw new Error("another frame");
    return frame.query;
  };

  it("names what was asked as the role may read it, and else only that it was asked", () => {
    expect(startFor("engineer").keys).toEqual(["order:70001", `trace:${TRACE}`]);
    expect(startFor("support").keys).toEqual(["order:70001", "trace:(asked)"]);
    expect(startFor("support").role).toBe("support");
  });

  it("says which classes are hidden, and what the reader may do", () => {
    expect(startFor("support").hidden).toEqual(expect.arrayContaining(["infrastructure", "text", "secret"]));
    expect(startFor("support").hidden).not.toContain("personal");
    expect(startFor("support")).toMatchObject({ shared: false });
    expect(startFor("support").abilities).toContain("ask");
  });

  it("lets nobody do anything through somebody else's link", () => {
    expect(startFor("engineer", ["engineer"])).toMatchObject({ shared: true, abilities: [] });
    const nobody = createRedactionContext(redactionSettings(), { ...anAccess("engineer"), lenses: [] });
    const query = { keys: [], window: { fromNs: AT, toNs: AT } } as never;
    expect(new TimelineRedactor(nobody).start(query).reveal()).toMatchObject({
      query: { shared: false, abilities: [] },
    });
  });

  it("of an incident that others asked for names it in full, in part, or not at all", () => {
    const keys = ["order:70001", `trace:${TRACE}`, "no key"];
    expect(redactAskedKeys(keys, contextOf("support"))).toEqual(["order:70001", "trace:(asked)"]);
    expect(askedKeyReferences(keys.slice(0, 2), contextOf("support"))).toBeNull();
    expect(askedKeyReferences(keys, contextOf("engineer"))).toBeNull();
    expect(askedKeyReferences(keys.slice(0, 2), contextOf("engineer"))).toEqual(keys.slice(0, 2));
  });
});

describe("a row that was sent before", () => {
  const row: TimelineRow = { ...aCanaryRow("log"), clock: aCanaryRow("log").clock! };
  const again = (change: Partial<TimelineRow>) => {
    const redactor = redactorFor("engineer");
    redactor.rows(timelineOf([row]));
    return rowFrames(redactor.rows(timelineOf([{ ...row, ...change }]))).flatMap((frame) => frame.rows).length;
  };
  const [join] = row.why;
  if (!join || !row.clock) throw new Error("the row has no join or no clock");
  const { clock } = row;

  it("is not sent again while nothing of it changes, though it was built anew", () => {
    expect(again({})).toBe(0);
    expect(again({ clock: { ...clock }, why: [{ ...join, key: { ...join.key! } }], seenIn: [...row.seenIn] })).toBe(0);
  });

  it.each<[string, Partial<TimelineRow>]>([
    ["record", { event: { ...row.event } }],
    ["place", { depth: 7 }],
    ["count", { count: 2 }],
    ["time", { orderNs: anEpochNs("1795446843120345679") }],
    ["whole", { partOf: "fact-9" }],
    ["part", { part: "repeat" }],
    ["last repeat", { lastAtNs: AT }],
    ["cause", { causal: true }],
    ["sources", { seenIn: ["loki", "tempo"] }],
    ["clock", { clock: { ...clock, state: "uncorrectable" } }],
    ["correction", { clock: { ...clock, offsetNs: 6n } }],
    ["other clock", { clock: { ...clock, reference: "other" } }],
    ["pairs", { clock: { ...clock, pairs: 3 } }],
    ["chain", { why: [join, join] }],
    ["rule", { why: [{ ...join, rule: "other rule" }] }],
    ["way", { why: [{ ...join, throughEvent: "fact-9" }] }],
    ["key", { why: [{ ...join, key: { kind: "trace", value: "d" } }] }],
    ["kind of key", { why: [{ ...join, key: { kind: "order", value: join.key!.value } }] }],
  ])("is sent again when its %s changes", (_name, change) => {
    expect(again(change)).toBe(1);
  });

  it("is sent again when its clock is known, or no longer", () => {
    const redactor = redactorFor("engineer");
    const { clock: _, ...bare } = row;
    const sent = [bare, row, bare].map((one) => rowFrames(redactor.rows(timelineOf([one]))).length);
    expect(sent).toEqual([1, 1, 1]);
  });

  it("is sent again with its ids when the question reaches them", () => {
    const redactor = redactorFor("support");
    const key = { kind: "order", value: "70002" } as const;
    const keys = [{ id: "order:70002" as const, key, asked: false, followed: true, rows: 1, degree: 1 }];
    const [before] = rowFrames(redactor.rows(timelineOf([row])));
    const [after] = rowFrames(redactor.rows(timelineOf([row], { keys })));
    expect([before?.rows[0]?.keys, after?.rows[0]?.keys]).toEqual([[], [key]]);
    expect(redactor.rows(timelineOf([row], { keys }))).toEqual([]);
  });

  it("is taken back by its public id when it is gone, and only then", () => {
    const redactor = redactorFor("engineer");
    redactor.rows(timelineOf([row, { ...row, event: anEvent({ id: "fact-2" }) }]));
    const [frame] = rowFrames(redactor.rows(timelineOf([row])));
    expect(frame).toMatchObject({ rows: [], removed: [contextOf("engineer").publicId("fact-2")] });
    expect(redactor.rows(timelineOf([row]))).toEqual([]);
  });
});

describe("many rows", () => {
  it("come in frames of at most 500, in the order of time, kind, depth and id", () => {
    const rows = Array.from({ length: 501 }, (_, i) => ({ ...aCanaryRow("log"), event: anEvent({ id: `fact-${i}` }) }));
    const frames = rowFrames(redactorFor("support").rows(timelineOf(rows)));
    expect(frames.map((frame) => frame.rows.length)).toEqual([500, 1]);
    expect(frames.every((frame) => frame.removed.length === 0)).toBe(true);
    const deep = [2, 10, 5_000].map((depth) => ({ ...rows[0]!, depth, event: anEvent({ id: `deep-${depth}` }) }));
    const [sent] = rowFrames(redactorFor("support").rows(timelineOf(deep)));
    const orders = sent?.rows.map(({ orderKey }) => orderKey) ?? [];
    expect([...orders].sort()).toEqual(orders);
  });
});

describe("what goes with the rows", () => {
  it("counts what is shown, what stands behind it, and what the role may only know of", () => {
    const rows = [aCanaryRow("log"), aCanaryRow("alert"), { ...aCanaryRow("span"), partOf: "canary-log" }];
    const statsFor = (role: Role) => {
      const frame = TimelineFrame.parse(redactorFor(role).end(timelineOf(rows), COMPLETE, 5).reveal());
      return frame.type === "end" ? frame.stats : undefined;
    };
    const counts = { shown: 2, parts: 1, records: 9, leftOut: 4, foreign: 3, complete: true, elapsedMs: 5 };
    expect(statsFor("engineer")).toEqual({ ...counts, withheld: 0 });
    expect(statsFor("support")).toEqual({ ...counts, withheld: 1 });
    const partial = redactorFor("support")
      .settled(timelineOf(rows), { ...COMPLETE, state: "partial" }, 5, AT)
      .reveal();
    expect(TimelineFrame.parse(partial)).toMatchObject({
      ...{ type: "settled", stats: { complete: false, withheld: 1 }, upTo: "2026-11-23T15:14:03.120345678Z" },
    });
  });

  it("names sources by kind, and by instance only to those who read infrastructure", () => {
    const status = { state: "answered", rows: 1, fetches: 1, elapsedMs: 1 } as const;
    const statuses = [
      { source: "loki/zqmain", kind: "loki", ...status },
      { kind: "tempo", ...status },
    ] as const;
    const told = (role: Role) => {
      const frame = TimelineFrame.parse(redactorFor(role).sources(statuses).reveal());
      return frame.type === "sources" ? frame.sources.map(({ source, sourceId }) => [source, sourceId]) : [];
    };
    expect(told("engineer")).toEqual([
      ["loki", "loki/zqmain"],
      ["tempo", undefined],
    ]);
    expect(told("support")).toEqual([
      ["loki", undefined],
      ["tempo", undefined],
    ]);
  });

  it("says what is missing, and measurements, as one frame each", () => {
    const gap = { reason: "timeout", detail: "No answer.", retryable: true, source: "loki/zqmain" } as const;
    expect(TimelineFrame.parse(redactorFor("support").gaps([gap]).reveal())).toMatchObject({
      ...{ type: "gaps", gaps: [{ source: "loki", reason: "timeout" }] },
    });
    const series = { rawService: "zqraw", signal: "rate", unit: "requests/s", points: [] } as never;
    const told = (role: Role) =>
      TimelineFrame.parse(
        redactorFor(role)
          .metrics([series], () => "zqapi")
          .reveal(),
      );
    expect(told("engineer")).toMatchObject({ type: "metrics", metrics: [{ service: "zqapi" }] });
    expect(told("support")).toEqual({ type: "metrics", metrics: [] });
  });

  it("tells a stranger nothing as theirs: reveals are read as other people's", () => {
    const reveal = {
      ...{ id: "r", userId: "", role: "engineer", fieldClass: "text", ticket: "T-1", minutes: 5, needsSecond: false },
      ...{ by: "Zqpat", reason: "zqreason", askedAt: new Date(0), keys: [] },
    };
    const memory = { unlinks: [], reveals: [{ ...reveal, userId: "u1" } as never], searchesOf: () => 1 };
    const frame = TimelineFrame.parse(redactorFor("support").summary(timelineOf([]), memory).reveal());
    expect(frame).toMatchObject({ type: "summary", reveals: [{ by: "a person", reason: "", mine: false }] });
  });
});
