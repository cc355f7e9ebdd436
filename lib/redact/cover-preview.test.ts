/** Part by part: what a draft would show of an incident never tells its author a value that they may not read. */
import { describe, expect, it } from "vitest";
import { EventView, type WhyStep } from "@/lib/contract/event-view";
import { TimelineAnswer, type FindingView } from "@/lib/contract/timeline-answer";
import { coverPreview } from "./cover-preview";

const STUB = "Details are not shared with your role.";
const WHY: WhyStep = { keyKind: "order", rule: "order id", confidence: "exact", source: "loki" };

function aRow(over: Partial<EventView> = {}): EventView {
  return EventView.parse({
    ...{ id: "row-1", orderKey: "1", kind: "log", happenedAt: "2026-11-23T15:14:03.120345678Z" },
    ...{ happenedAtNs: "1795446843120345678", service: "order service", environment: "production" },
    ...{ actor: { kind: "service" }, severity: "info", outcome: "ok", title: "Saved.", sentence: "Saved." },
    ...{ attributes: {}, keys: [], source: "loki", links: [], why: [WHY], context: false, seenIn: ["loki"], count: 1 },
    ...over,
  });
}

function anAnswer(over: Partial<TimelineAnswer> = {}): TimelineAnswer {
  return TimelineAnswer.parse({
    query: {
      ...{ keys: ["order:48192"], from: "2026-11-23T15:00:00Z", to: "2026-11-23T16:00:00Z", role: "admin" },
      ...{ policyVersion: "test", policyHash: "0", hidden: [], revealed: [], shared: false, abilities: [] },
    },
    completeness: { state: "complete", answered: 1, connected: 1, losses: 0, notes: 0, sentence: "All answered." },
    ...{ events: [], parts: [], gaps: [], keys: [], edges: [], services: [], calls: [], findings: [], unlinks: [] },
    ...{ reveals: [], metrics: [], sources: [] },
    stats: { shown: 0, parts: 0, withheld: 0, records: 0, leftOut: 0, foreign: 0, complete: true, elapsedMs: 1 },
    ...over,
  });
}

const display = (name: string) => (name === "order-api" ? "order service" : "a service");
const cover = (draft: Partial<TimelineAnswer>, own: Partial<TimelineAnswer>) =>
  TimelineAnswer.parse(coverPreview(anAnswer(draft), anAnswer(own), display));
const coverOf = (draft: Partial<EventView>, own: Partial<EventView> = {}) => {
  const [row] = cover({ events: [aRow(draft)] }, { events: [aRow(own)] }).events;
  if (!row) throw new Error("the row is gone");
  return row;
};

describe("the words of a row", () => {
  it("stay when the reader reads the same, and become placeholders when not", () => {
    expect(coverOf({ title: "Saved." }).title).toBe("Saved.");
    expect(coverOf({ title: "zq raw", sentence: "zq said" })).toMatchObject({
      title: "‹text shown›",
      sentence: "‹sentence shown›",
    });
    expect(coverOf({ kind: "error", title: "zq raw" }, { kind: "error" }).title).toBe("‹code shown›");
    expect(coverOf({ title: "zq", sentence: "zq" }).title).toBe("‹sentence shown›");
  });

  it("are the words of a stub where the draft makes it one, and the row counts as withheld", () => {
    const covered = cover({ events: [aRow({ title: STUB, sentence: STUB })] }, { events: [aRow()] });
    expect(covered.events[0]).toMatchObject({ title: STUB, sentence: STUB });
    expect(covered.stats).toMatchObject({ shown: 1, withheld: 1 });
    expect(cover({ events: [aRow()] }, { events: [aRow()] }).stats.withheld).toBe(0);
  });

  it("in full are there only where the draft shows them, and only as the reader has them", () => {
    expect(coverOf({ text: "zq in full" })).toMatchObject({ text: "‹text scrubbed›" });
    expect(coverOf({ text: "same" }, { text: "same" }).text).toBe("same");
    expect(coverOf({}, { text: "mine" })).not.toHaveProperty("text");
  });
});

