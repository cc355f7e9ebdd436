/** Reveals in the database. Each step from asked to reviewed happens once: of two people at the same time one wins. */
import "server-only";
import { FieldClass, Role } from "@/lib/domain/role";
import { REVEAL_WAITS_MS, type StoredReveal } from "@/lib/domain/stored-reveal";
import type { PrismaClient, Reveal as RevealRow } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";

export interface NewStoredReveal {
  /** A UUID. */
  readonly id: string;
  readonly userId: string;
  readonly by: string;
  readonly role: Role;
  readonly incident: string;
  /** Sealed to the id. */
  readonly askedKeys: string;
  readonly fieldClass: FieldClass;
  readonly reason: string;
  readonly ticket: string;
  readonly minutes: number;
  readonly needsSecond: boolean;
  readonly askedAt: Date;
}

interface Person {
  readonly userId: string;
  readonly name: string;
}

export interface RevealRepository {
  /** In force at once unless it needs a second person. */
  create(reveal: NewStoredReveal): Promise<StoredReveal>;
  read(id: string): Promise<StoredReveal | undefined>;
  /** Of one person in one incident: those in force, and those that still wait. */
  openOf(userId: string, incident: string, now: Date): Promise<readonly StoredReveal[]>;
  /** Of one person in one incident, at this moment. */
  inForce(userId: string, incident: string, now: Date): Promise<readonly StoredReveal[]>;
  /** All that were in force in one incident at any time, oldest first. */
  ofIncident(incident: string): Promise<readonly StoredReveal[]>;
  /** Asked in [from, to), newest first; of one person, or of everybody. */
  asked(from: Date, to: Date, limitRows: number, userId?: string): Promise<readonly StoredReveal[]>;
  /** The clock starts. Undefined when it does not wait any more, or `by` asked for it. */
  approve(id: string, by: Person, at: Date): Promise<StoredReveal | undefined>;
  /** False as above. */
  refuse(id: string, by: Person, at: Date): Promise<boolean>;
  /** False when there is nothing to end. */
  end(id: string, at: Date): Promise<boolean>;
  /** False when it was never in force, still is, was looked at already, or `by` asked for it. */
  review(id: string, by: Person, at: Date): Promise<boolean>;
}

export function createRevealRepository(prisma: PrismaClient): RevealRepository {
  const read = async (id: string) => (isUuid(id) ? await prisma.reveal.findUnique({ where: { id } }) : null);
  const changes = async (where: Parameters<typeof prisma.reveal.updateMany>[0]) =>
    (await prisma.reveal.updateMany(where)).count === 1;
  return {
    async create({ by, askedAt, ...reveal }) {
      const clock = reveal.needsSecond ? {} : clockOf(askedAt, reveal.minutes);
      return toReveal(await prisma.reveal.create({ data: { ...reveal, ...clock, userName: by, createdAt: askedAt } }));
    },
    async read(id) {
      const row = await read(id);
      return row ? toReveal(row) : undefined;
    },
    async openOf(userId, incident, now) {
      const waits = { startsAt: null, createdAt: { gt: new Date(now.getTime() - REVEAL_WAITS_MS) } };
      const open = { endedAt: null, refusedAt: null, OR: [waits, { expiresAt: { gt: now } }] };
      return (await prisma.reveal.findMany({ where: { userId, incident, ...open } })).map(toReveal);
    },
    async inForce(userId, incident, now) {
      const live = { startsAt: { lte: now }, expiresAt: { gt: now }, endedAt: null, refusedAt: null };
      return (await prisma.reveal.findMany({ where: { userId, incident, ...live } })).map(toReveal);
    },
    async ofIncident(incident) {
      const where = { incident, startsAt: { not: null } };
      return (await prisma.reveal.findMany({ where, orderBy: [{ startsAt: "asc" }, { id: "asc" }] })).map(toReveal);
    },
    async asked(from, to, limitRows, userId) {
      const where = { createdAt: { gte: from, lt: to }, ...(userId !== undefined && { userId }) };
      const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
      return (await prisma.reveal.findMany({ where, orderBy, take: limitRows })).map(toReveal);
    },
    async approve(id, by, at) {
      const row = await read(id);
      if (!row) return undefined;
      const data = { approvedBy: by.userId, approvedByName: by.name, ...clockOf(at, row.minutes) };
      if (!(await changes({ where: waiting(id, by, at), data }))) return undefined;
      return toReveal({ ...row, ...data });
    },
    refuse: async (id, by, at) => isUuid(id) && changes({ where: waiting(id, by, at), data: { refusedAt: at } }),
    async end(id, at) {
      const open = { endedAt: null, refusedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] };
      return isUuid(id) && changes({ where: { id, ...open }, data: { endedAt: at } });
    },
    async review(id, by, at) {
      const over = { startsAt: { not: null }, OR: [{ endedAt: { not: null } }, { expiresAt: { lte: at } }] };
      const where = { id, reviewedAt: null, userId: { not: by.userId }, ...over };
      return isUuid(id) && changes({ where, data: { reviewedAt: at, reviewedBy: by.userId } });
    },
  };
}

function clockOf(startsAt: Date, minutes: number) {
  return { startsAt, expiresAt: new Date(startsAt.getTime() + minutes * 60_000) };
}

/** Nobody is their own second person. */
function waiting(id: string, by: Person, at: Date) {
  const since = new Date(at.getTime() - REVEAL_WAITS_MS);
  const unanswered = { needsSecond: true, startsAt: null, endedAt: null, refusedAt: null, createdAt: { gt: since } };
  return { id, userId: { not: by.userId }, ...unanswered };
}

function toReveal(row: RevealRow): StoredReveal {
  const { userName, fieldClass, createdAt, approvedByName } = row;
  const { id, userId, incident, reason, ticket, minutes, needsSecond } = row;
  return {
    ...{ id, userId, incident, reason, ticket, minutes, needsSecond },
    by: userName,
    askedKeys: row.askedKeys ?? undefined,
    role: Role.parse(row.role),
    fieldClass: FieldClass.parse(fieldClass),
    askedAt: createdAt,
    approvedBy: approvedByName ?? undefined,
    startsAt: row.startsAt ?? undefined,
    expiresAt: row.expiresAt ?? undefined,
    endedAt: row.endedAt ?? undefined,
    refusedAt: row.refusedAt ?? undefined,
    reviewedAt: row.reviewedAt ?? undefined,
  };
}
