import { describe, expect, it } from "vitest";
import type { TimelineEvent } from "@/lib/domain/timeline-event";
import { aLine, anAlert, anException, aSpan, at, context, readBy, stitch, traceId } from "../testing/an-estate";

const ORDER = { kind: "order", value: "48192" };
const UNKNOWN = 'unknown value "express"';

function rowsOf(events: readonly TimelineEvent[], around: readonly TimelineEvent[] = []) {
  return stitch([ORDER], readBy(ORDER, events), context(around)).rows;
}

/** Head → its parts, for rows that stand for others. */
function grouped(events: readonly TimelineEvent[], around: readonly TimelineEvent[] = []) {
  const rows = rowsOf(events, around);
  return Object.fromEntries(
    rows
      .filter((row) => row.count > 1)
      .map((row) => [
        row.event.id,
        rows.filter((part) => part.partOf === row.event.id).map((part) => `${part.event.id} ${part.part}`),
      ]),
  );
}

const span = aSpan(1, 0, { rawService: "status-api", attributes: { "order.id": "48192" }, outcome: "error" });
const inSpan = { trace_id: traceId(1), span_id: span.span!.spanId };
const thrown = anException("tempo/main", 1002, { span, message: UNKNOWN });
const tracked = anException("sentry/main", 1003, { span, message: UNKNOWN });
const logged = aLine(1004, "order document does not match", {
  rawService: "status-api",
  severity: "error",
  outcome: "error",
  attributes: { ...inSpan, "error.type": "SchemaError", "error.message": UNKNOWN },
});

describe("one row per fact", () => {
  it("shows one exception in a line, a span event and the tracker as one row seen in three sources", () => {
    const rows = rowsOf([span, thrown, tracked, logged]);
    expect(rows.filter((row) => !row.partOf).map((row) => [row.event.id, row.count, row.seenIn])).toEqual([
      [span.id, 1, ["tempo"]],
      [logged.id, 3, ["loki", "tempo", "sentry"]],
    ]);
  });

  it("keeps two errors of one span apart when their types differ", () => {
    const other = { ...logged, attributes: { ...inSpan, "error.type": "TimeoutError", "error.message": UNKNOWN } };
    expect(grouped([span, thrown, other])).toEqual({});
  });

  it("keeps an error apart from a line of the same span that does not mention it", () => {
    const other = {
      ...logged,
      attributes: inSpan,
      title: "cache could not be warmed",
      text: "cache could not be warmed",
    };
    expect(grouped([span, thrown, other])).toEqual({});
  });

  it("keeps the same exception of another service apart: it was passed on", () => {
    const caller = aSpan(1, 1, { parent: 0, rawService: "storefront-api" });
    const passedOn = anException("sentry/main", 1003, { span: caller, message: UNKNOWN });
    expect(grouped([span, caller, thrown, passedOn])).toEqual({});
  });

  it("pairs each retry's exception with its own line", () => {
    const again = { ...thrown, id: "thrown-2", happenedAtNs: at(1500) };
    const loggedAgain = { ...logged, id: "logged-2", happenedAtNs: at(1501) };
    expect(grouped([span, thrown, logged, again, loggedAgain])).toEqual({
      [logged.id]: [`${thrown.id} same-fact`],
      "logged-2": ["thrown-2 same-fact"],
    });
  });

  it("needs the same id where no trace is named", () => {
    const tagged = (order: string) =>
      anException("sentry/main", 1003, { message: UNKNOWN, service: "status-api", attributes: { order_id: order } });
    const line = (order: string) => ({
      ...logged,
      attributes: { "error.type": "SchemaError", "error.message": UNKNOWN, order_id: order },
    });
    const both = { kind: "order", value: "48193" };
    const parts = (events: TimelineEvent[]) =>
      stitch([ORDER, both], readBy(undefined, events)).rows.filter((row) => row.partOf).length;
    expect([parts([tagged("48192"), line("48192")]), parts([tagged("48192"), line("48193")])]).toEqual([1, 0]);
  });

  it("shows a line that two log stores hold as one, and a line written twice to one store as two", () => {
    const line = aLine(1, "order 48192 saved");
    const copy = { ...line, id: "copy", source: "loki/internal" as const };
    const twice = { ...line, id: "twice" };
    expect(grouped([line, copy])).toEqual({ copy: ["line-1 same-fact"] });
    expect(grouped([line, twice])).toEqual({});
  });

  it("shows an alert of Prometheus and of Alertmanager as one, with the exact start", () => {
    const evaluated = anAlert("prometheus/main", 0, { endMs: 600_000 });
    const sent = anAlert("alertmanager/main", 14_000, { labels: { replica: "a" } });
    const earlierOne = anAlert("prometheus/main", -900_000, { endMs: -600_000 });
    const line = aLine(1, "order 48192 saved", { rawService: "status-api" });
    expect(grouped([line], [evaluated, sent, earlierOne])).toEqual({ [sent.id]: [`${evaluated.id} same-fact`] });
  });

  it("keeps alerts with a differing label apart", () => {
    const one = anAlert("prometheus/main", 0, { labels: { region: "eu" } });
    const other = anAlert("alertmanager/main", 0, { labels: { region: "us" } });
    const line = aLine(1, "order 48192 saved", { rawService: "status-api" });
    expect(grouped([line], [one, other])).toEqual({});
  });
});

