/** The second look: whatever the redactor did, a finished row with something too much in it does not get out. */
import { describe, expect, it } from "vitest";
import type { EventView, WhyStep } from "@/lib/contract/event-view";
import type { PolicyDocument } from "@/lib/domain/policy";
import type { FieldClass, Role, Treatment } from "@/lib/domain/role";
import type { TimelineRow } from "@/lib/domain/stitched-timeline";
import type { EventKind } from "@/lib/domain/timeline-event";
import { DEFAULT_POLICY } from "./policy";
import { redactRow } from "./redact-row";
import { createRedactionContext, type RedactionContext } from "./redaction-context";
import { aCanaryRow } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";
import { verifyView, ViewRefused } from "./verify-view";

const as = (role: Role) => createRedactionContext(redactionSettings(), anAccess(role));

/** A reader of these classes only, of every row. */
function reading(classes: Partial<Record<FieldClass, Treatment>>, grant: "full" | "stub" = "full"): RedactionContext {
  const roles = [{ ...DEFAULT_POLICY.roles[0]!, name: "reader", classes, rows: [{ rows: {}, grant }] }];
  const policy: PolicyDocument = { ...DEFAULT_POLICY, roles };
  return createRedactionContext(redactionSettings(), anAccess("reader", { policy }));
}

/** The field for which a view is refused; undefined when it may go out. `over`: what the redactor did too much. */
function refusedFor(context: RedactionContext, over: Partial<EventView> = {}, row: TimelineRow = aCanaryRow("log")) {
  const view = { ...redactRow(row, "1", context), ...over };
  try {
    verifyView(view, row, context);
    return undefined;
  } catch (error) {
    if (!(error instanceof ViewRefused)) throw error;
    return error.field;
  }
}

const WHY: WhyStep = { keyKind: "order", rule: "order id", confidence: "exact", source: "loki" };
const shown = (fieldClass: FieldClass, treatment: Treatment) => ({
  attributes: { a: { value: "zq", class: fieldClass, treatment } },
});

describe("what the redactor makes", () => {
  it.each(["support", "engineer", "manager", "admin", "vendor"])("passes for %s, in every kind of row", (role) => {
    for (const kind of ["log", "span", "error", "alert", "deploy", "note", "metric-step"] as EventKind[]) {
      expect([kind, refusedFor(as(role), {}, aCanaryRow(kind))]).toEqual([kind, undefined]);
      expect([kind, refusedFor(as(role), {}, aCanaryRow(kind, null))]).toEqual([kind, undefined]);
    }
  });
});

describe("a row that its reader may not know of", () => {
  it("is refused whole", () => {
    const nobody = createRedactionContext(redactionSettings(), anAccess("nobody"));
    expect(refusedFor(nobody)).toBe("row");
  });
});

describe("a row of which only the existence may be known", () => {
  const stub = (over: Partial<EventView>) =>
    refusedFor(reading({ workflow: "show", infrastructure: "show" }, "stub"), over);

  it.each<[string, Partial<EventView>]>([
    ["title", { title: "zq" }],
    ["service", { service: "zq" }],
    ["environment", { environment: "production" }],
    ["actor", { actor: { kind: "staff", name: "zq" } }],
    ["attributes", shown("workflow", "show")],
    ["keys", { keys: [{ kind: "order", value: "1" }] }],
    ["why", { why: [{ ...WHY, key: "order:1" }] }],
    ["why", { why: [WHY, { ...WHY, query: { language: "LogQL", text: "zq" } }] }],
    ["why", { why: [WHY, { ...WHY, foundIn: "zq" }] }],
    ["why", { why: [{ ...WHY, sourceId: "zq" }, WHY] }],
    ["links", { links: [{ label: "a", url: "zq" }] }],
    ["clock", { clock: { ...aClock(), host: "zq" } }],
    ["clock", { clock: { ...aClock(), reference: "zq" } }],
    ["text", { text: "zq" }],
    ["sourceId", { sourceId: "zq" }],
    ["durationNs", { durationNs: "1" }],
  ])("has no %s, even for those who read infrastructure", (field, over) => {
    expect(stub(over)).toBe(field);
  });

  it("names nobody, even for those who read staff", () => {
    const actor = { kind: "staff", name: "zq" } as const;
    expect(refusedFor(reading({ workflow: "show", staff: "show" }, "stub"), { actor })).toBe("actor");
  });

  it("passes without any of that", () => {
    expect(stub({})).toBeUndefined();
    expect(stub({ why: [WHY], clock: aClock() })).toBeUndefined();
  });
});

