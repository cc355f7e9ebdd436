/** Keys, joins, and what was taken out: each end as the role may read it, or only its kind. */
import { describe, expect, it } from "vitest";
import type { CorrelationKey } from "@/lib/domain/correlation-key";
import type { Role } from "@/lib/domain/role";
import type { KeyEdge, StitchedTimeline, TouchedKey } from "@/lib/domain/stitched-timeline";
import type { StoredUnlink } from "@/lib/domain/stored-unlink";
import { DEFAULT_POLICY } from "./policy";
import { redactEdges, redactKeyList, redactUnlinks } from "./redact-graph";
import { isOpaqueKind, keyReference, redactKey } from "./redact-key";
import { createRedactionContext } from "./redaction-context";
import { anAccess } from "./testing/an-access";
import { redactionSettings } from "./testing/redaction-settings";

const ORDER: CorrelationKey = { kind: "order", value: "70001" };
const ACCOUNT: CorrelationKey = { kind: "account", value: "acct_zq7002" };
const TRACE: CorrelationKey = { kind: "trace", value: "c".repeat(32) };

const as = (role: Role) => createRedactionContext(redactionSettings(), anAccess(role));

/** A reader of nothing at all. */
function nobody() {
  const roles = [{ ...DEFAULT_POLICY.roles[0]!, name: "reader", classes: {} }];
  return createRedactionContext(redactionSettings(), anAccess("reader", { policy: { ...DEFAULT_POLICY, roles } }));
}

function masked() {
  const roles = [{ ...DEFAULT_POLICY.roles[0]!, name: "reader", classes: { "account-id": "mask" as const } }];
  return createRedactionContext(redactionSettings(), anAccess("reader", { policy: { ...DEFAULT_POLICY, roles } }));
}

