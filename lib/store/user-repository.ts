/** People in the database. Addresses are folded to lower case here and nowhere else. */
import "server-only";
import { Role } from "@/lib/domain/role";
import type { PrismaClient, User as UserRow } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";
import type { User } from "./user";
import { PEOPLE_LOCK } from "./advisory-locks";

export interface NewUser {
  /** A UUID, for those who record the person before there is one. */
  readonly id?: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly roles: readonly Role[];
  readonly teams?: readonly string[];
  readonly passwordHash: string | null;
  readonly oidcSubject?: string;
}

export interface UserChange {
  readonly name?: string;
  readonly role?: Role;
  readonly roles?: readonly Role[];
  readonly teams?: readonly string[];
  readonly passwordHash?: string;
  readonly oidcSubject?: string;
  readonly disabledAt?: Date | null;
  /** Ends every session of the person. */
  readonly endSessions?: true;
}

export interface UserRepository {
  findById(id: string): Promise<User | null>;
  findByEmail(email: string): Promise<User | null>;
  findByOidcSubject(subject: string): Promise<User | null>;
  /** Ascending by email. */
  list(): Promise<readonly User[]>;
  /** Whether anybody has this role, disabled people too. */
  isHeld(role: Role): Promise<boolean>;
  /** Null when the address is taken. */
  create(user: NewUser): Promise<User | null>;
  /** Null when there is no such user. */
  update(id: string, change: UserChange): Promise<User | null>;
  /**
   * The same, unless nobody else who is not disabled would have one of `roles` afterwards. Of two people who take each
   * other's role away at the same time, one succeeds.
   */
  updateUnlessLast(id: string, change: UserChange, roles: readonly Role[]): Promise<User | null | "last">;
  /**
   * Notes a sign-in attempt before its password is checked. False when another attempt was noted in between: read the
   * user again. Without this, a hundred attempts at once would all see "four failures so far".
   */
  noteAttempt(seen: Pick<User, "id" | "failedSignIns" | "lockedUntil">, lockedUntil: Date | null): Promise<boolean>;
  /** Forgets failed attempts after a success. */
  clearAttempts(id: string): Promise<void>;
}

/** Undoes the transaction. */
class LastHolder extends Error {}

export function createUserRepository(prisma: PrismaClient): UserRepository {
  const orNull = (row: UserRow | null) => (row ? toUser(row) : null);
  return {
    async findById(id) {
      if (!isUuid(id)) return null;
      return orNull(await prisma.user.findUnique({ where: { id } }));
    },
    findByEmail: async (email) => orNull(await prisma.user.findUnique({ where: { email: foldEmail(email) } })),
    findByOidcSubject: async (oidcSubject) => orNull(await prisma.user.findUnique({ where: { oidcSubject } })),
    list: async () => (await prisma.user.findMany({ orderBy: { email: "asc" } })).map(toUser),
    isHeld: async (role) => (await prisma.user.count({ where: { roles: { has: role } } })) > 0,
    async create({ roles, teams = [], ...user }) {
      const email = foldEmail(user.email);
      const { count } = await prisma.user.createMany({
        data: [{ ...user, email, roles: [...roles], teams: [...teams] }],
        skipDuplicates: true,
      });
      return count === 0 ? null : orNull(await prisma.user.findUnique({ where: { email } }));
    },
    async update(id, change) {
      if (!isUuid(id)) return null;
      const { count } = await prisma.user.updateMany({ where: { id }, data: dataOf(change) });
      if (change.endSessions) await endSessionsOf(id, prisma);
      return count === 0 ? null : orNull(await prisma.user.findUnique({ where: { id } }));
    },
    async updateUnlessLast(id, change, roles) {
      if (!isUuid(id)) return null;
      return prisma
        .$transaction(async (work) => {
          await work.$executeRaw`SELECT pg_advisory_xact_lock(${PEOPLE_LOCK})`;
          const holds = { disabledAt: null, roles: { hasSome: [...roles] } };
          const before = await work.user.count({ where: holds });
          const { count } = await work.user.updateMany({ where: { id }, data: dataOf(change) });
          const isLast = before > 0 && (await work.user.count({ where: holds })) === 0;
          if (isLast) throw new LastHolder();
          if (change.endSessions) await endSessionsOf(id, work);
          return count === 0 ? null : orNull(await work.user.findUnique({ where: { id } }));
        })
        .catch((error: unknown) => {
          if (error instanceof LastHolder) return "last";
          throw error;
        });
    },
    async noteAttempt(seen, lockedUntil) {
      const { count } = await prisma.user.updateMany({
        where: { id: seen.id, failedSignIns: seen.failedSignIns, lockedUntil: seen.lockedUntil },
        data: { failedSignIns: seen.failedSignIns + 1, lockedUntil },
      });
      return count === 1;
    },
    async clearAttempts(id) {
      await prisma.user.updateMany({ where: { id }, data: { failedSignIns: 0, lockedUntil: null } });
    },
  };
}

/** The raised version has ended them already; the rows tell the person's own list so. */
async function endSessionsOf(userId: string, work: Pick<PrismaClient, "session">): Promise<void> {
  await work.session.updateMany({ where: { userId, endedAt: null }, data: { endedAt: new Date() } });
}

function dataOf({ endSessions, roles, teams, ...change }: UserChange) {
  return {
    ...change,
    ...(roles && { roles: [...roles] }),
    ...(teams && { teams: [...teams] }),
    ...(endSessions && { sessionVersion: { increment: 1 } }),
  };
}

function foldEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Throws on a role this version does not know: such a person can do nothing until an admin decides. */
export function toUser(row: UserRow): User {
  return { ...row, role: Role.parse(row.role), roles: row.roles.map((role) => Role.parse(role)) };
}
