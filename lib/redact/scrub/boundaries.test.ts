/** Where a finding begins and ends: no part of it stays behind, and no word beside it goes with it. */
import { describe, expect, it } from "vitest";
import { scrubText } from "../scrub-text";
import { encodedRuns } from "./encoded-runs";

const standIns = { pseudonym: (type: string) => `<${type}>` };
const scrub = (text: string) => scrubText(text, standIns);

describe("an address", () => {
  it.each([
    ["zq@hidden.example", "<email>"],
    ["x zq@hidden.example y", "x <email> y"],
    ["'zq@hidden.example'", "'<email>'"],
    ['"zq hidden"@hidden.example left', "<email> left"],
    ["zq@hidden.exämple left", "<email> left"],
    ["(zq.a+b@hidden.example)", "(<email>)"],
    ["-zq@hidden.example", "-<email>"],
  ])("goes whole and alone: %s", (text, left) => {
    expect(scrub(text)).toBe(left);
  });

  it("goes even when its name is longer than a name can be, and the words before it stay", () => {
    expect(scrub(`before ${"z".repeat(60)}@hidden.example after`)).toBe("before <email> after");
    expect(scrub(`before ${"z".repeat(300)}@hidden.example after`)).not.toContain("@hidden");
  });

  it("of a host in a URL stays, and its password goes", () => {
    const told = scrub("GET https://zq:hunter2zq@status.example/orders failed");
    expect(told).not.toMatch(/hunter2zq|zq:/);
    expect(told).toMatch(/status\.example\/orders failed$/);
  });
});

describe("a token", () => {
  const HEADER = Buffer.from('{"alg":"HS256"}').toString("base64url");

  it("goes with all of its parts and nothing after them", () => {
    expect(scrub(`jwt ${HEADER}.eyJzdWIiOiIxIn0.abc-DEF_123= then`)).toMatch(/^jwt \S+ then$/);
    expect(scrub(`jwt ${HEADER}.eyJzdWIiOiIxIn0.abc-DEF_123=`)).not.toMatch(/abc|eyJ/);
    expect(scrub("id AKIAIOSFODNN7EXAMPLE-zqtail then")).toMatch(/^id \S+ then$/);
    expect(scrub("id AKIAIOSFODNN7EXAMPLE-zqtail then")).not.toContain("zqtail");
  });

  it("is none when what stands before the dot has no algorithm, or nothing follows", () => {
    const plain = Buffer.from('{"a":1,"b":"some words here"}').toString("base64url");
    expect(scrub(`x ${plain}.1 y`)).toBe(`x ${plain}.1 y`);
  });
});

describe("an account number", () => {
  it.each([
    ["iban GB82 WEST 1234 5698 7654 32.", "iban <iban>."],
    ["iban GB82-WEST-1234-5698-7654-32 x", "iban <iban> x"],
    ["iban GB82WEST12345698765432", "iban <iban>"],
  ])("goes whole and alone: %s", (text, left) => {
    expect(scrub(text).replace(/<[a-z]+>|\[[a-z ]+\]/, "<iban>")).toBe(left);
  });

  it("is none with other marks inside, two of them, or a digit more", () => {
    for (const text of ["GB82.WEST.1234.5698.7654.32", "GB82WEST123456987654321", "GB82  WEST12345698765432"]) {
      expect([text, scrub(text).includes("GB82")]).toEqual([text, true]);
    }
  });
});

describe("a card", () => {
  it("goes, and the number that follows it stays", () => {
    expect(scrub("card 4111 1111 1111 1111 12 times")).toMatch(/^card \S+ 12 times$/);
    expect(scrub("pan 4111111111111111- then")).not.toContain("4111");
    expect(scrub("x.4111111111111111")).toContain("4111111111111111");
  });
});

