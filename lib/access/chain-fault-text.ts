/** What is wrong with the audit chain, for operators and readers of the trail. Pure. */
import { assertNever } from "@/lib/domain/assert-never";
import type { ChainLink } from "@/lib/store/audit-chain";
import type { ChainFault } from "@/lib/store/verify-audit-chain";

/** `start`: what the first checked entry follows. */
export function chainFaultText({ kind, seq }: ChainFault, start: ChainLink): string {
  const number = String(seq);
  switch (kind) {
    case "missing":
      return start.seq + 1n === seq
        ? `Entry ${number} is missing: the trail no longer begins where it should.`
        : `Entry ${number} is missing.`;
    case "repeated":
      return `Entry ${number} stands there more than once.`;
    case "changed":
      return `Entry ${number} was changed after it was written.`;
    case "link":
      return `Entry ${number} does not follow from the entry before it: it was replaced, moved or made up, or its hash was changed.`;
    case "unchained":
      return `Entry ${number} has no hash, and it is not from before there were hashes.`;
    case "anchor":
      return `The record that entries up to ${number} were removed was not made by this installation.`;
    case "rewritten":
      return `Entry ${number} is not the one whose hash was kept: it or one before it was written anew.`;
    default:
      return assertNever(kind);
  }
}
