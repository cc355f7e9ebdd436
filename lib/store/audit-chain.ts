/**
 * What ties audit entries together: each entry's hash covers the entry and the hash before it, under a key that is not in
 * the database. Who can write to the table alone can neither change an entry nor make a new one that fits. Pure.
 */
import { createHmac } from "node:crypto";

/** An entry as it is stored, without its hash. */
export interface ChainedContent {
  readonly seq: bigint;
  /** Milliseconds since 1970: the column keeps no finer time. */
  readonly atMs: number;
  readonly actor: string;
  readonly role: string;
  readonly action: string;
  readonly incident: string | null;
  readonly subjects: readonly string[];
  /** Any JSON value: what somebody else wrote into the table must be readable too. */
  readonly detail: unknown;
  readonly requestId: string | null;
}

/** Hex; empty for entries from before the chain. */
export interface ChainedEntry extends ChainedContent {
  readonly hash: string;
}

/** Where a chain stands, or begins. `GENESIS` when nothing was ever written. */
export interface ChainLink {
  readonly seq: bigint;
  readonly hash: string;
}

export const GENESIS: ChainLink = { seq: 0n, hash: "" };

/** The first entry with a hash, where entries from before the chain stand before it. */
export const CHAIN_BEGINS = "audit.chain-begins";

/** What the last removed entry was, sealed so that nobody can invent one. */
export interface SealedAnchor extends ChainLink {
  readonly removedAtMs: number;
  readonly seal: string;
}

/** Hex of HMAC-SHA-256 over the hash before and the canonical entry. The hash before is hex or empty, so it ends at its line. */
export function entryHash(key: Buffer, previousHash: string, content: ChainedContent): string {
  return createHmac("sha256", key)
    .update(`entry\n${previousHash}\n${canonicalEntry(content)}`)
    .digest("hex");
}

/** Hex. Begins otherwise than an entry, so that the one never passes for the other. */
export function anchorSeal(key: Buffer, { seq, hash, removedAtMs }: Omit<SealedAnchor, "seal">): string {
  const text = canonicalJson({ hash, removedAtMs, seq: String(seq) });
  return createHmac("sha256", key).update(`anchor\n${text}`).digest("hex");
}

/** Chains new entries onto `tail`, in their order. */
export function chainOnto(
  tail: ChainLink,
  contents: readonly Omit<ChainedContent, "seq">[],
  key: Buffer,
): readonly ChainedEntry[] {
  let { seq, hash } = tail;
  return contents.map((content) => {
    seq += 1n;
    const numbered = { ...content, seq };
    hash = entryHash(key, hash, numbered);
    return { ...numbered, hash };
  });
}

function canonicalEntry({
  seq,
  atMs,
  actor,
  role,
  action,
  incident,
  subjects,
  detail,
  requestId,
}: ChainedContent): string {
  return canonicalJson({ seq: String(seq), atMs, actor, role, action, incident, subjects, detail, requestId });
}

/** JSON without spaces and with sorted names: equal values, and only those, give equal texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}
