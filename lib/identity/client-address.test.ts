import { describe, expect, it } from "vitest";
import { addressOf } from "./client-address";

const PEER = "198.51.100.7";
const from = (forwardedFor: string | null, trustedProxies: number, peer: string | null = PEER) =>
  addressOf({ peer, forwardedFor, trustedProxies });

describe("the address of a client", () => {
  it("is the other end of the connection, whatever a client claims", () => {
    expect(from("203.0.113.9", 0)).toBe(PEER);
    expect(from("203.0.113.9, 127.0.0.1", 0)).toBe(PEER);
  });

  it("is what the outermost trusted proxy saw, not what the client wrote before it", () => {
    expect(from("1.1.1.1, 203.0.113.9", 1)).toBe("203.0.113.9");
    expect(from("1.1.1.1, 203.0.113.9, 10.0.0.2", 2)).toBe("203.0.113.9");
  });

  it("is what the first proxy of ours saw when the request came in behind the outer ones", () => {
    expect(from("203.0.113.9", 3)).toBe("203.0.113.9");
  });

  it.each([[null], [""], ["not an address"], ["203.0.113.9, unknown"]])("is the connection's for %j", (header) => {
    expect(from(header, 1)).toBe(PEER);
  });

  it.each([
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["203.0.113.9:4711", "203.0.113.9"],
    ["[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"],
  ])("of %s counts as %s", (written, address) => {
    expect(from(written, 1)).toBe(address);
  });

  it("is one and the same for all whose address nobody knows", () => {
    expect(from(null, 0, null)).toBe("unknown");
    expect(from(null, 0, "gone")).toBe("unknown");
  });
});
