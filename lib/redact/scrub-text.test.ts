import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPseudonymizer } from "./pseudonym";
import { CUT, scrubText, WITHHELD } from "./scrub-text";

const pseudonyms = createPseudonymizer(Buffer.alloc(32, 7));
const scrub = (text: string) => scrubText(text, pseudonyms);

describe("scrubText", () => {
  it.each([
    ["e-mail", "mail ada.l@shop.example now", "ada.l@shop.example"],
    ["encoded e-mail", "to=ada%40shop.example", "ada%40shop.example"],
    ["e-mail as entity", "ada&#64;shop.example", "ada&#64;shop.example"],
    ["card number (Visa test)", "card 4111 1111 1111 1111 ok", "4111 1111 1111 1111"],
    ["card number without spaces", "pan:5500005555555559", "5500005555555559"],
    ["IBAN (standard example)", "iban GB82 WEST 1234 5698 7654 32", "1234 5698 7654"],
    ["JWT", "auth eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcDEF123", "eyJhbGciOiJIUzI1NiJ9"],
    ["bearer token", "Authorization: Bearer abcdef0123456789", "abcdef0123456789"],
    ["password pair", 'login password="hunter2" ok', "hunter2"],
    ["JSON secret", '{"api_key":"k-123-456"}', "k-123-456"],
    ["cookie", "cookie: sid=deadbeefcafe", "deadbeefcafe"],
    ["URL credentials", "GET https://bob:s3cret@host/x", "s3cret"],
    ["URL query", "GET https://host/x?sig=abc123&mail=1", "abc123"],
    ["AWS key", "id AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"],
    ["IPv4", "from 203.0.113.77 to", "203.0.113.77"],
    ["IPv6", "from 2001:db8::8a2e:370:7334 to", "2001:db8::8a2e:370:7334"],
    ["phone", "call +49 151 2345 6789", "151 2345 6789"],
  ])("takes out: %s", (_name, text, hidden) => {
    expect(scrub(text)).not.toContain(hidden);
  });

  it.each([
    "trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7",
    "order #48192 saved in 390ms at 2026-11-23T15:14:04.510Z",
    "da1e7d99-0a1b-4c2d-8e3f-000000000001",
    "at 1795446843120345678 took 12.5 ms, version 1.2.3",
    "GET /orders/48192/status 500",
    "SchemaError: shippingMethod: expected standard | express",
    "12:14:03 worker-17 retry 3/5",
    "Released status-api@2.14.0 and @scope/package@1.0.0-rc.1",
  ])("leaves alone: %s", (text) => {
    expect(scrub(text)).toBe(text);
  });

  it("gives one person one pseudonym, however the address is written", () => {
    expect(scrub("Ada.L@shop.example")).toBe(scrub("ada.l@shop.example"));
  });

  it("withholds a text with a private key whole", () => {
    expect(scrub("x -----BEGIN RSA PRIVATE KEY----- y")).toBe(WITHHELD);
  });

  it("never lets a planted address through, wherever it stands", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
        expect(scrub(`${before} zq.person@hidden.example ${after}`)).not.toContain("zq.person@hidden.example");
      }),
    );
  });

  it("gives one person one pseudonym, however the address is encoded", () => {
    const plain = scrub("ada@shop.example");
    for (const text of ["ada%40shop.example", "ada&#64;shop.example", "ad\u200ba@shop.example", "ADA@SHOP.EXAMPLE"]) {
      expect(scrub(text)).toBe(plain);
    }
    expect(scrub("+1 415 555 2671")).toBe(scrub("+14155552671"));
  });

  it("gives back what it does not change exactly as it was, invisible characters and colours included", () => {
    const text = "a\u200bb \u001b[31mred\u001b[0m 100%25 &amp; ｆｕｌｌ";
    expect(scrub(text)).toBe(text);
    expect(scrub(`${text} ada@shop.example`)).toMatch(/^a\u200bb \u001b\[31mred.*ｆｕｌｌ email·/u);
  });

  it("never passes what lies behind the cap, and no half of a value before it", () => {
    const behind = scrub(`${"x y ".repeat(16_384)}ada@shop.example tail`);
    expect(behind).toBe(`${"x y ".repeat(16_384).trimEnd()}${CUT}`);
    const across = scrub(`${"x".repeat(65_530)} ada@shop.example tail`);
    expect(across).toBe(`${"x".repeat(65_530)}${CUT}`);
    expect(scrub(`${"x".repeat(65_530)}ada@shop.example`)).toBe(`${"x".repeat(65_024)}${CUT}`);
  });

  it("withholds a text that it cannot read to its end", () => {
    expect(scrub(`%${"25".repeat(9)}41`)).toBe(WITHHELD);
  });

  it("withholds a text when anything fails on the way", () => {
    const failing = {
      pseudonym: () => {
        throw new Error("no key");
      },
    };
    expect(scrubText("ada@shop.example", failing)).toBe(WITHHELD);
  });

  it("withholds a text in which something is found after scrubbing", () => {
    expect(scrubText("ada@shop.example", { pseudonym: () => "bob@shop.example" })).toBe(WITHHELD);
  });

  it("leaves personal values, never secrets, when a reveal opened them", () => {
    expect(scrubText("ada@shop.example password=hunter2", pseudonyms, { keep: "personal" })).toBe(
      "ada@shop.example password=[secret]",
    );
    expect(scrubText("Ada", pseudonyms, { keep: "personal", name: "x.firstName" })).toBe("Ada");
  });

  it("withholds a text with a private key whole, whatever else is found in it", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nMIIzq\n-----END PRIVATE KEY-----";
    expect(scrub(`mail ada@shop.example ${key} or bob@shop.example`)).toBe(WITHHELD);
  });

  it("takes what is encoded for a secret when any of it is one, whatever a reveal opened", () => {
    const encoded = (text: string) => Buffer.from(text).toString("base64");
    const told = (text: string) => scrubText(`see ${encoded(text)} there`, pseudonyms, { keep: "personal" });
    for (const text of ["ada@shop.example password=hunter2", "password=hunter2 from ada@shop.example"])
      expect([text, told(text).includes(encoded(text).slice(0, 12))]).toEqual([text, false]);
    expect(told("written by ada@shop.example")).toContain(encoded("written by ada@shop.example"));
  });

  it("takes a value for a person's when its name says so", () => {
    expect(scrubText("Ada", pseudonyms, { name: "payload.buyer.firstName" })).toMatch(/^person·/);
    expect(scrubText("-", pseudonyms, { name: "payload.buyer.firstName" })).toBe("-");
    expect(scrubText("Ada", pseudonyms, { name: "payload.buyer.plan" })).toBe("Ada");
  });

  it("takes overlapping findings as one, and a secret in them closes all", () => {
    expect(scrub("token=ada@shop.example ok")).toBe("token=[secret] ok");
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof scrub(text) === "string"));
  });
});
