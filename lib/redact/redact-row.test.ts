/** One row: each part of it for those who may read that part, and for nobody else. */
import { describe, expect, it } from "vitest";
import { EventView } from "@/lib/contract/event-view";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { FieldClass, Role, Treatment } from "@/lib/domain/role";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import { anEpochNs } from "@/lib/domain/testing/an-event";
import type { EventKind } from "@/lib/domain/timeline-event";
import { DEFAULT_POLICY } from "./policy";
import { isStub, isStubSentence, redactRow, sentenceOf, serviceLabel } from "./redact-row";
import { createRedactionContext, type RedactionContext } from "./redaction-context";
import { showsValue } from "./shows-value";
import { aCanaryRow, OWN_SERVICE } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const AT = anEpochNs("1795446843120345678");
const as = (role: Role) => createRedactionContext(redactionSettings(), anAccess(role));

/** A reader of these classes only. */
function reading(
  classes: Partial<Record<FieldClass, Treatment>>,
  revealed: readonly FieldClass[] = [],
): RedactionContext {
  const roles = [
    { ...DEFAULT_POLICY.roles[0]!, name: "reader", classes, rows: [{ rows: {}, grant: "full" as const }] },
  ];
  const policy: PolicyDocument = { ...DEFAULT_POLICY, roles };
  return createRedactionContext(redactionSettings(), anAccess("reader", { policy, revealed }));
}

const shown = (context: RedactionContext, over: Partial<TimelineRow> = {}, kind: EventKind = "log") =>
  EventView.parse(redactRow({ ...aCanaryRow(kind), ...over }, "1", context));
const withEvent = (over: Partial<TimelineRow["event"]>, kind: EventKind = "log") => ({
  event: { ...aCanaryRow(kind).event, ...over },
});

describe("the text of a row", () => {
  it.each<[EventKind, FieldClass]>([
    ["log", "text"],
    ["span", "text"],
    ["error", "code"],
    ["note", "note"],
  ])("of kind %s is read by those who read %s, and by nobody else", (kind, fieldClass) => {
    for (const one of ["text", "code", "note"] as const) {
      const { text } = shown(reading({ [one]: "scrub" }), {}, kind);
      expect([kind, one, text !== undefined]).toEqual([kind, one, one === fieldClass]);
    }
  });

  it("keeps what is personal in it only where a reveal opened that", () => {
    const event = withEvent({ text: "zq@hidden.example left", title: "zq@hidden.example" });
    expect(JSON.stringify(shown(reading({ text: "show" }), event))).not.toContain("hidden.example");
    expect(shown(reading({ text: "scrub" }, ["text"]), event)).toMatchObject({
      ...{ text: "zq@hidden.example left", title: "zq@hidden.example" },
    });
  });

  it("is not there where the record has none", () => {
    const { text: _, ...event } = aCanaryRow("log").event;
    expect(shown(as("engineer"), { event })).not.toHaveProperty("text");
  });
});

describe("the title of a row", () => {
  it.each<[EventKind, readonly FieldClass[]]>([
    ["log", ["text"]],
    ["job-run", ["text"]],
    ["staff-action", ["text"]],
    ["error", ["code"]],
    ["note", ["note"]],
    ["deploy", ["infrastructure"]],
    ["metric-step", ["infrastructure"]],
    ["span", ["infrastructure", "text"]],
    ["alert", ["infrastructure", "text"]],
  ])("of kind %s is read by those who read all of %o; others read the sentence", (kind, classes) => {
    const told = (some: readonly FieldClass[]) =>
      shown(reading({ workflow: "show", ...Object.fromEntries(some.map((one) => [one, "show"])) }), {}, kind).title;
    expect(told(classes)).toBe("zqtitle7020 happened");
    for (const left of classes) {
      expect(told(classes.filter((one) => one !== left))).toBe("Order service did something.");
    }
  });
});

describe("the service of a row", () => {
  it("is named by what the role reads: its name, its listed display name, or not at all", () => {
    const unlisted = { ...OWN_SERVICE, listed: false };
    expect(serviceLabel(OWN_SERVICE, as("engineer"))).toBe("zqservice-7001");
    expect(serviceLabel(OWN_SERVICE, as("support"))).toBe("order service");
    expect(serviceLabel(unlisted, as("support"))).toBe("a service");
    expect(serviceLabel(unlisted, as("vendor"))).toBe("another service");
    expect(serviceLabel(null, as("vendor"))).toBeNull();
  });

  it("is not told by the sentence either", () => {
    expect(sentenceOf(aCanaryRow("log"), as("support"))).toBe("Order service did something.");
    expect(isStubSentence(sentenceOf(aCanaryRow("log"), reading({})))).toBe(true);
    expect(isStubSentence("Order service did something.")).toBe(false);
  });
});