const poll = (n: number, over: Partial<TimelineEvent> = {}) =>
  aLine(n * 1000, `order 48192 polled, attempt ${n}`, { outcome: "error", ...over });

describe("repeats", () => {
  it("stand behind the first, which tells when the last was", () => {
    const [head] = rowsOf([poll(1), poll(2), poll(3)]);
    expect([head?.event.id, head?.count, head?.lastAtNs]).toEqual(["line-1000", 3, at(3000)]);
  });

  it("are not made of two", () => {
    expect(grouped([poll(1), poll(2)])).toEqual({});
  });

  it("end where the outcome changes", () => {
    expect(grouped([poll(1), poll(2), poll(3, { outcome: "ok" }), poll(4), poll(5)])).toEqual({});
  });

  it("end where the status changes", () => {
    const call = (n: number, status: number) =>
      aLine(n, `order 48192 answered ${status}`, { outcome: "error", happenedAtNs: at(n) });
    expect(grouped([call(1, 502), call(2, 502), call(3, 503), call(4, 502)])).toEqual({});
  });

  it("end at a pause of more than five minutes", () => {
    expect(grouped([poll(1), poll(2), poll(303)])).toEqual({});
  });

  it("end where staff acted or a version was deployed", () => {
    const action = aLine(2500, "order 48192 changed by staff", { kind: "staff-action" });
    expect(grouped([poll(1), poll(2), action, poll(3)])).toEqual({});
  });

  it("never hold staff actions", () => {
    expect(grouped([1, 2, 3].map((n) => poll(n, { kind: "staff-action" })))).toEqual({});
  });

  it("never mix two orders of one account", () => {
    const account = { kind: "account", value: "acct_1" };
    const lines = [1, 2, 3, 4].map((n) =>
      aLine(n, "sent", { attributes: { "account.id": "acct_1", "order.id": n % 2 ? "48192" : "48193" } }),
    );
    expect(stitch([account], readBy(account, lines)).rows.filter((row) => row.partOf)).toEqual([]);
  });

  it("of spans stay inside their trace", () => {
    const select = (trace: number, n: number) =>
      aSpan(trace, n, {
        title: "SELECT order",
        ...(n === 0 ? {} : { parent: 0 }),
        attributes: { "order.id": "48192" },
      });
    expect(grouped([select(1, 0), select(2, 0), select(3, 0)])).toEqual({});
    expect(grouped([aSpan(1, 0), select(1, 1), select(1, 2), select(1, 3)])).toEqual({
      "span-1-1": ["span-1-2 repeat", "span-1-3 repeat"],
    });
  });

  it("of a fact bring along the other sources' reports of each", () => {
    const times = [0, 1000, 2000];
    const events = times.flatMap((ms, n) => [
      { ...thrown, id: `thrown-${n}`, happenedAtNs: at(1002 + ms) },
      { ...logged, id: `logged-${n}`, happenedAtNs: at(1004 + ms) },
    ]);
    expect(grouped([span, ...events])).toEqual({
      "logged-0": [
        "thrown-0 same-fact",
        "thrown-1 same-fact",
        "logged-1 repeat",
        "thrown-2 same-fact",
        "logged-2 repeat",
      ],
    });
  });
});
