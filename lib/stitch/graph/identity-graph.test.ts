import { describe, expect, it } from "vitest";
import { builtInExpansionRules } from "@/lib/domain/built-in-key-rules";
import { Limits } from "@/lib/domain/configuration";
import type { KeyId } from "@/lib/domain/correlation-key";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import type { EvidenceRecord } from "../read-records";
import { stitchTimeline } from "../stitch-timeline";
import type { Unlinked } from "./take-out-unlinked";
import { aLine, aSpan, readBy, traceId } from "../testing/an-estate";

const ORDER = { kind: "order", value: "48192" };
const ACCOUNT = { kind: "account", value: "acct_2077" };
const own = { "order.id": "48192" };

function ask(
  batch: EvidenceRecord[],
  { asked = ORDER, widen = [], unlinked }: { asked?: typeof ORDER; widen?: KeyId[]; unlinked?: Partial<Unlinked> } = {},
) {
  return stitchTimeline({
    asked: [asked],
    batches: [batch],
    expansion: builtInExpansionRules(),
    limits: Limits.parse({ hubDegree: 5 }),
    widen: new Set(widen),
    unlinked: { events: new Set(), keys: new Set(), ...unlinked },
  });
}
const ids = (timeline: ReturnType<typeof ask>) => timeline.rows.map((row) => row.event.id);

/** A batch over 40 orders, of which span 14 and 15 are the asked one's. */
function aBatchTrace(): TimelineEvent[] {
  const spans = [aSpan(1, 0)];
  for (let n = 1; n <= 40; n++) {
    spans.push(aSpan(1, n * 2, { parent: 0, attributes: { "order.id": n === 7 ? "48192" : `9000${String(n)}` } }));
    spans.push(aSpan(1, n * 2 + 1, { parent: n * 2 }));
  }
  return spans;
}

describe("the boundary at a hub", () => {
  it("says what widening a shared trace brings, and brings exactly that", () => {
    const batch = readBy(ORDER, aBatchTrace());
    const narrow = ask(batch);
    const hub = narrow.keys.find((key) => key.id === `trace:${traceId(1)}`);
    expect(narrow.rows).toHaveLength(3);
    expect(hub?.boundary).toEqual({ reason: "hub", keys: 0, rows: 78 });
    const wide = ask(batch, { widen: [`trace:${traceId(1)}`] });
    expect(wide.rows).toHaveLength(3 + 78);
    expect(wide.keys.find((key) => key.id === hub?.id)?.boundary).toBeUndefined();
  });

  it("follows none of an account's too many orders until it is widened, and names them all then", () => {
    const lines = Array.from({ length: 8 }, (_, n) => aLine(n, `account acct_2077 placed order 4900${String(n)}`));
    const batch = readBy(ACCOUNT, lines);
    const narrow = ask(batch, { asked: ACCOUNT });
    expect(narrow.follow.filter(({ key }) => key.kind === "order")).toEqual([]);
    expect(narrow.keys[0]?.boundary).toMatchObject({ reason: "hub", keys: 8 });
    expect(narrow.keys[0]?.boundary?.searches).toHaveLength(8);
    const wide = ask(batch, { asked: ACCOUNT, widen: ["account:acct_2077"] });
    expect(wide.follow.filter(({ key }) => key.kind === "order")).toHaveLength(8);
  });

  it("is said once per kind, with all that widening would follow, however many rounds found it", () => {
    const lines = Array.from({ length: 8 }, (_, n) =>
      aLine(n, `account acct_2077 placed order 4900${String(n)}`, { attributes: { trace_id: traceId(n) } }),
    );
    const timeline = ask(readBy(ACCOUNT, [...lines, ...lines.map((_, n) => aSpan(n, 0))]), { asked: ACCOUNT });
    const hubs = timeline.gaps.filter((gap) => gap.reason === "hub" && gap.keys?.includes("account:acct_2077"));
    expect(hubs).toHaveLength(1);
    expect(timeline.keys[0]?.boundary?.searches).toHaveLength(timeline.keys[0]?.boundary?.keys ?? -1);
  });

  it("offers an order's account on request, and follows it when asked to", () => {
    const batch = readBy(ORDER, [
      aLine(1, "order 48192 of account acct_2077"),
      aLine(2, "account acct_2077 signed in", { source: "loki/other" }),
    ]);
    const narrow = ask(batch);
    expect(narrow.keys.find((key) => key.key.kind === "account")?.boundary).toMatchObject({ reason: "on-request" });
    expect(ids(narrow)).toEqual(["line-1"]);
    expect(ids(ask(batch, { widen: ["account:acct_2077"] }))).toEqual(["line-1", "line-2"]);
  });
});

