import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { aLine, aSpan, readBy, stitch, traceId } from "./testing/an-estate";

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