describe("the fields of a row", () => {
  const zq = { value: "zq", class: "personal", treatment: "show" } as const;

  it("keep what the reader reads too: the same value, or anything made of what they read as it is", () => {
    const attributes = (draft: object, own?: object) =>
      coverOf({ attributes: { a: draft as never } }, own ? { attributes: { a: own as never } } : {}).attributes["a"];
    expect(attributes(zq)?.value).toBe("‹personal shown›");
    expect(attributes(zq, { ...zq, value: "•••", treatment: "mask" })?.value).toBe("‹personal shown›");
    expect(attributes({ ...zq, treatment: "mask" }, { ...zq, treatment: "scrub" })?.value).toBe("zq");
    expect(attributes({ ...zq, value: "•••", treatment: "mask" }, zq)?.value).toBe("•••");
  });

  it("name the service and the environment only when the reader may", () => {
    expect(coverOf({ service: "zqinternal" }).service).toBe("‹service shown›");
    expect(coverOf({ service: "order service" }, { service: "order-api" }).service).toBe("order service");
    expect(coverOf({ service: "a service" }, { service: null }).service).toBe("a service");
    expect(coverOf({ service: null }).service).toBeNull();
    expect(coverOf({ environment: "zqstage" }).environment).toBeNull();
    expect(coverOf({}).environment).toBe("production");
  });

  it("say which kinds of ids there are, without the ids", () => {
    const order = { kind: "order", value: "48192" };
    const account = { kind: "account", value: "acct_zq" };
    const covered = coverOf({ keys: [order, account] }, { keys: [order, { kind: "order", value: "acct_zq" }] });
    expect(covered.keys).toEqual([order, { kind: "account", value: "‹account id shown›" }]);
  });

  it("tell infrastructure only where it is the reader's own", () => {
    const places = { sourceId: "loki/zq", durationNs: "5", observedAt: "2026-11-23T15:14:04Z" };
    const span = { traceId: "a", spanId: "b", spanKind: "server" };
    const links = [{ label: "Grafana", url: "https://grafana.example/zq" }];
    const hidden = coverOf({ ...places, span, links });
    expect(hidden.sourceId).toBe("‹source shown›");
    expect(hidden.links).toEqual([]);
    for (const field of ["durationNs", "observedAt", "span"]) expect(hidden).not.toHaveProperty(field);
    expect(coverOf({ ...places, span, links }, { ...places, span, links })).toMatchObject({ ...places, span, links });
    const other = { durationNs: "6", observedAt: "2026-11-23T15:14:05Z", span: { ...span, spanId: "c" } };
    for (const field of ["durationNs", "observedAt", "span"]) {
      expect(coverOf({ ...places, span }, other)).not.toHaveProperty(field);
      expect(coverOf({}, { ...places, span })).not.toHaveProperty(field);
    }
    expect(coverOf({}, places)).not.toHaveProperty("sourceId");
  });

  it("keep the place in the order of things, and the clock without its hosts", () => {
    const clock = {
      state: "corrected",
      correctedAt: "x",
      correctedAtNs: "1".repeat(19),
      offsetNs: "5",
      pairs: 2,
    } as const;
    const place = { partOf: "row-0", part: "repeat", lastAt: "y", causal: true } as const;
    const covered = coverOf({}, { ...place, clock: { ...clock, host: "zqhost", reference: "zqother" } });
    expect(covered).toMatchObject(place);
    expect(covered.clock).toEqual(clock);
    for (const field of [...Object.keys(place), "clock"]) expect(coverOf({})).not.toHaveProperty(field);
  });
});

describe("why a row is there", () => {
  const chain = {
    ...{ key: "order:48192", throughEvent: "row-0", foundIn: "order.id", sourceId: "loki/zq" },
    query: { language: "LogQL", text: "{zq}", url: "https://zq.example" },
  } as const;

  it("is told in full to those who are told it anyway", () => {
    const why = [{ ...WHY, ...chain }];
    expect(coverOf({ why }, { why }).why).toEqual(why);
  });

  it("is told as a rule and a placeholder to those who are not", () => {
    const [step] = coverOf({ why: [{ ...WHY, ...chain }] }).why;
    const query = { language: "LogQL", text: "‹query shown›" };
    expect(step).toEqual({ ...WHY, key: "‹order id shown›", query });
    const other = { ...chain, key: "order:7", throughEvent: "row-7", foundIn: "x", sourceId: "loki/x" };
    const mine = { ...WHY, ...other, query: { ...chain.query, text: "{other}" } };
    expect(coverOf({ why: [{ ...WHY, ...chain }] }, { why: [mine] }).why).toEqual([step]);
  });

  it("holds nothing that the draft does not show, though the reader's own chain has it", () => {
    expect(coverOf({ why: [WHY] }, { why: [{ ...WHY, ...chain }] }).why).toEqual([WHY]);
  });
});

