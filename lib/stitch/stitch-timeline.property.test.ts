import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { aLine, anException, aSpan, at, readBy, stitch, traceId } from "./testing/an-estate";

/** Random estates: traces whose spans name no order, the asked one or another, and lines inside and outside them. */
const spanSpec = fc.record({
  parent: fc.nat(20),
  order: fc.constantFrom(undefined, "48192", "90001", "90002", "90003", "90004"),
  account: fc.constantFrom(undefined, undefined, "acct_1", "acct_2", "acct_3", "acct_4", "acct_5"),
});
const estate = fc
  .array(fc.array(spanSpec, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 })
  .chain((traces) => {
    const events: TimelineEvent[] = [];
    traces.forEach((spans, trace) => {
      spans.forEach((spec, span) => {
        const attributes = {
          ...(spec.order === undefined ? {} : { "order.id": spec.order }),
          ...(spec.account === undefined ? {} : { "account.id": spec.account }),
        };
        events.push(aSpan(trace, span, { attributes, ...(span === 0 ? {} : { parent: spec.parent % span }) }));
        events.push(
          aLine(trace * 1000 + span, spec.order ? `order ${spec.order} seen` : "no id here", {
            attributes: { trace_id: traceId(trace), span_id: events.at(-1)!.span!.spanId },
          }),
        );
      });
    });
    return fc.shuffledSubarray(events, { minLength: events.length }).map((shuffled) => ({ events, shuffled }));
  });
const ORDER = { kind: "order", value: "48192" };
const comparable = (timeline: ReturnType<typeof stitch>) =>
  timeline.rows.map((row) => [
    row.event.id,
    row.why.map((join) => [join.key, join.rule, join.foundIn, join.throughEvent]),
  ]);

