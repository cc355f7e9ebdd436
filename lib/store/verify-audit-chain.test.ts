import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anchorSeal,
  canonicalJson,
  CHAIN_BEGINS,
  chainOnto,
  entryHash,
  GENESIS,
  type ChainedEntry,
} from "./audit-chain";
import { startOfChain, verifyAuditChain, type ChainQuestion } from "./verify-audit-chain";

const KEY = Buffer.alloc(32, 7);
const FORMER = Buffer.alloc(32, 8);

/** What the columns can hold: no half surrogate pairs, no zero characters. */
const word = fc.string({ unit: "grapheme", maxLength: 8 });
const aContent = fc.record({
  atMs: fc.integer({ min: 0, max: 2_000_000_000_000 }),
  actor: word,
  role: word,
  action: word,
  incident: fc.option(word),
  subjects: fc.array(word, { maxLength: 3 }),
  detail: fc.dictionary(word, fc.oneof(word, fc.integer(), fc.boolean(), fc.array(word, { maxLength: 2 })), {
    maxKeys: 3,
  }),
  requestId: fc.option(word),
});
const aChain = fc
  .array(aContent, { minLength: 1, maxLength: 12 })
  .map((contents): readonly ChainedEntry[] => chainOnto(GENESIS, contents, KEY));
/** A chain and one of its places. */
const aPlace = aChain.chain((chain) => fc.tuple(fc.constant(chain), fc.nat({ max: chain.length - 1 })));

const verify = (entries: readonly ChainedEntry[], question: Partial<ChainQuestion> = {}) =>
  verifyAuditChain(entries, { keys: [KEY], start: GENESIS, ...question });
const faultOf = async (entries: readonly ChainedEntry[], question: Partial<ChainQuestion> = {}) =>
  (await verify(entries, question)).fault;
const headOf = (chain: readonly ChainedEntry[]) => chain.at(-1) ?? { ...GENESIS };

/** Each way to change one part of an entry, as whoever can write to the table could. */
const edits: Readonly<Record<string, (entry: ChainedEntry) => ChainedEntry>> = {
  time: (entry) => ({ ...entry, atMs: entry.atMs + 1 }),
  actor: (entry) => ({ ...entry, actor: `${entry.actor}x` }),
  role: (entry) => ({ ...entry, role: `${entry.role}x` }),
  action: (entry) => ({ ...entry, action: `${entry.action}x` }),
  incident: (entry) => ({ ...entry, incident: entry.incident === null ? "" : null }),
  subjects: (entry) => ({ ...entry, subjects: [...entry.subjects, ""] }),
  detail: (entry) => ({ ...entry, detail: { wrapped: entry.detail } }),
  "request id": (entry) => ({ ...entry, requestId: entry.requestId === null ? "" : null }),
  "where one text ends and the next begins": (entry) => ({
    ...entry,
    actor: "",
    role: `${entry.actor}","${entry.role}x`,
  }),
};

describe("a chain that nobody touched", () => {
  it("is in order, with its length and its head", async () => {
    await fc.assert(
      fc.asyncProperty(aChain, async (chain) => {
        const { seq, hash } = headOf(chain);
        expect(await verify(chain)).toEqual({ entries: chain.length, unchained: 0, head: { seq, hash } });
      }),
    );
  });

  it("is in order whatever the order of names in a detail", async () => {
    await fc.assert(
      fc.asyncProperty(aPlace, async ([chain, at]) => {
        const turned = chain.map((entry, i) =>
          i === at ? { ...entry, detail: Object.fromEntries(Object.entries(entry.detail ?? {}).reverse()) } : entry,
        );
        expect(await faultOf(turned)).toBeUndefined();
      }),
    );
  });

  it("is in order across a change of the key, and not without the former one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aContent, { minLength: 2, maxLength: 6 }), async ([first, ...rest]) => {
        const before = chainOnto(GENESIS, first ? [first] : [], FORMER);
        const chain = [...before, ...chainOnto(headOf(before), rest, KEY)];
        expect(await faultOf(chain, { keys: [KEY, FORMER] })).toBeUndefined();
        expect(await faultOf(chain)).toMatchObject({ seq: 1n });
      }),
    );
  });

  it("may begin with entries from before the chain, which are counted", async () => {
    const [first, second] = chainOnto(GENESIS, [content(), content()], KEY).map((entry) => ({ ...entry, hash: "" }));
    const legacy = [first, second].flatMap((entry) => entry ?? []);
    const begins = { ...content(), action: CHAIN_BEGINS };
    const chain = [...legacy, ...chainOnto({ seq: 2n, hash: "" }, [begins, content()], KEY)];
    expect(await verify(chain)).toMatchObject({ entries: 4, unchained: 2, head: { seq: 4n } });
  });
});