describe("the ids of a row", () => {
  const listed = (context: RedactionContext, ...ids: string[]) => {
    context.listedKeys = new Set(ids) as RedactionContext["listedKeys"];
    return shown(context).keys;
  };

  it("are those that the question reached and the role may read", () => {
    const [order, account] = ["order:70002", "account:acct_zq7003"];
    expect(listed(as("engineer"), order!, account!)).toEqual([
      { kind: "order", value: "70002" },
      { kind: "account", value: "acct_zq7003" },
    ]);
    expect(listed(as("engineer"), account!)).toEqual([{ kind: "account", value: "acct_zq7003" }]);
    expect(listed(as("engineer"))).toEqual([]);
    expect(listed(reading({ "business-id": "show" }), order!, account!)).toEqual([{ kind: "order", value: "70002" }]);
  });

  it("are left out when it is not known which id they belong to", () => {
    const context = as("engineer");
    context.listedKeys = new Set(["order:70002"]);
    expect(shown(context, { keyIds: [] }).keys).toEqual([]);
  });
});

describe("why a row is there", () => {
  const step = (context: RedactionContext, over: object = {}) => {
    const [join] = aCanaryRow("log").why;
    return shown(context, { why: [{ ...join!, ...over }] }).why[0];
  };

  it("names the row that led to it by its public id", () => {
    const context = as("support");
    expect(step(context, { throughEvent: "zqfact" })?.throughEvent).toBe(context.publicId("zqfact"));
    expect(step(context)).not.toHaveProperty("throughEvent");
  });

  it("says where it was found and in which source to those who read infrastructure", () => {
    expect(step(reading({ infrastructure: "show" }))).toMatchObject({
      foundIn: "zqfoundin7028",
      sourceId: "loki/zqsource7029",
    });
    expect(JSON.stringify(step(reading({ text: "show" })))).not.toMatch(/zqfoundin|zqsource/);
    const { key: _, ...keyless } = aCanaryRow("log").why[0]!;
    expect(shown(as("engineer"), { why: [keyless] }).why[0]).toMatchObject({ keyKind: "context" });
    expect(shown(as("engineer"), { why: [keyless] }).why[0]).not.toHaveProperty("key");
  });

  it("holds the query only for those who read everything that can stand in one", () => {
    const all = { code: "scrub", "business-id": "show", "account-id": "show" } as const;
    expect(step(reading(all))?.query).toMatchObject({
      text: '{app="zqquery7030"}',
      url: "https://grafana.example/zqurl7031",
    });
    for (const less of [
      { ...all, code: "template" },
      { ...all, "business-id": "pseudonym" },
      { ...all, "account-id": "mask" },
    ] as const) {
      expect(step(reading(less))).not.toHaveProperty("query");
    }
    expect(step(as("engineer"), { query: { language: "HTTP", text: "GET /" } })?.query).toEqual({
      language: "HTTP",
      text: "GET /",
    });
    expect(step(as("engineer"), { query: undefined })).not.toHaveProperty("query");
  });
});