describe("stitchTimeline, for any estate", () => {
  it("gives the same rows and reasons for any input order, repeats and page sizes", () => {
    fc.assert(
      fc.property(estate, fc.integer({ min: 1, max: 7 }), ({ events, shuffled }, pageSize) => {
        const pages = [];
        for (let i = 0; i < shuffled.length; i += pageSize) pages.push(readBy(ORDER, shuffled.slice(i, i + pageSize)));
        const once = stitch([ORDER], readBy(ORDER, events));
        const paged = stitch([ORDER], ...pages, ...pages.slice(0, 2));
        expect(comparable(paged)).toEqual(comparable(once));
      }),
      { numRuns: 150 },
    );
  });

  it("shows no row that names only others, unless it is on the way up from an own row", () => {
    fc.assert(
      fc.property(estate, ({ events }) => {
        const timeline = stitch([ORDER], readBy(ORDER, events));
        for (const row of timeline.rows) {
          const orders = row.sightings.filter((s) => s.key.kind === "order").map((s) => s.key.value);
          if (orders.length === 0 || orders.includes("48192")) continue;
          expect(row.why.at(-1)?.foundIn).toBe("above a joined span");
        }
      }),
      { numRuns: 150 },
    );
  });

  it("explains every row by a chain that starts at the asked key, through rows that are there", () => {
    fc.assert(
      fc.property(estate, ({ events }) => {
        const timeline = stitch([ORDER], readBy(ORDER, events));
        const present = new Set(timeline.rows.map((row) => row.event.id));
        for (const row of timeline.rows) {
          expect(row.why[0]?.key).toEqual(ORDER);
          for (const join of row.why)
            if (join.throughEvent !== undefined) expect(present.has(join.throughEvent)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("never loses a row because another source answered too", () => {
    fc.assert(
      fc.property(estate, ({ events }) => {
        const lines = readBy(
          ORDER,
          events.filter((event) => event.kind === "log"),
        );
        const spans = readBy(
          ORDER,
          events.filter((event) => event.kind === "span"),
        );
        const own = (timeline: ReturnType<typeof stitch>) =>
          timeline.rows.filter((row) => row.sightings.some((s) => s.key.value === "48192")).map((row) => row.event.id);
        const both = new Set(own(stitch([ORDER], lines, spans)));
        for (const id of [...own(stitch([ORDER], lines)), ...own(stitch([ORDER], spans))])
          expect(both.has(id)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

/** Requests through several hosts, with the exception of some of them in up to three sources, and polling lines. */
const requestSpec = fc.record({
  hops: fc.array(fc.constantFrom("node-a", "node-b", "node-c"), { minLength: 1, maxLength: 5 }),
  seenIn: fc.subarray(["loki", "tempo", "sentry"] as const),
  polls: fc.nat(4),
});
type RequestSpec = typeof requestSpec extends fc.Arbitrary<infer T> ? T : never;
const skews = fc.record({
  "node-a": fc.constant(0),
  "node-b": fc.integer({ min: -300_000, max: 300_000 }),
  "node-c": fc.integer({ min: -300_000, max: 300_000 }),
});
/** Zero, or more than the 5 ms that a call leaves open. */
const clearSkews = fc.record({
  "node-a": fc.constantFrom(0, -45_000),
  "node-b": fc.constantFrom(0, -300_000, -60_000, -200, 240_000),
  "node-c": fc.constantFrom(0, -290_000, -60_000, 1_000, 250_000),
});
type Skews = Readonly<Record<string, number>>;
const NO_SKEW: Skews = {};

/** Each hop is a client span and, nested with 5 ms to each side, the server span of the next host. */
function requests(specs: readonly RequestSpec[], skew: Skews): TimelineEvent[] {
  return specs.flatMap(({ hops, seenIn, polls }, trace) => {
    const hosts = ["node-a", ...hops].flatMap((host, n) => (n === 0 ? [host] : [host, host])).slice(0, -1);
    const spans = hosts.map((host, n) => {
      const fromMs = trace * 1000 + n * 5;
      const ownClock = (ms: number) => at(ms + (skew[host] ?? 0));
      return aSpan(trace, n, {
        spanKind: n % 2 === 0 ? "client" : "server",
        ...(n === 0 ? {} : { parent: n - 1 }),
        rawService: `service-of-${host}`,
        title: `step ${host}`,
        happenedAtNs: ownClock(fromMs),
        endedAtNs: ownClock(fromMs + 200 - n * 10),
        attributes: { "order.id": "48192", "resource.host.name": host },
      });
    });
    const deepest = spans.at(-1);
    const host = hosts.at(-1) ?? "";
    const ms = trace * 1000 + 60 + (skew[host] ?? 0);
    const line = (n: number, over: Partial<TimelineEvent>) =>
      aLine(ms + n, `order 48192, attempt ${n}`, {
        id: `line-${trace}-${n}`,
        rawService: `service-of-${host}`,
        attributes: { host_name: host },
        ...over,
      });
    const inSpan = { trace_id: traceId(trace), span_id: deepest?.span?.spanId ?? "" };
    const failed = line(1, {
      outcome: "error",
      severity: "error",
      attributes: { ...inSpan, "error.type": "SchemaError", "error.message": "unknown value" },
    });
    return [
      ...spans,
      ...(deepest && seenIn.includes("tempo")
        ? [{ ...anException("tempo/main", ms, { span: deepest, message: "unknown value" }), id: `tempo-${trace}` }]
        : []),
      ...(deepest && seenIn.includes("sentry")
        ? [
            {
              ...anException("sentry/main", ms + 2, { span: deepest, message: "unknown value" }),
              id: `sentry-${trace}`,
            },
          ]
        : []),
      ...(seenIn.includes("loki") ? [failed] : []),
      ...Array.from({ length: polls }, (_, n) => line(n + 10, {})),
    ];
  });
}

const manyRequests = fc.array(requestSpec, { minLength: 1, maxLength: 5 });
const whole = (timeline: ReturnType<typeof stitch>) =>
  timeline.rows.map(({ event, orderNs, causal, clock, partOf, part, lastAtNs, seenIn, count }) => [
    event.id,
    orderNs,
    causal,
    clock && `${clock.state} ${clock.offsetNs} ${clock.host} ${clock.reference} ${clock.pairs}`,
    partOf,
    part,
    lastAtNs,
    seenIn,
    count,
  ]);
/** Parent and child, of spans and of what was written inside them. */
const parentsOf = ({ rows }: ReturnType<typeof stitch>) => {
  const spans = new Map(
    rows.map((row) => [row.event.kind === "span" ? spanKey(row, row.event.span?.spanId) : "", row]),
  );
  return rows.flatMap((row) => {
    const parent = spans.get(spanKey(row, row.event.span?.parentSpanId ?? row.event.attributes.span_id));
    return parent && parent !== row ? [[parent, row] as const] : [];
  });
};
const spanKey = ({ event }: TimelineRow, spanId: unknown) =>
  `${event.span?.traceId ?? event.attributes.trace_id}/${String(spanId)}`;

describe("facts, clocks and order, for any requests", () => {
  it("are the same for any input order, repeats, page sizes and order of sources", () => {
    fc.assert(
      fc.property(manyRequests, skews, fc.integer({ min: 1, max: 7 }), fc.nat(), (specs, skew, size, seed) => {
        const events = requests(specs, skew);
        const mixed = [...events].sort((a, b) => hash(a.id, seed) - hash(b.id, seed));
        const pages = [];
        for (let i = 0; i < mixed.length; i += size) pages.push(readBy(ORDER, mixed.slice(i, i + size)));
        expect(whole(stitch([ORDER], ...pages, ...pages.slice(0, 2)))).toEqual(
          whole(stitch([ORDER], readBy(ORDER, events))),
        );
      }),
      { numRuns: 150 },
    );
  });

  it("lose nothing: counts add up, parts name a row that stands for itself, and sources are united", () => {
    fc.assert(
      fc.property(manyRequests, skews, (specs, skew) => {
        const events = requests(specs, skew);
        const { rows, records, leftOut } = stitch([ORDER], readBy(ORDER, events));
        const heads = rows.filter((row) => row.partOf === undefined);
        expect(records).toBe(events.length);
        expect(rows.length + leftOut).toBe(records);
        expect(heads.reduce((sum, row) => sum + row.count, 0)).toBe(rows.length);
        for (const head of heads) {
          const members = [head, ...rows.filter((row) => row.partOf === head.event.id)];
          expect(members).toHaveLength(head.count);
          expect(new Set(head.seenIn)).toEqual(new Set(members.map((row) => row.event.source.split("/")[0])));
          expect(head.seenIn[0]).toBe(head.event.source.split("/")[0]);
        }
        const headIds = new Set(heads.map((row) => row.event.id));
        for (const row of rows) if (row.partOf !== undefined) expect(headIds.has(row.partOf)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("make one row of each exception, whoever saw it, and of no two exceptions", () => {
    fc.assert(
      fc.property(manyRequests, skews, (specs, skew) => {
        const { rows } = stitch([ORDER], readBy(ORDER, requests(specs, skew)));
        const errors = rows.filter((row) => row.event.outcome === "error" && row.part !== "same-fact");
        expect(errors).toHaveLength(specs.filter(({ seenIn }) => seenIn.length > 0).length);
      }),
      { numRuns: 150 },
    );
  });

  it("keep every record when a source answers too", () => {
    fc.assert(
      fc.property(manyRequests, skews, fc.constantFrom("loki", "tempo", "sentry"), (specs, skew, late) => {
        const events = requests(specs, skew);
        const early = events.filter((event) => !event.source.startsWith(late));
        const all = new Set(stitch([ORDER], readBy(ORDER, events)).rows.map((row) => row.event.id));
        for (const row of stitch([ORDER], readBy(ORDER, early)).rows) expect(all.has(row.event.id)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("leave no child before its parent, whatever the clocks say", () => {
    fc.assert(
      fc.property(manyRequests, skews, (specs, skew) => {
        const timeline = stitch([ORDER], readBy(ORDER, requests(specs, skew)));
        const places = new Map(timeline.rows.map((row, place) => [row, place]));
        for (const [parent, child] of parentsOf(timeline)) {
          expect(child.orderNs >= parent.orderNs).toBe(true);
          expect(places.get(child)).toBeGreaterThan(places.get(parent) ?? Infinity);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("put spans and lines where true clocks would have put them", () => {
    fc.assert(
      fc.property(manyRequests, clearSkews, (specs, skew) => {
        const inTime = (by: Skews) => {
          const { rows } = stitch([ORDER], readBy(ORDER, requests(specs, by)));
          const kept = rows.filter((row) => row.event.source !== "sentry/main");
          const first = kept.find((row) => row.event.id === "span-0-0");
          return kept.map((row) => [row.event.id, BigInt(row.orderNs) - BigInt(first?.orderNs ?? 0)]);
        };
        expect(inTime(skew)).toEqual(inTime(NO_SKEW));
      }),
      { numRuns: 150 },
    );
  });
});

function hash(text: string, seed: number): number {
  let value = seed | 0;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}
