import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "./password";

const CHEAP = { N: 1024, r: 8, p: 1 };

describe("passwords", () => {
  it("are hashed at the cost that the hash names", async () => {
    expect(await hashPassword("correct horse battery")).toMatch(/^scrypt\$N=131072,r=8,p=1\$/);
  });

  it("match their own hash only, also one made at another cost", async () => {
    const hash = await hashPassword("correct horse battery", CHEAP);
    expect(await verifyPassword("correct horse battery", hash)).toBe(true);
    expect(await verifyPassword("correct horse batterz", hash)).toBe(false);
  });

  it("hash differently each time", async () => {
    expect(await hashPassword("same password", CHEAP)).not.toBe(await hashPassword("same password", CHEAP));
  });

  it("match however the keyboard composed the accent", async () => {
    expect(await verifyPassword("cafe\u0301 creme", await hashPassword("caf\u00e9 creme", CHEAP))).toBe(true);
  });

  it.each([[null], [""], ["scrypt$N=1024,r=8,p=1$$"], ["plain text"]])("never match the hash %j", async (hash) => {
    expect(await verifyPassword("anything at all", hash)).toBe(false);
  });

  it("refuse a flood instead of hashing all of it at once", async () => {
    const hash = await hashPassword("correct horse battery", CHEAP);
    const flood = await Promise.allSettled(Array.from({ length: 60 }, () => verifyPassword("guess", hash)));
    const refused = flood.filter((answer) => answer.status === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ reason: { code: "overloaded" } });
    expect(await verifyPassword("correct horse battery", hash)).toBe(true);
  });
});