describe("the place of a row", () => {
  it("is the same for every role: whole, part, repeat, cause and corrected time", () => {
    const over = { partOf: "zqwhole", part: "repeat", lastAtNs: AT, causal: true } as const;
    for (const role of ["support", "engineer", "vendor"]) {
      const view = shown(as(role), over);
      expect(view).toMatchObject({ partOf: as(role).publicId("zqwhole"), part: "repeat", causal: true });
      expect(view.lastAt).toBe("2026-11-23T15:14:03.120345678Z");
      expect(view.clock).toMatchObject({ correctedAt: "2026-11-23T15:14:03.120345683Z", offsetNs: "5", pairs: 2 });
    }
    const plain = shown(as("support"));
    for (const field of ["partOf", "part", "lastAt", "causal"]) expect(plain).not.toHaveProperty(field);
    const { clock: _, ...unclocked } = aCanaryRow("log");
    expect(redactRow(unclocked, "1", as("engineer"))).not.toHaveProperty("clock");
  });

  it("tells hosts, sources, links and durations only to those who read infrastructure", () => {
    const event = withEvent({ endedAtNs: anEpochNs("1795446843120345680"), observedAtNs: AT });
    const view = shown(as("engineer"), event);
    expect(view).toMatchObject({
      durationNs: "2",
      observedAt: "2026-11-23T15:14:03.120345678Z",
      sourceId: "loki/main",
    });
    expect(view.clock).toMatchObject({ host: "zqhost7026", reference: "zqreference7027" });
    expect(view.links).toEqual([{ label: "zqlabel7024", url: "https://grafana.example/zqlink7025" }]);
    const hidden = shown(as("support"), event);
    for (const field of ["durationNs", "observedAt", "sourceId"]) expect(hidden).not.toHaveProperty(field);
    expect(hidden.links).toEqual([]);
    const instant = shown(as("engineer"), withEvent({ endedAtNs: AT }));
    expect(instant.durationNs).toBe("0");
    for (const field of ["durationNs", "observedAt"]) expect(shown(as("engineer"))).not.toHaveProperty(field);
    expect(shown(as("engineer"), withEvent({ endedAtNs: anEpochNs("1795446843120345677") }))).not.toHaveProperty(
      "durationNs",
    );
  });

  it("tells the span and its parent only to those who read trace ids", () => {
    const span = { ...aCanaryRow("log").event.span!, parentSpanId: "zqparent" };
    expect(shown(reading({ "telemetry-id": "show" }), withEvent({ span })).span?.parentSpanId).toBe("zqparent");
    expect(shown(reading({ "telemetry-id": "show" })).span).not.toHaveProperty("parentSpanId");
    expect(shown(reading({ "telemetry-id": "pseudonym" }))).not.toHaveProperty("span");
  });
});

describe("a row of which only the existence may be known", () => {
  it("says why it is there by kinds and rules, and nothing else", () => {
    const view = shown(as("support"), {}, "alert");
    expect(isStub(aCanaryRow("alert"), as("support"))).toBe(true);
    expect(view.why).toEqual([{ keyKind: "trace", rule: "trace id", confidence: "exact", source: "loki" }]);
    const { key: _, ...keyless } = aCanaryRow("alert").why[0]!;
    expect(shown(as("support"), { why: [keyless] }, "alert").why[0]?.keyKind).toBe("context");
    expect(JSON.stringify(view)).not.toContain("zq");
  });
});

describe("whether a value is read in a row", () => {
  const finds = (
    context: RedactionContext,
    value: string | string[],
    over: Partial<TimelineRow> = {},
    kind: EventKind = "log",
  ) => showsValue({ ...aCanaryRow(kind), ...over }, [value].flat(), context);

  it("is true for what stands in its title, its text or a field that the role reads", () => {
    for (const value of ["zqtitle7020", "zqbody7021", "zqcode7010", "70002", "PATCH"]) {
      expect([value, finds(as("engineer"), value)]).toEqual([value, true]);
    }
    expect(finds(as("engineer"), ["nowhere", "PATCH"])).toBe(true);
    expect(finds(as("engineer"), "nowhere")).toBe(false);
  });

  it("is false for what the role does not read, and for what only stands there until it is scrubbed", () => {
    for (const value of ["zqtitle7020", "zqbody7021", "zqcode7010", "zqinfra7008", "zqpersonal7004"]) {
      expect([value, finds(as("support"), value)]).toEqual([value, false]);
    }
    expect(finds(as("support"), "PATCH")).toBe(true);
    const mail = "zq@hidden.example";
    const event = withEvent({ title: mail, text: mail, attributes: { msg: mail } });
    expect(finds(as("engineer"), mail, event)).toBe(false);
    expect(finds(reading({ code: "scrub" }), "zqbody7021")).toBe(false);
  });

  it("is false for a row of which the role does not read everything that its policy grants", () => {
    expect(finds(as("support"), "PATCH", {}, "alert")).toBe(false);
    expect(finds(as("manager"), "PATCH", {}, "alert")).toBe(true);
    const { text: _, ...event } = aCanaryRow("log").event;
    expect(finds(as("engineer"), "zqbody7021", { event })).toBe(false);
  });
});