describe("a key", () => {
  it("is itself, a stand-in that can be asked for, or nothing", () => {
    expect(redactKey(ACCOUNT, as("engineer"))).toEqual(ACCOUNT);
    const manager = as("manager");
    const shown = redactKey(ACCOUNT, manager);
    expect(shown?.value).not.toContain("zq7002");
    expect([...manager.givenOut.values()]).toEqual([ACCOUNT]);
    expect(redactKey(TRACE, as("manager"))).toBeUndefined();
  });

  it("gets a stand-in for one incident only where the policy says so, which nobody can ask for", () => {
    const vendor = as("vendor");
    expect(redactKey(ORDER, vendor)?.value).not.toContain("70001");
    expect(vendor.givenOut.size).toBe(0);
  });

  it("stands in an address as it is only when it is no secret to anybody", () => {
    expect(keyReference(ORDER, as("support"))).toBe("order:70001");
    expect(keyReference(TRACE, as("engineer"))).toBe(`trace:${TRACE.value}`);
    for (const context of [as("engineer"), as("manager"), masked()]) {
      expect(keyReference(ACCOUNT, context)).toMatch(/^account:(?!acct_zq)/);
      expect([...context.givenOut.values()]).toEqual([ACCOUNT]);
    }
    expect(keyReference(ACCOUNT, as("vendor"))).toBeUndefined();
    expect(keyReference(ACCOUNT, nobody())).toBeUndefined();
    expect(["account", "order", "trace"].map((kind) => isOpaqueKind(kind, as("engineer")))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("the list of keys", () => {
  const touched = (key: CorrelationKey, over: Partial<TouchedKey> = {}): TouchedKey => ({
    ...{ id: `${key.kind}:${key.value}`, key, asked: false, followed: true, rows: 2, degree: 1 },
    ...over,
  });
  const searchesOf = (key: CorrelationKey) => (key.kind === "order" ? 3 : 1);
  const list = (role: Role, ...keys: TouchedKey[]) => redactKeyList(keys, searchesOf, as(role));

  it("leaves out keys that the role may not read", () => {
    expect(list("support", touched(ORDER), touched(TRACE)).map(({ kind }) => kind)).toEqual(["order"]);
    expect(list("engineer", touched(ORDER), touched(TRACE))).toHaveLength(2);
  });

  it("says what is a stand-in and how it can be asked for", () => {
    expect(list("engineer", touched(ORDER))[0]).not.toHaveProperty("pseudonym");
    expect(list("engineer", touched(ORDER))[0]?.ref).toBe("order:70001");
    expect(list("vendor", touched(ORDER))[0]).toMatchObject({ pseudonym: true });
    expect(list("vendor", touched(ORDER))[0]).not.toHaveProperty("ref");
  });

  it("says where the question stopped and what going on would cost", () => {
    const boundary = { reason: "hub", keys: 2, searches: [ORDER, ACCOUNT], rows: 9 } as const;
    const [wide, free, open] = list(
      "engineer",
      touched(ORDER, { boundary }),
      touched(ACCOUNT, { boundary: { reason: "hops", keys: 1 } }),
      touched(TRACE),
    );
    expect(wide).toMatchObject({ boundary: "hub", widen: { searches: 4, keys: 2, rows: 9 } });
    expect(free?.widen).toEqual({ searches: 0, keys: 1 });
    expect(open).not.toHaveProperty("boundary");
  });
});

describe("a join", () => {
  const edge = (from: CorrelationKey, to: CorrelationKey, events: readonly string[] = ["e"]): KeyEdge => ({
    ...{ from, to, rule: "order id", confidence: "exact", sources: ["loki"], events },
  });

  it("keeps the kind of an end that the role may not read, and nothing else of it", () => {
    const told = redactEdges([edge(ORDER, TRACE), edge(TRACE, ORDER)], as("support"));
    expect(told).toMatchObject([
      { from: "order:70001", fromKind: "order", toKind: "trace" },
      { to: "order:70001", fromKind: "trace", toKind: "order" },
    ]);
    expect(JSON.stringify(told)).not.toContain("cccc");
    expect([told[0], told[1]].map((one) => [one?.from, one?.to].filter(Boolean).length)).toEqual([1, 1]);
  });

  it("is nothing when the role may read neither end", () => {
    expect(redactEdges([edge(TRACE, TRACE)], as("support"))).toEqual([]);
  });

  it("counts every row and names the first twenty by their public ids", () => {
    const [told] = redactEdges(
      [
        edge(
          ORDER,
          ACCOUNT,
          Array.from({ length: 25 }, (_, i) => `zq${i}`),
        ),
      ],
      as("engineer"),
    );
    expect([told?.count, told?.events.length]).toEqual([25, 20]);
    expect(JSON.stringify(told?.events)).not.toContain("zq1");
  });
});

describe("what a person took out", () => {
  const unlinked = new Map([
    ["account:acct_zq7002", 4],
    ["trace:" + TRACE.value, 1],
  ]);
  const stitched = { unlinked } as unknown as StitchedTimeline;
  const taken = (context: ReturnType<typeof as>, id: string, kind: "row" | "key" = "key") => {
    const one: StoredUnlink = {
      ...{ id: "u1", kind, target: context.publicId(id), by: "Zqpat" },
      ...{ reason: "not zq@hidden.example's", at: new Date("2026-11-23T15:00:00Z") },
    } as StoredUnlink;
    return redactUnlinks([one], stitched, context)[0];
  };

  it("is named as the role reads keys, with the rows that are missing", () => {
    expect(taken(as("engineer"), "account:acct_zq7002")).toMatchObject({ target: "account:acct_zq7002", rows: 4 });
    expect(taken(as("manager"), "account:acct_zq7002")?.target).toMatch(/^account:(?!acct_zq)/);
    expect(taken(as("support"), `trace:${TRACE.value}`)).toMatchObject({ target: "an id", rows: 1 });
    expect(taken(as("engineer"), "account:gone")).toMatchObject({ target: "an id", rows: 0 });
  });

  it("is the public id of a row", () => {
    const context = as("support");
    expect(taken(context, "fact-1", "row")?.target).toBe(context.publicId("fact-1"));
  });

  it("says who and why only to those who read staff and notes, and scrubbed", () => {
    expect(taken(as("engineer"), "x")).toMatchObject({ by: "Zqpat" });
    expect(taken(as("engineer"), "x")?.reason).toMatch(/^not (?!zq@)/);
    expect(taken(as("support"), "x")).toMatchObject({ by: "a person", reason: "" });
  });
});