describe("a row in full", () => {
  it.each<[string, Partial<EventView>]>([
    ["sourceId", { sourceId: "zq" }],
    ["observedAt", { observedAt: "2026-11-23T15:14:03Z" }],
    ["durationNs", { durationNs: "1" }],
    ["links", { links: [{ label: "a", url: "zq" }] }],
    ["clock", { clock: { ...aClock(), host: "zq" } }],
    ["clock", { clock: { ...aClock(), reference: "zq" } }],
    ["service", { service: "zqservice-7001" }],
    ["why.foundIn", { why: [{ ...WHY, foundIn: "order.id" }] }],
    ["why.foundIn", { why: [{ ...WHY, sourceId: "loki/zq" }] }],
  ])("has no %s for those who read no infrastructure", (field, over) => {
    expect(refusedFor(reading({ workflow: "show", text: "scrub" }), over)).toBe(field);
    expect(refusedFor(reading({ workflow: "show", text: "scrub", infrastructure: "show" }), over)).toBeUndefined();
  });

  it("has a clock without hosts for those who read no infrastructure", () => {
    expect(refusedFor(reading({ workflow: "show" }), { clock: aClock() })).toBeUndefined();
  });

  it("names no service to those who read no workflow facts", () => {
    expect(refusedFor(reading({ infrastructure: "show" }), { service: "order service" })).toBe("service");
    expect(refusedFor(reading({}), { service: "another service" })).toBeUndefined();
    expect(refusedFor(reading({}), { service: null })).toBeUndefined();
    const plain = { ...aCanaryRow("log").service!, name: "order service" };
    expect(refusedFor(reading({ workflow: "show" }), {}, aCanaryRow("log", plain))).toBeUndefined();
  });

  it("has text only for those who read some", () => {
    for (const one of ["text", "code", "note"] as const) {
      for (const treatment of ["scrub", "show"] as const) {
        expect([one, refusedFor(reading({ [one]: treatment }), { text: "zq" })]).toEqual([one, undefined]);
      }
      expect([one, refusedFor(reading({ [one]: "template" }), { text: "zq" })]).toEqual([one, "text"]);
    }
    expect(refusedFor(reading({ workflow: "show", infrastructure: "show" }), { text: "zq" })).toBe("text");
  });

  it("has a title of its own only for those who read what titles are made of", () => {
    for (const one of ["text", "code", "infrastructure"] as const) {
      for (const treatment of ["scrub", "show"] as const) {
        expect([one, refusedFor(reading({ [one]: treatment }), { title: "zq" })]).toEqual([one, undefined]);
      }
    }
    expect(refusedFor(reading({ workflow: "show", text: "template" }), { title: "zq" })).toBe("title");
    expect(refusedFor(reading({ note: "show" }), { title: "zq" })).toBe("title");
    expect(refusedFor(reading({ note: "scrub" }), { title: "zq" }, aCanaryRow("note"))).toBeUndefined();
    expect(refusedFor(reading({ note: "template" }), { title: "zq" }, aCanaryRow("note"))).toBe("title");
  });

  it("names who acted only to those who read staff or teams", () => {
    const actor = { kind: "staff", name: "zq" } as const;
    for (const treatment of ["show", "team"] as const)
      expect(refusedFor(reading({ staff: treatment }), { actor })).toBeUndefined();
    expect(refusedFor(reading({ workflow: "show" }), { actor })).toBe("actor");
    expect(refusedFor(reading({ staff: "absent" }), { actor })).toBe("actor");
    expect(refusedFor(reading({}), { actor: { kind: "staff" } })).toBeUndefined();
  });

  it("has a span only for those who read trace ids", () => {
    const span = { traceId: "a", spanId: "b", spanKind: "server" };
    expect(refusedFor(reading({ "telemetry-id": "show" }), { span })).toBeUndefined();
    expect(refusedFor(reading({ "telemetry-id": "pseudonym" }), { span })).toBe("span");
    expect(refusedFor(reading({ infrastructure: "show" }), { span })).toBe("span");
  });

  it("has only values that were treated as the policy says", () => {
    const context = reading({ workflow: "show", personal: "mask", text: "template" });
    expect(refusedFor(context, shown("workflow", "show"))).toBeUndefined();
    expect(refusedFor(context, shown("personal", "mask"))).toBeUndefined();
    expect(refusedFor(context, shown("personal", "show"))).toBe("attributes");
    expect(refusedFor(context, shown("text", "template"))).toBe("attributes");
    expect(refusedFor(context, shown("code", "absent"))).toBe("attributes");
    const both = {
      ...shown("workflow", "show").attributes,
      b: { value: "zq", class: "secret", treatment: "show" } as const,
    };
    expect(refusedFor(context, { attributes: both })).toBe("attributes");
  });

  it("has a query only for those who read code", () => {
    const why = [WHY, { ...WHY, query: { language: "LogQL" as const, text: "zq" } }];
    expect(refusedFor(reading({ code: "scrub" }), { why })).toBeUndefined();
    expect(refusedFor(reading({ code: "show" }), { why })).toBeUndefined();
    expect(refusedFor(reading({ code: "template" }), { why })).toBe("why.query");
  });

  it("has a trace id only for those who read it, and a stand-in for those who get one", () => {
    const trace = (key?: string) => ({ why: [{ ...WHY, keyKind: "trace", ...(key && { key }) }] });
    expect(refusedFor(reading({ "telemetry-id": "show" }), trace("trace:cc"))).toBeUndefined();
    expect(refusedFor(reading({ "telemetry-id": "absent" }), trace("trace:cc"))).toBe("why.key");
    expect(refusedFor(reading({}), trace())).toBeUndefined();
    expect(refusedFor(reading({}), { why: [{ ...WHY, key: "order:1" }] })).toBeUndefined();
    for (const treatment of ["pseudonym", "incident-pseudonym"] as const) {
      expect(refusedFor(reading({ "telemetry-id": treatment }), trace("trace:cc"))).toBe("why.key");
      expect(refusedFor(reading({ "telemetry-id": treatment }), trace("trace:trace·4f2a"))).toBeUndefined();
    }
  });
});

it("never says what it was that it refused", () => {
  expect(() =>
    verifyView(
      { ...redactRow(aCanaryRow("log"), "1", as("support")), text: "zqtext" },
      aCanaryRow("log"),
      as("support"),
    ),
  ).toThrow('the reader may not receive "text"');
});

function aClock() {
  return { state: "corrected" as const, correctedAt: "x", correctedAtNs: "1".repeat(19), offsetNs: "5", pairs: 2 };
}