describe("a question about a trace", () => {
  const trace = { kind: "trace", value: traceId(1) };

  it("follows what the trace is about, and of a shared run it leads to only the path of that", () => {
    const batch = [aSpan(2, 0)];
    for (let n = 1; n <= 4; n++) {
      batch.push(aSpan(2, n, { parent: 0, attributes: { "order.id": n === 2 ? "48192" : `9000${String(n)}` } }));
    }
    const elsewhere = aLine(9_000, "order 90001 saved");
    const records = readBy(trace, [aSpan(1, 0, { attributes: { "order.id": "48192" } }), ...batch, elsewhere]);
    const timeline = ask(records, { asked: trace });
    expect(ids(timeline)).toEqual(["span-1-0", "span-2-0", "span-2-2"]);
    expect(timeline.follow.map(({ id }) => id)).not.toContain("order:90001");
  });

  it("shows all of the asked trace, whomever it names", () => {
    const many = Array.from({ length: 9 }, (_, n) => aSpan(1, n, { attributes: { "order.id": `9000${String(n)}` } }));
    expect(ids(ask(readBy(trace, many), { asked: trace }))).toHaveLength(9);
  });
});

describe("the edges of the identity graph", () => {
  it("name both ends, the rule and the rows that made them", () => {
    const timeline = ask(
      readBy(ORDER, [
        aLine(1, "order 48192 saved", { attributes: { trace_id: traceId(1) } }),
        aSpan(1, 0),
        aSpan(1, 1, { parent: 0, attributes: { "account.id": "acct_2077" } }),
      ]),
    );
    expect(timeline.edges.map(({ from, to, rule, events }) => [from.kind, to.kind, rule, events])).toEqual([
      ["order", "trace", "trace id", ["line-1"]],
      ["trace", "account", "account id", ["span-1-1"]],
    ]);
  });
});

describe("unlinking", () => {
  const batch = readBy(ORDER, [
    aLine(1, "order 48192 saved", { attributes: { trace_id: traceId(1) } }),
    aSpan(1, 0),
    aSpan(1, 1, { parent: 0 }),
    aLine(2, "order 48192 shown"),
  ]);

  it("takes a row out with everything that came only through it, and counts it", () => {
    const timeline = ask(batch, { unlinked: { events: new Set(["line-1"]) } });
    expect(ids(timeline)).toEqual(["line-2"]);
    expect(timeline.unlinked).toEqual(new Map([["line-1", 3]]));
    expect(timeline.gaps).toContainEqual(expect.objectContaining({ reason: "unlinked", shown: 0, total: 3 }));
    expect(timeline.records).toBe(timeline.rows.length + timeline.leftOut);
  });

  it("cuts an id off and leaves the rows that belong without it", () => {
    const id: KeyId = `trace:${traceId(1)}`;
    const timeline = ask(batch, { unlinked: { keys: new Set([id]) } });
    expect(ids(timeline)).toEqual(["line-1", "line-2"]);
    expect(timeline.unlinked).toEqual(new Map([[id, 2]]));
    expect(timeline.keys.some((key) => key.id === id)).toBe(false);
  });

  it.each([
    ["id", { keys: new Set<KeyId>(["order:90001"]) }],
    ["row", { events: new Set(["span-1-2"]) }],
  ])("never brings in rows of another order when its %s is taken out", (_, unlinked) => {
    const shared = readBy(ORDER, [
      aSpan(1, 0),
      aSpan(1, 1, { parent: 0, attributes: own }),
      aSpan(1, 2, { parent: 0, attributes: { "order.id": "90001" } }),
      aSpan(1, 3, { parent: 2 }),
    ]);
    expect(ids(ask(shared))).toEqual(["span-1-0", "span-1-1"]);
    expect(ids(ask(shared, { unlinked }))).toEqual(["span-1-0", "span-1-1"]);
  });

  it("changes nothing once it is undone", () => {
    expect(ids(ask(batch))).toEqual(["line-1", "span-1-0", "span-1-1", "line-2"].sort(byTime(batch)));
    expect(ask(batch).gaps.some((gap) => gap.reason === "unlinked")).toBe(false);
  });
});

describe("a service whose lines carry no id of the asked kind", () => {
  it("is named with how many lines it has", () => {
    const timeline = ask(
      readBy(ORDER, [
        aSpan(1, 0, { attributes: own }),
        aLine(1, "render failed", { rawService: "status-api", attributes: { trace_id: traceId(1) } }),
        aLine(2, "render failed again", { rawService: "status-api", attributes: { trace_id: traceId(1) } }),
        aLine(3, "order 48192 saved", { rawService: "order-service" }),
      ]),
    );
    expect(timeline.gaps.filter((gap) => gap.service !== undefined)).toMatchObject([
      { reason: "id-absent", service: "status-api", shown: 0, total: 2 },
    ]);
  });
});

function byTime(records: readonly EvidenceRecord[]) {
  const at = new Map(records.map(({ event }) => [event.id, event.happenedAtNs]));
  return (a: string, b: string) => ((at.get(a) ?? "") < (at.get(b) ?? "") ? -1 : 1);
}

describe("a record that is too long to be read to its end", () => {
  it("is counted, because an id may stand behind what was read", () => {
    const long = `order 48192 ${"x".repeat(20_000)} account acct_2077`;
    const timeline = ask(readBy(ORDER, [aLine(1, "order 48192 saved", { text: long }), aLine(2, "order 48192 shown")]));
    expect(timeline.gaps).toContainEqual(expect.objectContaining({ reason: "budget", total: 1 }));
  });
});