describe("the first bad entry is named when somebody", () => {
  it.each(Object.keys(edits))("changes the %s of an entry", async (part) => {
    await fc.assert(
      fc.asyncProperty(aPlace, async ([chain, at]) => {
        const edited = chain.map((entry, i) => (i === at ? (edits[part]?.(entry) ?? entry) : entry));
        expect(await faultOf(edited)).toEqual({ kind: "changed", seq: BigInt(at + 1) });
      }),
    );
  });

  it("changes the hash of an entry", async () => {
    await fc.assert(
      fc.asyncProperty(aPlace, async ([chain, at]) => {
        const hash = "0".repeat(64);
        const edited = chain.map((entry, i) => (i === at ? { ...entry, hash } : entry));
        const kind = at === chain.length - 1 ? "changed" : "link";
        expect(await faultOf(edited)).toEqual({ kind, seq: BigInt(at + 1) });
      }),
    );
  });

  it("takes the hash of an entry away", async () => {
    await fc.assert(
      fc.asyncProperty(aPlace, async ([chain, at]) => {
        fc.pre(at > 0);
        const edited = chain.map((entry, i) => (i === at ? { ...entry, hash: "" } : entry));
        expect(await faultOf(edited)).toEqual({ kind: "unchained", seq: BigInt(at + 1) });
      }),
    );
  });

  it("takes the hashes of the first entries away, as if they were from before the chain", async () => {
    await fc.assert(
      fc.asyncProperty(aPlace, async ([chain, at]) => {
        fc.pre(at > 0);
        const edited = chain.map((entry, i) => (i < at ? { ...entry, hash: "" } : entry));
        expect(await faultOf(edited)).toEqual({ kind: "unchained", seq: 1n });
      }),
    );
  });

  it("removes entries from the middle or the beginning", async () => {
    await fc.assert(
      fc.asyncProperty(aPlace, fc.integer({ min: 1, max: 3 }), async ([chain, at], count) => {
        fc.pre(at + count < chain.length);
        const kept = [...chain.slice(0, at), ...chain.slice(at + count)];
        expect(await faultOf(kept)).toEqual({ kind: "missing", seq: BigInt(at + 1) });
      }),
    );
  });

  it("removes an entry and closes the gap in the numbers", async () => {
    await fc.assert(
      fc.asyncProperty(aPlace, async ([chain, at]) => {
        fc.pre(at < chain.length - 1);
        const kept = [...chain.slice(0, at), ...chain.slice(at + 1)];
        const closed = kept.map((entry, i) => ({ ...entry, seq: BigInt(i + 1) }));
        expect(await faultOf(closed)).toMatchObject({ seq: BigInt(at + 1) });
      }),
    );
  });

  it("inserts an entry, whatever key they have", async () => {
    await fc.assert(
      fc.asyncProperty(aPlace, aContent, async ([chain, at], forged) => {
        const before = chain.slice(0, at);
        const [entry] = chainOnto(headOf(before), [forged], Buffer.alloc(32, 99));
        const after = chain.slice(at).map((one) => ({ ...one, seq: one.seq + 1n }));
        const inserted = [...before, ...(entry ? [entry] : []), ...after];
        expect(await faultOf(inserted)).toMatchObject({ seq: BigInt(at + 1) });
      }),
    );
  });

  it("exchanges two entries", async () => {
    await fc.assert(
      fc.asyncProperty(aPlace, fc.nat(), async ([chain, at], other) => {
        const to = other % chain.length;
        fc.pre(at < to);
        const [a, b] = [chain[at], chain[to]];
        const swapped = chain.map((entry, i) => {
          const taken = i === at ? b : i === to ? a : undefined;
          return taken ? { ...taken, seq: entry.seq } : entry;
        });
        expect(await faultOf(swapped)).toMatchObject({ seq: BigInt(at + 1) });
      }),
    );
  });

  it("cuts the end off, when the head was kept elsewhere", async () => {
    await fc.assert(
      fc.asyncProperty(aPlace, async ([chain, at]) => {
        const { seq, hash } = headOf(chain);
        const cut = chain.slice(0, at);
        expect(await faultOf(cut)).toBeUndefined();
        expect(await faultOf(cut, { kept: { seq, hash } })).toEqual({ kind: "missing", seq: BigInt(at + 1) });
      }),
    );
  });

  it("writes the end anew with the very key, when the head was kept elsewhere", async () => {
    await fc.assert(
      fc.asyncProperty(aPlace, async ([chain, at]) => {
        const { seq, hash } = headOf(chain);
        const before = chain.slice(0, at);
        const anew = chainOnto(
          headOf(before),
          chain.slice(at).map((one) => ({ ...one, actor: "x" })),
          KEY,
        );
        const forged = [...before, ...anew];
        expect(await faultOf(forged)).toBeUndefined();
        expect(await faultOf(forged, { kept: { seq, hash } })).toEqual({ kind: "rewritten", seq });
      }),
    );
  });
});

