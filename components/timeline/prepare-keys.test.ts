import { describe, expect, it } from "vitest";
import type { EdgeView, KeyView } from "@/lib/contract/timeline-answer";
import { prepareKeys, widenWords } from "./prepare-keys";

const aKey = (over: Partial<KeyView>): KeyView => ({
  kind: "order",
  value: "1",
  asked: false,
  followed: true,
  rows: 1,
  degree: 0,
  ...over,
});
const anEdge = (over: Partial<EdgeView>): EdgeView => ({
  from: "order:1",
  to: "trace:a",
  fromKind: "order",
  toKind: "trace",
  rule: "trace id",
  confidence: "exact",
  sources: ["loki"],
  events: ["e1"],
  count: 1,
  ...over,
});

describe("prepareKeys", () => {
  it("puts what was asked first, then where the question stopped, then the busiest", () => {
    const keys = [
      aKey({ value: "quiet" }),
      aKey({ value: "busy", rows: 9 }),
      aKey({ value: "hub", boundary: "hub", followed: false }),
      aKey({ value: "asked", asked: true }),
    ];
    expect(prepareKeys(keys, []).entries.map(({ key }) => key.value)).toEqual(["asked", "hub", "busy", "quiet"]);
  });
  it("gives each key the joins that led to it, the surest first", () => {
    const edges = [anEdge({ confidence: "text", rule: "prose", count: 9 }), anEdge({ rule: "field" })];
    const [entry] = prepareKeys([aKey({ kind: "trace", value: "a" })], edges).entries;
    expect(entry?.reachedBy.map(({ rule }) => rule)).toEqual(["field", "prose"]);
  });
  it("loses no join to a key that the role may not read", () => {
    const { to: _to, ...hidden } = anEdge({});
    expect(prepareKeys([aKey({})], [hidden, anEdge({ to: "account:7" })]).others).toHaveLength(2);
  });
});

describe("widenWords", () => {
  it("says the cost and what it brings, or that this is unknown", () => {
    expect(widenWords({ searches: 4, rows: 1198, keys: 1 })).toBe("4 searches, brings 1,198 rows");
    expect(widenWords({ searches: 1, keys: 1 })).toBe("1 search, brings an unknown number of rows");
    expect(widenWords({ searches: 0, rows: 1, keys: 1 })).toBe("no search, brings 1 row");
  });
});
