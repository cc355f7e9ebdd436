/** Stand-ins: the same thing is recognised again, and nobody gets from a stand-in to what it stands for. */
import { describe, expect, it } from "vitest";
import { createPseudonymizer } from "./pseudonym";
import { createRedactionContext, publicIds } from "./redaction-context";
import { OWN_SERVICE } from "./testing/a-canary-row";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const { pseudonym } = createPseudonymizer(Buffer.alloc(32, 1));

describe("a stand-in", () => {
  it("says the type and nothing of the value, in a form that can be read aloud", () => {
    expect(pseudonym("email", "zq@hidden.example")).toMatch(/^email·[a-z0-9]+(?:-[a-z0-9]+)+$/i);
    const length = pseudonym("email", "a").length;
    expect(pseudonym("email", "a".repeat(500))).toHaveLength(length);
  });

  it("is the same for the same value, however it is spelled, and for every installation with the key", () => {
    const again = createPseudonymizer(Buffer.alloc(32, 1));
    for (const spelled of ["zq@hidden.example", " ZQ@hidden.example ", "ｚq@hidden.example"]) {
      expect(again.pseudonym("email", spelled)).toBe(pseudonym("email", "zq@hidden.example"));
    }
  });

  it("is another one for another value, type, key or incident", () => {
    const all = [
      pseudonym("email", "a"),
      pseudonym("email", "b"),
      pseudonym("phone", "a"),
      pseudonym("email", "a", "i1"),
      pseudonym("email", "a", "i2"),
      createPseudonymizer(Buffer.alloc(32, 2)).pseudonym("email", "a"),
    ].map((one) => one.replace(/^.*·/, ""));
    expect(new Set(all).size).toBe(all.length);
  });

  it("of many values is one each", () => {
    const many = Array.from({ length: 500 }, (_, i) => pseudonym("person", `zq${i}`));
    expect(new Set(many).size).toBe(500);
    const places = [...many[0]!].map((_, at) => new Set(many.map((one) => one.charAt(at))).size);
    // Every character of the digest differs somewhere; the type and the marks between groups do not.
    expect(places.filter((different) => different > 16).length).toBe(
      [...many[0]!.replace(/^.*·/, "")].filter((c) => c !== "-").length,
    );
  });
});

describe("a public id", () => {
  it("is the same for the same record, and tells nothing to those who guess what the record was", () => {
    const [own, other] = [publicIds(Buffer.alloc(32, 1)), publicIds(Buffer.alloc(32, 2))];
    expect(own("fact")).toBe(publicIds(Buffer.alloc(32, 1))("fact"));
    expect(own("fact")).toBe(own("fact"));
    expect(new Set([own("fact"), own("fact2"), other("fact")]).size).toBe(3);
    expect(own("fact")).toMatch(/^[\w-]{16}$/);
  });
});

describe("what a context decides", () => {
  it("shows rows in the scope of the reader by another table than the others", () => {
    const context = createRedactionContext(
      redactionSettings(),
      anAccess("vendor", { granted: new Set([OWN_SERVICE.name]) }),
    );
    expect(context.table(OWN_SERVICE).seesInfrastructure).toBe(true);
    expect(context.table({ ...OWN_SERVICE, name: "other" }).seesInfrastructure).toBe(false);
    expect(context.table(null)).toBe(context.base);
    expect(context.base.seesInfrastructure).toBe(false);
  });

  it("keeps rows from joining unless everybody who looks may know of every row", () => {
    const admits = (access: ReturnType<typeof anAccess>) =>
      createRedactionContext(redactionSettings(), access).admitsEveryRow;
    expect(admits(anAccess("engineer"))).toBe(true);
    expect(admits(anAccess("engineer", { with: ["support"] }))).toBe(true);
    expect(admits(anAccess("stranger"))).toBe(false);
    expect(admits(anAccess("engineer", { with: ["stranger"] }))).toBe(false);
    expect(admits(anAccess("stranger", { with: ["engineer"] }))).toBe(false);
    expect(admits({ ...anAccess("engineer"), lenses: [] })).toBe(false);
  });

  it("stands in for a value everywhere, or in one incident only", () => {
    const of = (incident: string) => createRedactionContext(redactionSettings(), anAccess("vendor", { incident }));
    const told = (treatment: "pseudonym" | "incident-pseudonym") =>
      ["i", "j"].map((one) => of(one).standIn("order", "1", treatment));
    expect(new Set(told("pseudonym")).size).toBe(1);
    expect(new Set(told("incident-pseudonym")).size).toBe(2);
  });

  it("names a service by what the role reads", () => {
    const name = (role: string) => createRedactionContext(redactionSettings(), anAccess(role)).serviceName("zqapi");
    expect(["engineer", "support", "vendor"].map(name)).toEqual(["zqapi", "a service", "another service"]);
  });
});
