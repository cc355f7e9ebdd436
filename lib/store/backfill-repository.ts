/** Which source's own history was taken over, and what of it is missing. */
import "server-only";
import { randomUUID } from "node:crypto";
import type { FiringHistory, HistoryGap } from "@/lib/domain/firing-history";
import type { Prisma, PrismaClient } from "@/prisma/generated/client";

export interface ClaimedBackfill {
  /** As the first try asked: later ones ask the same. */
  readonly from: Date;
  readonly to: Date;
  /** This one included. */
  readonly attempt: number;
}

/** A fire that history holds already. */
export interface KnownFire {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: Date;
  /** When it ended; when it was last seen for one that is open. */
  readonly until: Date;
}

export interface BackfillRepository {
  /** Of several processes at once exactly one gets it. Undefined when it is finished, or not due. */
  claim(
    source: string,
    range: { readonly from: Date; readonly to: Date },
    now: Date,
    until: Date,
  ): Promise<ClaimedBackfill | undefined>;
  /** Fires of alerts with these names that overlap the range. */
  knownFires(names: readonly string[], from: Date, to: Date): Promise<readonly KnownFire[]>;
  /** Hours that the history told count as heard. `nextAt`: when to try again; null ends it. */
  settle(source: string, outcome: BackfillOutcome, now: Date, nextAt: Date | null): Promise<void>;
  /** The next look takes it over again. False when it never was. */
  again(source: string): Promise<boolean>;
}

export interface BackfillOutcome extends Pick<FiringHistory, "read"> {
  readonly gaps: readonly HistoryGap[];
  /** Fires that are new. */
  readonly fires: number;
}

export function createBackfillRepository(prisma: PrismaClient): BackfillRepository {
  return {
    async claim(source, { from, to }, now, until) {
      const [row] = await prisma.$queryRaw<{ from_at: Date; to_at: Date; attempts: number }[]>`
        INSERT INTO backfills AS known (source, from_at, to_at, claimed_until, attempts)
        VALUES (${source}, ${from}::timestamptz, ${to}::timestamptz, ${until}::timestamptz, 1)
        ON CONFLICT (source) DO UPDATE SET claimed_until = excluded.claimed_until, attempts = known.attempts + 1
        WHERE known.finished_at IS NULL AND known.claimed_until <= ${now}::timestamptz
        RETURNING from_at, to_at, attempts`;
      return row && { from: row.from_at, to: row.to_at, attempt: row.attempts };
    },
    async knownFires(names, from, to) {
      const rows = await prisma.fire.findMany({
        where: {
          ...{ name: { in: [...names] }, startsAt: { lt: to } },
          OR: [{ endsAt: null }, { endsAt: { gte: from } }],
        },
        select: { name: true, labels: true, startsAt: true, endsAt: true, lastSeenAt: true },
      });
      return rows.map(({ name, labels, startsAt, endsAt, lastSeenAt }) => {
        return { name, labels: textsOf(labels), startsAt, until: endsAt ?? lastSeenAt };
      });
    },
    async settle(source, { read, gaps, fires }, now, nextAt) {
      const spans = read.map(({ fromMs, toMs }) => {
        return { id: randomUUID(), source, fromAt: new Date(fromMs), toAt: new Date(toMs), how: "rebuilt" };
      });
      await prisma.$transaction([
        prisma.coverageSpan.deleteMany({ where: { source, how: "rebuilt" } }),
        prisma.coverageSpan.createMany({ data: spans }),
        prisma.backfill.update({
          where: { source },
          data: {
            ...{ gaps: gaps.map((gap) => ({ ...gap })), fires: { increment: fires } },
            ...(nextAt ? { claimedUntil: nextAt } : { claimedUntil: now, finishedAt: now }),
          },
        }),
      ]);
    },
    async again(source) {
      const { count } = await prisma.backfill.deleteMany({ where: { source } });
      return count > 0;
    },
  };
}

function textsOf(stored: Prisma.JsonValue): Record<string, string> {
  if (typeof stored !== "object" || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, String(value)]));
}