describe("what stands beside the rows", () => {
  const row = aRow();
  const unseen = aRow({ id: "row-2" });

  it("is about rows that the reader may know of", () => {
    const covered = cover({ events: [row, unseen], parts: [aRow({ id: "row-3" })] }, { events: [row] });
    expect(covered.events.map(({ id }) => id)).toEqual(["row-1"]);
    expect(covered.parts).toEqual([]);
    expect(cover({ parts: [row] }, { parts: [row] }).parts).toHaveLength(1);
    const repeat = aRow({ title: STUB, sentence: STUB });
    expect(cover({ parts: [repeat] }, { parts: [row] }).stats).toMatchObject({ shown: 0, parts: 1, withheld: 1 });
  });

  it("keeps ids asked for and ids found as the reader has them", () => {
    const key = (value: string) => ({ kind: "order", value, asked: true, followed: true, rows: 1, degree: 0 });
    const ask = (...keys: string[]) => ({ ...anAnswer().query, keys });
    const covered = cover(
      { query: ask("order:1", "order:zq"), keys: [key("1"), key("zq")] },
      { query: ask("order:1", "order:(asked)"), keys: [key("1")] },
    );
    expect(covered.query.keys).toEqual(["order:1", "‹id asked for›"]);
    expect(covered.keys.map(({ value }) => value)).toEqual(["1", "‹order id shown›"]);
  });

  it("names services that the reader may name, by either name, and drops the others", () => {
    const service = (name: string) => ({ name, audience: "product" as const, rows: 1, errors: 0 });
    const named = cover(
      { services: ["order service", "zqbilling", "another service"].map(service) },
      { services: [service("order-api")] },
    );
    expect(named.services.map(({ name }) => name)).toEqual(["order service", "another service"]);
    const byRow = cover({ services: [service("zqbilling")] }, { parts: [aRow({ service: "zqbilling" })] });
    expect(byRow.services).toHaveLength(1);
    expect(
      cover({ services: [service("order service")] }, { parts: [aRow({ service: "order-api" })] }).services,
    ).toHaveLength(1);
  });

  it("tells a finding in full only when it is the reader's own", () => {
    const finding: FindingView = {
      ...{
        kind: "break-point",
        level: "likely",
        sentence: "zq broke.",
        service: "zqbilling",
        events: ["row-1", "row-2"],
      },
      candidates: [{ service: "zqbilling", event: "row-1", evidence: 2 }],
      rejected: [{ event: "row-1", sentence: "zq", reason: "later" }],
      reach: [{ kind: "order", atLeast: 1, atMost: 2 }],
    };
    expect(cover({ findings: [finding] }, { findings: [finding] }).findings).toEqual([finding]);
    const bare = { kind: "break-point", level: "likely", candidates: [], rejected: [], reach: [], events: ["row-1"] };
    expect(cover({ findings: [finding] }, { events: [row] }).findings).toEqual([
      { ...bare, sentence: "‹finding shown›" },
    ]);
    const said = cover({ findings: [finding] }, { events: [aRow({ sentence: "zq broke." })] });
    expect(said.findings).toEqual([{ ...bare, sentence: "zq broke." }]);
    const found = { ...finding, service: "a service" };
    expect(cover({ findings: [finding] }, { findings: [found] }).findings[0]).toMatchObject({ sentence: "zq broke." });
  });

  it("drops gaps, calls and measurements that are not the reader's own, and every name of a source", () => {
    const gap = { reason: "timeout", detail: "No answer.", retryable: true } as const;
    const call = { from: "a", to: "b", calls: 1, errors: 0 };
    const metric = { service: "a", signal: "rate", unit: "requests/s", points: [] } as const;
    const told = { gaps: [gap], calls: [call], metrics: [{ ...metric, points: [] }] };
    expect(cover(told, {})).toMatchObject({ gaps: [], calls: [], metrics: [] });
    expect(cover(told, told)).toMatchObject(told);
    const source = {
      source: "loki",
      sourceId: "loki/zq",
      state: "answered",
      rows: 1,
      fetches: 1,
      elapsedMs: 1,
    } as const;
    const { sourceId: _, ...bare } = source;
    expect(cover({}, { sources: [source] }).sources).toEqual([bare]);
  });
});
