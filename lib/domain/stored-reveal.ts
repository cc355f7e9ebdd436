/** Break-glass, as the database keeps it: one person, one class, one incident, a short time. */
import type { FieldClass, Role } from "./role";

export interface StoredReveal {
  readonly id: string;
  readonly userId: string;
  /** Who asked, as they were called then. */
  readonly by: string;
  /** The role they asked in: it opens nothing in another one. */
  readonly role: Role;
  /** Keyed digest of the incident's asked keys. */
  readonly incident: string;
  /** Those keys, sealed. Undefined for what was asked for before they were kept. */
  readonly askedKeys: string | undefined;
  readonly fieldClass: FieldClass;
  readonly reason: string;
  readonly ticket: string;
  readonly askedAt: Date;
  readonly minutes: number;
  readonly needsSecond: boolean;
  /** The second person, as they were called then. */
  readonly approvedBy: string | undefined;
  /** Undefined until it is in force. */
  readonly startsAt: Date | undefined;
  readonly expiresAt: Date | undefined;
  /** Before its time was over, or before it began. */
  readonly endedAt: Date | undefined;
  readonly refusedAt: Date | undefined;
  readonly reviewedAt: Date | undefined;
}

/** `lapsed`: nobody answered in time. `withdrawn`: ended before it began. */
export type RevealState = "waiting" | "in-force" | "over" | "refused" | "withdrawn" | "lapsed";

/** What people or programs wrote down can hold anything: one pair of eyes is not enough. */
export const CONTENT_CLASSES: ReadonlySet<FieldClass> = new Set(["text", "code", "note", "unknown"]);

/** Break-glass is for now: who still needs it later asks again. */
export const REVEAL_WAITS_MS = 3_600_000;

type Times = Pick<StoredReveal, "askedAt" | "startsAt" | "expiresAt" | "endedAt" | "refusedAt">;

export function revealState({ askedAt, startsAt, expiresAt, endedAt, refusedAt }: Times, now: Date): RevealState {
  if (refusedAt) return "refused";
  if (!startsAt || !expiresAt) {
    if (endedAt) return "withdrawn";
    return now.getTime() - askedAt.getTime() < REVEAL_WAITS_MS ? "waiting" : "lapsed";
  }
  return endedAt || expiresAt <= now ? "over" : "in-force";
}
