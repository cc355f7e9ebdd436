/** Requests for standing access. Nothing is deleted: the monthly review counts them. */
import "server-only";
import { z } from "zod";
import { Role } from "@/lib/domain/role";
import { REQUEST_STATES, type StoredAccessRequest } from "@/lib/domain/stored-access-request";
import type { AccessRequest as RequestRow, PrismaClient } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";

export interface NewStoredAccessRequest {
  readonly userId: string;
  readonly by: string;
  readonly role: Role;
  readonly kind: StoredAccessRequest["kind"];
  readonly wanted: string;
  readonly reason: string;
  readonly askedAt: Date;
}

export interface RequestAnswer {
  readonly state: "granted" | "refused" | "withdrawn";
  readonly answer: string;
  readonly answeredBy: string;
  readonly answeredAt: Date;
}

export interface AccessRequestRepository {
  create(request: NewStoredAccessRequest): Promise<StoredAccessRequest>;
  read(id: string): Promise<StoredAccessRequest | undefined>;
  /** Newest first; of one person, or of everybody. */
  list(limitRows: number, userId?: string): Promise<readonly StoredAccessRequest[]>;
  /** Asked in [from, to), newest first. */
  asked(from: Date, to: Date, limitRows: number): Promise<readonly StoredAccessRequest[]>;
  /** False when it is not open any more. */
  answer(id: string, answer: RequestAnswer): Promise<boolean>;
  /** Undoes an answer whose effect failed. */
  reopen(id: string): Promise<void>;
}

const NEWEST_FIRST = [{ createdAt: "desc" as const }, { id: "desc" as const }];
const Kind = z.enum(["role", "class"]);
const State = z.enum(REQUEST_STATES);

export function createAccessRequestRepository(prisma: PrismaClient): AccessRequestRepository {
  return {
    async create({ by, askedAt, ...request }) {
      return toRequest(await prisma.accessRequest.create({ data: { ...request, userName: by, createdAt: askedAt } }));
    },
    async read(id) {
      const row = isUuid(id) ? await prisma.accessRequest.findUnique({ where: { id } }) : null;
      return row ? toRequest(row) : undefined;
    },
    async list(limitRows, userId) {
      const where = userId === undefined ? {} : { userId };
      const rows = await prisma.accessRequest.findMany({ where, orderBy: NEWEST_FIRST, take: limitRows });
      return rows.map(toRequest);
    },
    async asked(from, to, limitRows) {
      const where = { createdAt: { gte: from, lt: to } };
      const rows = await prisma.accessRequest.findMany({ where, orderBy: NEWEST_FIRST, take: limitRows });
      return rows.map(toRequest);
    },
    async answer(id, data) {
      if (!isUuid(id)) return false;
      return (await prisma.accessRequest.updateMany({ where: { id, state: "open" }, data })).count === 1;
    },
    async reopen(id) {
      const data = { state: "open", answer: "", answeredBy: null, answeredAt: null };
      await prisma.accessRequest.updateMany({ where: { id }, data });
    },
  };
}

function toRequest(row: RequestRow): StoredAccessRequest {
  const { id, userId, wanted, reason, answer } = row;
  return {
    ...{ id, userId, wanted, reason, answer },
    by: row.userName,
    role: Role.parse(row.role),
    kind: Kind.parse(row.kind),
    state: State.parse(row.state),
    askedAt: row.createdAt,
    answeredAt: row.answeredAt ?? undefined,
  };
}
