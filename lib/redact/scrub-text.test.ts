import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPseudonymizer } from "./pseudonym";
import { scrubText, WITHHELD } from "./scrub-text";

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
});
