/** Grants in the database. Nothing is deleted: a revoked one keeps what somebody was able to see. */
import "server-only";
import type { StoredGrant } from "@/lib/domain/stored-grant";
import type { Grant as GrantRow, PrismaClient } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";

/** Who grants on the server's own command line. */
export const COMMAND_LINE = "00000000-0000-0000-0000-000000000000";

export interface NewStoredGrant {
  /** Made by the store when absent. */
  readonly id?: string;
  readonly userId: string;
  readonly services: readonly string[];
  readonly incident?: string | undefined;
  readonly reason: string;
  /** User id, or `COMMAND_LINE`. */
  readonly createdBy: string;
  readonly expiresAt: Date;
}

export interface GrantRepository {
  create(grant: NewStoredGrant): Promise<StoredGrant>;
  /** Live ones of a person that cover this incident. */
  inForce(userId: string, incident: string, now: Date): Promise<readonly StoredGrant[]>;
  /** All of a person, or of everybody, newest first. */
  list(userId?: string): Promise<readonly StoredGrant[]>;
  /** Undefined when there is no such live one. */
  findLive(id: string, now: Date): Promise<StoredGrant | undefined>;
  /** False when there is no such live one. */
  revoke(id: string, at: Date): Promise<boolean>;
}

export function createGrantRepository(prisma: PrismaClient): GrantRepository {
  return {
    async create({ services, incident, ...grant }) {
      const data = { ...grant, services: [...services], incident: incident ?? null };
      return toGrant(await prisma.grant.create({ data }));
    },
    async inForce(userId, incident, now) {
      const live = { revokedAt: null, expiresAt: { gt: now }, OR: [{ incident: null }, { incident }] };
      return (await prisma.grant.findMany({ where: { userId, ...live } })).map(toGrant);
    },
    async list(userId) {
      const where = userId === undefined ? {} : { userId };
      return (await prisma.grant.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "desc" }] })).map(toGrant);
    },
    async findLive(id, now) {
      const row = isUuid(id) ? await prisma.grant.findFirst({ where: liveAt(id, now) }) : null;
      return row ? toGrant(row) : undefined;
    },
    async revoke(id, at) {
      if (!isUuid(id)) return false;
      return (await prisma.grant.updateMany({ where: liveAt(id, at), data: { revokedAt: at } })).count === 1;
    },
  };
}

const liveAt = (id: string, now: Date) => ({ id, revokedAt: null, expiresAt: { gt: now } });

function toGrant({ createdBy: _createdBy, incident, revokedAt, ...row }: GrantRow): StoredGrant {
  return { ...row, incident: incident ?? undefined, revokedAt: revokedAt ?? undefined };
}
