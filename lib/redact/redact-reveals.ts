/** Break-glass as its reader may know it. That it happened is for everybody; who and why are fields like others. */
import type { RevealView } from "@/lib/contract/reveal";
import { revealState, type StoredReveal } from "@/lib/domain/stored-reveal";
import { askedKeyReferences, redactAskedKeys } from "./redact-asked-keys";
import type { RedactionContext } from "./redaction-context";
import { scrubText } from "./scrub-text";

const OVERDUE_MS = 7 * 24 * 3_600_000;

export interface RevealReader {
  readonly userId: string;
  readonly now: Date;
  /** The keys that a reveal's incident was asked by. Without it, none are told. */
  readonly keysOf?: (reveal: StoredReveal) => readonly string[] | undefined;
}

/** Keeps the order. People always read what they wrote themselves. Pure. */
export function redactReveals(
  reveals: readonly StoredReveal[],
  context: RedactionContext,
  { userId, now, keysOf }: RevealReader,
): RevealView[] {
  const { base, pseudonyms } = context;
  const readsStaff = base.treat("staff") === "show";
  const notes = base.treat("note");
  const reasonOf = ({ reason }: StoredReveal): string => {
    if (notes === "show") return reason;
    return notes === "scrub" ? scrubText(reason, pseudonyms) : "";
  };
  return reveals.map((reveal) => {
    const mine = reveal.userId === userId;
    const { id, role, fieldClass, ticket, minutes, needsSecond, approvedBy } = reveal;
    const keys = keysOf?.(reveal);
    return {
      ...{ id, role, fieldClass, minutes, needsSecond, mine },
      ...(keys && {
        incident: { keys: redactAskedKeys(keys, context), references: askedKeyReferences(keys, context) },
      }),
      by: readsStaff || mine ? reveal.by : "a person",
      reason: mine ? reveal.reason : reasonOf(reveal),
      ticket: mine || base.reads("note") ? ticket : "",
      state: revealState(reveal, now),
      approvedBy: approvedBy === undefined ? null : readsStaff ? approvedBy : "a person",
      askedAt: reveal.askedAt.toISOString(),
      startsAt: reveal.startsAt?.toISOString() ?? null,
      expiresAt: reveal.expiresAt?.toISOString() ?? null,
      endedAt: reveal.endedAt?.toISOString() ?? null,
      reviewedAt: reveal.reviewedAt?.toISOString() ?? null,
      overdue: isOverdue(reveal, now),
    };
  });
}

function isOverdue(reveal: StoredReveal, now: Date): boolean {
  const { endedAt, expiresAt, reviewedAt } = reveal;
  if (reviewedAt || revealState(reveal, now) !== "over") return false;
  const over = endedAt ?? expiresAt ?? now;
  return now.getTime() - over.getTime() > OVERDUE_MS;
}