describe("an address of a machine", () => {
  it.each([
    "2001:db8::7",
    "2001:db8:1:2:3:4:5:6",
    "::ffff:203.0.113.7",
    "64:ff9b::203.0.113.7",
    "2001:db8:1:2:3:4:203.0.113.7",
    "1::",
  ])("goes: %s", (address) => {
    expect(scrub(`from ${address} to`)).toBe("from <ip> to");
  });

  it.each([
    "1::2::3",
    "2001:db8:1:2:3:4:5",
    "2001:db8:1:2:3:4:5:6:7",
    "12345:db8::7",
    "::ffff:203.0.113",
    "1:2:3:4:5:6:7::8",
    "64:ff9b::1a.2.3.4",
    "2001:db8::2030.1.1.3",
  ])("is none, and at most its numbers go: %s", (text) => {
    expect(scrub(`at ${text} to`)).not.toBe("at <ip> to");
  });

  it("goes beside other marks, and stays as a part of a name or a version", () => {
    expect(scrub("peer=203.0.113.7:443")).toBe("peer=<ip>:443");
    expect(scrub("a-203.0.113.7")).toBe("a-<ip>");
    for (const text of ["x203.0.113.7", "1.203.0.113.7", "203.0.113.7.1", "cart-203.0.113.7-beta"])
      expect(scrub(text)).toBe(text);
  });
});

describe("a telephone number", () => {
  it("has nine to fifteen digits and a country", () => {
    for (const digits of ["+49 151234", "+4915123456789012345"]) expect(scrub(`call ${digits} now`)).toContain("+49");
    for (const number of ["+49 151 23456", "+491512345678901"])
      expect(scrub(`call ${number} now`)).toBe("call <phone> now");
  });
});

describe("what a URL asks", () => {
  it("goes value by value; how a list is shown stays", () => {
    expect(scrub("GET https://host.example/x?page=2&who=zqname&limit=5 ok")).toMatch(/\?page=2&who=\S+&limit=5 ok$/);
    expect(scrub("GET https://host.example/x?who=zqname")).not.toContain("zqname");
    expect(scrub("what ?who=zqname means")).toContain("?who=");
  });
});

describe("a run of digits that stands for text", () => {
  const readings = (text: string) => encodedRuns(text).flatMap((run) => run.readings ?? ["too long"]);
  const WORDS = "zq customer words";

  it("is read in hexadecimal, in base64, and behind a path", () => {
    expect(readings(`x ${Buffer.from(WORDS).toString("hex")} y`)).toEqual([WORDS]);
    expect(readings(`x ${Buffer.from(WORDS, "latin1").toString("hex").toUpperCase()} y`)).toEqual([WORDS]);
    expect(readings(Buffer.from(WORDS).toString("base64"))).toContain(WORDS);
    for (const path of ["/", "/a/", "/ab/", "/abc/"]) {
      expect([
        path,
        readings(path + Buffer.from(WORDS).toString("base64")).some((one) => one.includes("customer")),
      ]).toEqual([path, true]);
    }
    expect(readings(Buffer.from(WORDS, "utf16le").toString("base64"))).toContain(WORDS);
    expect(readings(Buffer.from("größere Wörter für zq").toString("hex"))).toEqual(["größere Wörter für zq"]);
  });

  it("says where it stands", () => {
    const run = Buffer.from(WORDS).toString("hex");
    expect(encodedRuns(`x ${run} y`)).toMatchObject([{ start: 2, end: 2 + run.length }]);
  });

  it("is nothing in commits, trace ids and lines of dashes", () => {
    for (const text of [
      "4bf92f3577b34da6a3ce929d0e0e4736",
      "-".repeat(9_000),
      "da39a3ee5e6b4b0d3255bfef95601890afd80709",
      "abcdefghijklmnopqrstuvwxyz",
      // Reads like words in base64, which has letters of both cases.
      "ckdi".repeat(5),
      "CKDI".repeat(5),
      // Half of it reads like words.
      Buffer.from("zq words").toString("hex") + "8a9bacbdced0e1f2",
    ]) {
      expect(encodedRuns(text)).toEqual([]);
    }
  });

  it("is as good as found when it is too long to look into", () => {
    expect(readings(Buffer.from(WORDS.repeat(600)).toString("base64"))).toEqual(["too long"]);
    expect(readings(Buffer.from(WORDS.repeat(100)).toString("base64"))).not.toContain("too long");
  });
});
