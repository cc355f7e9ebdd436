/**
 * Walks the audit chain and names the first entry that is not as it was written. In: entries in ascending order, as a
 * stream, so that a trail of any length is verified in constant memory. Pure.
 */
import {
  anchorSeal,
  CHAIN_BEGINS,
  entryHash,
  GENESIS,
  type ChainedEntry,
  type ChainLink,
  type SealedAnchor,
} from "./audit-chain";

export type ChainFaultKind =
  /** No entry has this number. */
  | "missing"
  /** The number stands twice, or out of order. */
  | "repeated"
  /** The entry is not what its hash was made of; the next entry still follows from that hash. */
  | "changed"
  /** The entry does not follow from the one before it: replaced, moved, forged, or its hash was changed. */
  | "link"
  /** Without a hash, and not from before the chain. */
  | "unchained"
  /** The record of what was removed was not made by this installation. */
  | "anchor"
  /** Another entry than the one whose hash was kept elsewhere. */
  | "rewritten";

export interface ChainFault {
  readonly kind: ChainFaultKind;
  /** The first number that is wrong. */
  readonly seq: bigint;
}

export interface ChainReport {
  readonly fault?: ChainFault;
  /** Entries that were found in order, with those from before the chain. */
  readonly entries: number;
  /** From before the chain: nothing proves them. */
  readonly unchained: number;
  /** The last entry that is in order. */
  readonly head: ChainLink;
}

export interface ChainQuestion {
  /** The current key first. Each entry may have been made with any of them. */
  readonly keys: readonly Buffer[];
  /** What the first entry follows. */
  readonly start: ChainLink;
  /** A head that was kept elsewhere: the chain must still contain it. */
  readonly kept?: ChainLink | undefined;
}

export async function verifyAuditChain(
  entries: AsyncIterable<ChainedEntry> | Iterable<ChainedEntry>,
  { keys, start, kept }: ChainQuestion,
): Promise<ChainReport> {
  let head = start;
  let count = 0;
  let unchained = 0;
  let suspect: ChainedEntry | undefined;
  const report = (fault?: ChainFault): ChainReport => ({ entries: count, unchained, head, ...(fault && { fault }) });
  const follows = matcher(keys);
  if (kept?.seq === start.seq && kept.hash !== start.hash) return report({ kind: "rewritten", seq: start.seq });
  for await (const entry of entries) {
    // The entry after a bad one tells whether the bad one still has its own hash.
    if (suspect) return report({ kind: follows(suspect.hash, entry) ? "changed" : "link", seq: suspect.seq });
    const expected = head.seq + 1n;
    if (entry.seq > expected) return report({ kind: "missing", seq: expected });
    if (entry.seq < expected) return report({ kind: "repeated", seq: entry.seq });
    if (entry.hash === "" && head.hash === "") unchained++;
    else if (entry.hash === "") return report({ kind: "unchained", seq: entry.seq });
    else if (unchained > 0 && head.hash === "" && entry.action !== CHAIN_BEGINS) {
      return report({ kind: "unchained", seq: start.seq + 1n });
    } else if (!follows(head.hash, entry)) {
      suspect = entry;
      continue;
    }
    if (kept?.seq === entry.seq && kept.hash !== entry.hash) return report({ kind: "rewritten", seq: entry.seq });
    head = { seq: entry.seq, hash: entry.hash };
    count++;
  }
  if (suspect) return report({ kind: "changed", seq: suspect.seq });
  if (kept && kept.seq > head.seq) return report({ kind: "missing", seq: head.seq + 1n });
  return report();
}

/** Where the chain begins after old entries were removed; a fault when an anchor was not made with one of the keys. */
export function startOfChain(anchors: readonly SealedAnchor[], keys: readonly Buffer[]): ChainLink | ChainFault {
  const foreign = anchors.find((anchor) => !keys.some((key) => anchorSeal(key, anchor) === anchor.seal));
  if (foreign) return { kind: "anchor", seq: foreign.seq };
  return anchors.reduce<ChainLink>((last, { seq, hash }) => (seq > last.seq ? { seq, hash } : last), GENESIS);
}

/** Tries the key that fitted last first: between two changes of the key all entries have the same one. */
function matcher(keys: readonly Buffer[]): (previousHash: string, entry: ChainedEntry) => boolean {
  let order = [...keys];
  return (previousHash, entry) => {
    const fitting = order.find((key) => entryHash(key, previousHash, entry) === entry.hash);
    if (!fitting) return false;
    if (fitting !== order[0]) order = [fitting, ...order.filter((key) => key !== fitting)];
    return true;
  };
}
