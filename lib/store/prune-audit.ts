/** Removes the oldest entries of the audit trail and leaves a sealed anchor, from which the rest can be verified. */
import "server-only";
import type { PrismaClient } from "@/prisma/generated/client";
import { anchorSeal } from "./audit-chain";
import { PRUNE_LOCK } from "./advisory-locks";

export interface PrunedEntries {
  readonly removed: number;
  /** `seq` of the last removed entry. */
  readonly through: bigint;
}

/** Of one transaction: a request that waits for it must not time out. */
const MAX_REMOVED = 10_000;

/**
 * Entries from before the first one that is not older than `before`, however old later ones say they are: the rest stays
 * a chain. The newest entry always stays. Undefined when there is nothing to remove, or another process is at it.
 */
export async function pruneAudit(prisma: PrismaClient, key: Buffer, before: Date): Promise<PrunedEntries | undefined> {
  let removed = 0;
  for (let through: bigint | undefined; ;) {
    const part = await pruneSome(prisma, key, before);
    if (!part) return through === undefined ? undefined : { removed, through };
    removed += part.removed;
    through = part.through;
  }
}

function pruneSome(prisma: PrismaClient, key: Buffer, before: Date): Promise<PrunedEntries | undefined> {
  return prisma.$transaction(async (work) => {
    const [turn] = await work.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${PRUNE_LOCK}) AS mine`;
    if (!turn?.mine) return undefined;
    const [last] = await work.$queryRaw<{ seq: bigint; hash: string }[]>`
      SELECT seq, hash FROM (SELECT seq, hash, at FROM audit_entries ORDER BY seq LIMIT ${MAX_REMOVED}) AS oldest
      WHERE seq < coalesce((SELECT min(seq) FROM audit_entries WHERE at >= ${before}), 9223372036854775807)
        AND seq < (SELECT max(seq) FROM audit_entries)
      ORDER BY seq DESC LIMIT 1`;
    if (!last) return undefined;
    // For this transaction only; the trigger refuses every other deletion.
    await work.$executeRaw`SELECT set_config('throughline.audit_prune', 'on', true)`;
    const removed = await work.$executeRaw`DELETE FROM audit_entries WHERE seq <= ${last.seq}`;
    await work.$executeRaw`SELECT set_config('throughline.audit_prune', 'off', true)`;
    const removedAt = new Date();
    const seal = anchorSeal(key, { ...last, removedAtMs: removedAt.getTime() });
    await work.auditAnchor.create({ data: { ...last, removedAt, seal } });
    await work.auditAnchor.deleteMany({ where: { seq: { lt: last.seq } } });
    return { removed, through: last.seq };
  });
}
