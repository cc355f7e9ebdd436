import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { scrubText } from "../scrub-text";
import { DETECTORS } from "./detectors";

const standIns = { pseudonym: (type: string, value: string) => `${type}·${value.length}` };
const scrub = (text: string) => scrubText(text, standIns);

describe("every detector", () => {
  it.each(DETECTORS.map((detector) => [detector.name, detector] as const))(
    "%s keeps to a language without backtracking",
    (_name, { pattern, hint }) => {
      expect(() => RE2JS.compile(pattern.source)).not.toThrow();
      expect(() => RE2JS.compile(hint.source)).not.toThrow();
    },
  );

  it.each(DETECTORS.map((detector) => [detector.name, detector] as const))(
    "%s repeats without bound only where nothing can follow",
    (_name, { pattern, hint }) => {
      for (const { source } of [pattern, hint]) {
        const bare = source.replace(/\\./g, "x").replace(/\[[^\]]*\]/g, "x");
        for (const { index, 0: repeat } of bare.matchAll(/[*+]|\{\d+,\}/g)) {
          expect(bare.slice(index + repeat.length)).toMatch(/^\)*(?:\||$)/);
        }
      }
    },
  );

  it("has a hint that fits whatever its pattern finds", () => {
    expect(DETECTORS.every(({ pattern }) => pattern.global)).toBe(true);
    expect(new Set(DETECTORS.map(({ name }) => name)).size).toBe(DETECTORS.length);
  });
});

describe("near misses stay readable", () => {
  it.each([
    ["a card number with a wrong check digit", "card 4012-8888-8888-1882"],
    ["thirteen digits of no issuer", "number 1748503543012"],
    ["sixteen digits of no issuer, with the right check digit", "number 2000000000000006"],
    ["as many digits as no card of the issuer has, with the right check digit", "number 40000000000002"],
    ["fourteen digits with a wrong check digit", "number 36168002586008"],
    ["one digit again and again", "number 0000000000000000"],
    ["a number inside an id", "ORD-4111111111111111 and 4111111111111111-A and x4111111111111111"],
    ["a part of a longer number", "number 41111111111111111111111"],
    ["an IBAN with a wrong last digit", "iban-like GB82WEST12345698765433"],
    ["an IBAN of no country", "code ZZ82WEST12345698765432"],
    ["a version of four parts", "v1.2.3.4 version=1.2.3.4 build: 10.0.0.7 release 4.3.2.1"],
    ["five numbers with dots", "oid 1.3.6.1.4.1"],
    ["numbers above 255", "300.1.2.3 and 1.2.3.999"],
    ["the machine itself", "127.0.0.1 and 0.0.0.0 and ::1 and ::"],
    ["a package file", "cart-1.2.3.4.jar"],
    ["times and names with colons", "12:34:56 std::string Foo::Bar dead::beef 00:1a:2b:3c:4d:5e"],
    ["an offset of time", "2026-11-23T10:14:03+10:00 and +00:00"],
    ["a difference", "+12345678 bytes, x+14155552671"],
    ["a telephone of no country", "+999 123 456 789"],
    ["a package", "pkg@1.2.3 @scope/pkg@2.0.0-rc.1 lib@v1.2.3.beta"],
    ["a host without a domain", "user@host and @decorator and a@b"],
    ["prose about schemes", "basic authentication failed, bearer of news"],
    ["something like a JWT", "eyJhIjoxfQ.eyJhIjoxfQ.x is no token"],
    ["a count of tokens", "tokens=350 max_tokens: 4096 token_count=3"],
    ["a placeholder", "password=*** token=[REDACTED] secret: <redacted> pwd=${PWD} pin=null"],
    ["words that hold short names", "spinning=1 company=ACME shipping: 3 opinion=none"],
    ["a harmless query", "https://shop.example/x?page=2&limit=10#top"],
    ["a port in front of a path", "http://host:8080/path/a@2"],
    ["a scope operator", "Secret::Manager token::parse"],
    ["a comparison", "if password > 8 and token == null"],
    ["a line of dashes", "-".repeat(6000)],
  ])("%s", (_name, text) => {
    expect(scrub(text)).toBe(text);
  });
});

describe("what goes, and what stays beside it", () => {
  it.each([
    ["mail <ada@shop.example>, now", "mail <email·16>, now"],
    ["mail ada@shop.example.", "mail email·16."],
    ['"ada l"@shop.example wrote', "email·20 wrote"],
    ["'ada@shop.example'", "'email·16'"],
    ["x 4111 1111 1111 1111 05 y", "x [secret] 05 y"],
    ["IBAN GB82 WEST 1234 5698 7654 32 thanks", "IBAN [secret] thanks"],
    ["[2001:db8::1]:443 open", "[ip·11]:443 open"],
    ["Authorization: Bearer zq77abc99 x", "Authorization: Bearer [secret]"],
    ["GET / Authorization: Bearer zq77abc99 x", "GET / Authorization: Bearer [secret] x"],
    ["postgres://app:hunter2@db.example/x", "postgres://[secret]@db.example/x"],
    ["https://shop.example/x?page=2&sig=zq&limit=1", "https://shop.example/x?page=2&sig=[secret]&limit=1"],
    ["/x?sig=a?b&c=d#f", "/x?sig=[secret]?b&c=[secret]#f"],
    ['Proxy-Authorization: Digest username="ada", response="zq"', "Proxy-Authorization: Digest [secret]"],
    ["run --db-password hunter2 --user x", "run --db-password [secret] --user x"],
    ["Map(password -> hunter2)", "Map(password -> [secret])"],
    ["secret_key_base: zq77 pw=zq", "secret_key_base: [secret]"],
    ["x pw=zq y", "x pw=[secret] y"],
    ['password="two words that never end', 'password="[secret]'],
    ["password=[two words that never end", "password=[secret]"],
    ["Cookie: a=1; b=2 GET /", "Cookie: [secret] GET /"],
    ['{"password":"a\\"b","n":1}', '{"password":"[secret]","n":1}'],
    ['{"token":{"a":"b"},"n":1}', '{"token":[secret],"n":1}'],
    ["a: 1\npassword: two words\nb: 2", "a: 1\npassword: [secret]\nb: 2"],
    ["user=x,password=y,host=z", "user=x,password=[secret],host=z"],
    ["run(password=y) done", "run(password=[secret]) done"],
    ['firstName: "Ada", n: 1', 'firstName: "person·3", n: 1'],
    ["tel: 2026-11-23 and phone 0151 2345678", "tel: 2026-11-23 and phone phone·11"],
    ["see YWRhQHNob3AuZXhhbXBsZSBib3VnaHQ= there", "see email·16= there"],
    ["/orders/YWRhQHNob3AuZXhhbXBsZSBib3VnaHQ", "email·16"],
  ])("%s", (text, expected) => {
    expect(scrub(text)).toBe(expected);
  });
});
