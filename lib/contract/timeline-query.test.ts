import { describe, expect, it } from "vitest";
import { parseTimelineQuery } from "./timeline-query";

const NOW = Date.parse("2026-11-23T10:20:00Z");
const read = (text: string) => parseTimelineQuery(new URLSearchParams(text), NOW);

describe("parseTimelineQuery", () => {
  it("asks about the last hour unless told otherwise", () => {
    expect(read("key=order:48192")).toEqual({
      keys: [{ kind: "order", value: "48192" }],
      window: { fromNs: "1795425600000000000", toNs: "1795429200000000000" },
      widen: [],
      continuations: new Map(),
      live: false,
    });
  });
  it("brings every spelling of a trace id to one key and drops repeats", () => {
    const id = "4bf92f3577b34da6a3ce929d0e0e4736";
    const asked = read(`key=trace:${id.toUpperCase()}&key=trace:${id}&key=TRACE:0x${id}`);
    expect(asked).toMatchObject({ keys: [{ kind: "trace", value: id }] });
  });
  it("takes one hour before a given end when no start is given", () => {
    expect(read("key=order:1&to=2026-11-20T10:00:00Z")).toMatchObject({
      window: { fromNs: "1795165200000000000", toNs: "1795168800000000000" },
    });
  });
  it.each([
    ["", "key"],
    ["key=48192", "key"],
    ["key=trace:zz", "key"],
    [Array.from({ length: 11 }, (_, at) => `key=order:${String(at)}`).join("&"), "key"],
    ["key=order:1&from=soon", "from"],
    ["key=order:1&to=soon", "to"],
    ["key=order:1&from=now&to=now-1h", "from"],
    ["key=order:1&from=now-31d", "from"],
    ["key=order:1&live=yes", "live"],
    ["key=order:1&live=1&to=2026-11-23T10:00:00Z", "live"],
  ])("names the field that is wrong in %s", (text, field) => {
    expect(read(text)).toMatchObject({ field });
  });
  it("counts how often the rest of a fetch is asked for, and names the field of a token that is none", () => {
    const [one, two] = ["abcdefghijklmnop", "ABCDEFGHIJKLMN_-"];
    const asked = read(`key=order:1&continue=${one}&continue=${two}&continue=${one}`);
    expect(asked).toMatchObject({
      continuations: new Map([
        [one, 2],
        [two, 1],
      ]),
    });
    expect(read("key=order:1&continue=../etc")).toMatchObject({ field: "continue" });
  });
  it("reads keys to widen as it reads keys", () => {
    expect(read("key=order:1&widen=account:acct_1")).toMatchObject({ widen: [{ kind: "account", value: "acct_1" }] });
    expect(read("key=order:1&widen=nonsense")).toMatchObject({ field: "widen" });
  });
});
