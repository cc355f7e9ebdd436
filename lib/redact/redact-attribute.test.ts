/** What is left of one value, for each way in which a policy can treat it. */
import { describe, expect, it } from "vitest";
import type { AttributeView } from "@/lib/contract/event-view";
import { builtInKeyRules } from "@/lib/domain/built-in-key-rules";
import { KeyRule } from "@/lib/domain/key-rule";
import type { FieldClass, Treatment } from "@/lib/domain/role";
import type { Attributes, AttributeValue } from "@/lib/domain/timeline-event";
import { compileKeyRules } from "@/lib/normalize/compile-key-rules";
import { DEFAULT_POLICY } from "./policy";
import { classOfValue } from "./redact-attribute";
import { redactAttributes } from "./redact-attributes";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const CARD = 4_111_111_111_111_111;

/** A reader of these classes, and of what a reveal opened. */
function reading(
  classes: Partial<Record<FieldClass, Treatment>>,
  revealed: readonly FieldClass[] = [],
  incident = "i",
) {
  const roles = [{ ...DEFAULT_POLICY.roles[0]!, name: "reader", classes }];
  const access = anAccess("reader", { policy: { ...DEFAULT_POLICY, roles }, revealed, incident });
  return createRedactionContext(
    redactionSettings({ "pay.seen": "text", "shop.crew.team": "staff", "shop.member": "account-id" }),
    access,
  );
}

function shown(context: ReturnType<typeof reading>, attributes: Attributes): Record<string, AttributeView> {
  const into: Record<string, AttributeView> = {};
  redactAttributes(attributes, context.base, context, into);
  return into;
}

const valueOf = (fieldClass: FieldClass, treatment: Treatment, path: string, value: AttributeValue) =>
  shown(reading({ [fieldClass]: treatment }), { [path]: value })[path]?.value;

describe("a value that is shown", () => {
  it("carries its class and how it was treated", () => {
    const view = shown(reading({ workflow: "show" }), { "http.request.method": "PATCH" });
    expect(view).toEqual({ "http.request.method": { value: "PATCH", class: "workflow", treatment: "show" } });
  });

  it("is itself, when it is no free text", () => {
    expect(valueOf("personal", "show", "user.email", "zq@hidden.example")).toBe("zq@hidden.example");
    expect(valueOf("infrastructure", "show", "http.response.status_code", 503)).toBe(503);
    expect(valueOf("staff", "show", "staff.name", "Pat")).toBe("Pat");
  });

  it("goes through the detectors when it is free text, even where the policy says show", () => {
    for (const treatment of ["show", "scrub"] as const) {
      expect(valueOf("text", treatment, "msg", "mail zq@hidden.example now")).toMatch(/^mail (?!zq@).+ now$/);
      expect(valueOf("code", treatment, "db.statement", "select 'zq@hidden.example'")).not.toContain("zq@");
      expect(valueOf("unknown", treatment, "something.else", "zq@hidden.example")).not.toContain("zq@");
    }
  });

  it("keeps personal values in free text that a reveal opened, and still no secret", () => {
    const context = reading({ text: "scrub" }, ["text"]);
    const told = shown(context, { msg: "zq@hidden.example has password=hunter2zq" })["msg"]?.value;
    expect(told).toContain("zq@hidden.example");
    expect(told).not.toContain("hunter2zq");
  });

  it("holds no password of a connection string, though addresses of hosts stay", () => {
    const host = valueOf("infrastructure", "show", "host.name", "postgres://zq:hunter2zq@10.0.0.7:5432/orders");
    expect(host).not.toContain("hunter2zq");
    expect(host).toContain("10.0.0.7");
  });

  it("holds no card number that arrived as a number", () => {
    expect(valueOf("text", "scrub", "pay.seen", CARD)).toBe("[secret]");
    expect(valueOf("unknown", "scrub", "something.else", CARD)).toBe("[secret]");
    expect(valueOf("unknown", "scrub", "something.else", -CARD)).not.toBe(-CARD);
    expect(valueOf("infrastructure", "show", "http.request.size", CARD)).toBe("[secret]");
  });

  it("keeps numbers and switches that are nobody's", () => {
    expect(valueOf("unknown", "scrub", "something.else", 4_111)).toBe(4_111);
    expect(valueOf("unknown", "scrub", "something.else", 1_795_446_900_000)).toBe(1_795_446_900_000);
    expect(valueOf("unknown", "scrub", "something.else", true)).toBe(true);
  });

  it("is scrubbed by its name too: a name in a field for names", () => {
    expect(valueOf("unknown", "scrub", "payload.password_hint", "zqhunter")).not.toBe("zqhunter");
  });
});