describe("after old entries were removed", () => {
  const chain = chainOnto(GENESIS, Array.from({ length: 5 }, content), KEY);
  const anchorAt = (index: number, key = KEY) => {
    const { seq, hash } = chain[index] ?? GENESIS;
    return { seq, hash, removedAtMs: 1, seal: anchorSeal(key, { seq, hash, removedAtMs: 1 }) };
  };

  it("the rest is in order from the anchor on", async () => {
    const start = startOfChain([anchorAt(1)], [KEY]);
    expect(start).toMatchObject({ seq: 2n });
    if ("kind" in start) return;
    expect(await verify(chain.slice(2), { start })).toMatchObject({ entries: 3, head: { seq: 5n } });
    expect(await faultOf(chain.slice(3), { start })).toEqual({ kind: "missing", seq: 3n });
  });

  it("a head that was kept from the last removed entry must be the anchor's", async () => {
    const start = { seq: 2n, hash: chain[1]?.hash ?? "" };
    expect(await faultOf(chain.slice(2), { start, kept: start })).toBeUndefined();
    const kept = { seq: 2n, hash: "0".repeat(64) };
    expect(await faultOf(chain.slice(2), { start, kept })).toEqual({ kind: "rewritten", seq: 2n });
  });

  it("an anchor that was made up, moved or given another hash is named", () => {
    const good = anchorAt(1);
    for (const bad of [anchorAt(2, FORMER), { ...good, seq: 3n }, { ...good, hash: "" }, { ...good, removedAtMs: 2 }]) {
      expect(startOfChain([bad], [KEY])).toEqual({ kind: "anchor", seq: bad.seq });
    }
    expect(startOfChain([anchorAt(1, FORMER)], [KEY, FORMER])).toMatchObject({ seq: 2n });
  });
});

it("no two values have the same canonical text", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const same = canonicalJson(a) === canonicalJson(b);
      expect(same).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
    }),
  );
});

it("an anchor's seal is no entry's hash, and the key decides", () => {
  const entry = { ...content(), seq: 1n };
  expect(entryHash(KEY, "", entry)).not.toBe(entryHash(FORMER, "", entry));
  expect(entryHash(KEY, "", entry)).not.toBe(anchorSeal(KEY, { seq: 1n, hash: "", removedAtMs: entry.atMs }));
});

function content() {
  const nobody = { actor: "a", role: "r", action: "test.entry", incident: null, requestId: null };
  return { ...nobody, atMs: 1, subjects: ["order:1"], detail: { n: 1 } };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ["list", ...value.map(sorted)];
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .map(([name, member]) => [`key ${name}`, sorted(member)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