describe("a value that is replaced", () => {
  const standIn = (path: string, value: AttributeValue, fieldClass: FieldClass = "personal", incident = "i") =>
    String(shown(reading({ [fieldClass]: "incident-pseudonym" }, [], incident), { [path]: value })[path]?.value);

  it.each([
    ["user.email", "personal", "email"],
    ["user.phone", "personal", "phone"],
    ["client.ip", "personal", "ip"],
    ["client.address", "personal", "ip"],
    ["user.name", "personal", "person"],
    ["account.id", "account-id", "account"],
    ["shop.member", "account-id", "account"],
    ["order.id", "business-id", "order"],
  ] as const)("says what kind of thing %s was, and not which", (path, fieldClass, kind) => {
    const told = standIn(path, fieldClass === "business-id" ? "70001" : "acct_zq7002", fieldClass);
    expect(told).toContain(kind);
    expect(told).not.toMatch(/zq7002|70001/);
  });

  it("is the same wherever it is seen, or another one in every incident", () => {
    const everywhere = ["i", "j"].map((incident) =>
      shown(reading({ personal: "pseudonym" }, [], incident), { "user.name": "Zqpat" }),
    );
    expect(everywhere[0]).toEqual(everywhere[1]);
    expect(everywhere[0]?.["user.name"]?.treatment).toBe("pseudonym");
    expect(standIn("user.name", "Zqpat", "personal", "i")).not.toBe(standIn("user.name", "Zqpat", "personal", "j"));
  });

  it("keeps only what a person who knows it recognises, when it is masked", () => {
    expect(valueOf("personal", "mask", "user.email", "zq@hidden.example")).toBe("•••@hidden.example");
    expect(valueOf("personal", "mask", "user.phone", "+49 151 2345678")).toBe("•••78");
    expect(valueOf("personal", "mask", "user.phone", "1234567")).toBe("•••67");
    expect(valueOf("personal", "mask", "user.name", "Zqpat")).toBe("•••");
    expect(valueOf("personal", "mask", "user.name", "@zqpat")).toBe("•••");
    expect(valueOf("personal", "mask", "user.name", "room 123456")).toBe("•••");
  });

  it("is a range where it has one, and nothing where it has none", () => {
    const coarse = (value: AttributeValue) => valueOf("infrastructure", "bucket", "host.name", value);
    expect([coarse(503), coarse("204"), coarse("v2.14.0"), coarse("17.2")]).toEqual(["5xx", "2xx", "2.x", "17.x"]);
    for (const value of ["zqhost", "600", "50", "zq 2.14", 7])
      expect([value, coarse(value)]).toEqual([value, undefined]);
  });

  it("is the team instead of the person", () => {
    for (const path of ["staff.team", "staff_team", "agent.team", "actor.team", "operator.team", "shop.crew.team"])
      expect([path, valueOf("staff", "team", path, "Orders team")]).toEqual([path, "Orders team"]);
    expect(valueOf("staff", "team", "staff.name", "Orders team")).toBeUndefined();
    expect(valueOf("staff", "team", "staff", "Zqteam")).toBeUndefined();
  });

  it("is no team that nobody wrote down: a person may stand there", () => {
    for (const value of ["Zqpat Example", "zqpat@hidden.example", 7, true])
      expect([value, valueOf("staff", "team", "staff.team", value)]).toEqual([value, undefined]);
    expect(valueOf("staff", "show", "staff.team", "Zqpat Example")).toBe("Zqpat Example");
  });

  it("is nothing where a sentence stands for it, or where nothing is granted", () => {
    expect(valueOf("text", "template", "msg", "zq")).toBeUndefined();
    expect(valueOf("text", "absent", "msg", "zq")).toBeUndefined();
    expect(shown(reading({}), { msg: "zq", "order.id": "70001", "user.email": "a@zq.example" })).toEqual({});
  });
});

describe("the class of a value", () => {
  const classOf = (path: string, value: AttributeValue) => classOfValue(path, value, reading({}));

  it("is that of the id when one of several rules of the field takes the value for one", () => {
    const narrow = KeyRule.parse({ name: "short order", kind: "order", attributes: ["order.id"], value: "[0-9]{4}" });
    const context = { ...reading({}), keyRules: compileKeyRules([narrow, ...builtInKeyRules()]) };
    expect(context.keyRules.forAttribute("order.id").length).toBeGreaterThan(1);
    expect(classOfValue("order.id", "70001", context)).toBe("business-id");
    expect(classOfValue("order.id", "call me maybe", context)).toBe("unknown");
  });

  it("is unknown when a field for ids or for workflow values holds something else", () => {
    expect([classOf("order.id", "70001"), classOf("order.id", "call me maybe")]).toEqual(["business-id", "unknown"]);
    expect([classOf("http.request.method", "PATCH"), classOf("http.request.method", "zq said")]).toEqual([
      "workflow",
      "unknown",
    ]);
    expect(classOf("user.email", "no address at all")).toBe("personal");
  });
});

describe("structure inside a value", () => {
  it("is taken apart, and each leaf is treated by its own class", () => {
    const context = reading({ workflow: "show", unknown: "scrub" });
    const told = shown(context, {
      payload: '{"level":"info","user":{"email":"zq@hidden.example"},"password":"zqhunter"}',
    });
    expect(told["payload.level"]?.value).toBe("info");
    expect(JSON.stringify(told)).not.toMatch(/hidden\.example|zqhunter/);
  });

  it("of free text stays text for those who read it", () => {
    const told = shown(reading({ text: "scrub" }), { msg: "level=info took=5" });
    expect(Object.keys(told)).toEqual(["msg"]);
  });

  it("is dropped under a name that says too much", () => {
    const context = reading({ unknown: "scrub", personal: "show", workflow: "show" });
    expect(shown(context, { "sent.zq@hidden.example": 1, __proto__x: 1 })).not.toHaveProperty("sent.zq@hidden.example");
    const hostile = JSON.parse('{"__proto__":"zq"}') as Attributes;
    expect(Object.keys(shown(context, hostile))).toEqual([]);
  });
});
