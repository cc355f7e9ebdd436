/** Key rules made on the page. A change names the version it was made from, so that nobody overwrites what they did not see. */
import "server-only";
import { KeyRule } from "@/lib/domain/key-rule";
import type { StoredKeyRule } from "@/lib/domain/stored-key-rule";
import { Prisma, type KeyRule as KeyRuleRow, type PrismaClient } from "@/prisma/generated/client";
import { isUuid } from "./is-uuid";

export interface KeyRuleAuthor {
  readonly userId: string;
  readonly name: string;
}

/** `missing`: no such rule. `stale`: it was changed since that version. `taken`: another rule has the name. */
export type KeyRuleRefusal = "missing" | "stale" | "taken";

export interface KeyRuleRepository {
  /** Changes whenever any rule does, and costs one small read. Equal marks mean equal rules. */
  mark(): Promise<string>;
  /** By name, with the mark of exactly these rules. */
  list(): Promise<{ readonly mark: string; readonly rules: readonly StoredKeyRule[] }>;
  create(rule: KeyRule, author: KeyRuleAuthor): Promise<StoredKeyRule | "taken">;
  update(id: string, version: number, rule: KeyRule, author: KeyRuleAuthor): Promise<StoredKeyRule | KeyRuleRefusal>;
  remove(id: string, version: number): Promise<StoredKeyRule | "missing" | "stale">;
}

export function createKeyRuleRepository(prisma: PrismaClient): KeyRuleRepository {
  const find = async (id: string) => (isUuid(id) ? prisma.keyRule.findUnique({ where: { id } }) : null);
  return {
    async mark() {
      return markOf(await prisma.keyRule.findMany({ select: { id: true, version: true } }));
    },
    async list() {
      const rows = await prisma.keyRule.findMany({ orderBy: { name: "asc" } });
      return { mark: markOf(rows), rules: rows.map(toStored) };
    },
    create: (rule, { userId, name }) =>
      refusingTakenNames(async () =>
        toStored(await prisma.keyRule.create({ data: { ...dataOf(rule), updatedBy: userId, updatedByName: name } })),
      ),
    async update(id, version, rule, { userId, name }) {
      const before = await find(id);
      if (!before) return "missing";
      return refusingTakenNames(async () => {
        const data = { ...dataOf(rule), version: version + 1, updatedBy: userId, updatedByName: name };
        // The version is part of the condition: of two savers at once exactly one meets it.
        const changed = await prisma.keyRule.updateManyAndReturn({
          where: { id, version },
          data: { ...data, updatedAt: new Date() },
        });
        return changed[0] ? toStored(changed[0]) : "stale";
      });
    },
    async remove(id, version) {
      const before = await find(id);
      if (!before) return "missing";
      const { count } = await prisma.keyRule.deleteMany({ where: { id, version } });
      return count === 1 ? toStored(before) : "stale";
    },
  };
}

function dataOf(rule: KeyRule) {
  return { name: rule.name, rule };
}

/** Ids are never used again and versions only rise, so the set of both names one state of the table. */
function markOf(rows: readonly Pick<KeyRuleRow, "id" | "version">[]): string {
  return rows
    .map(({ id, version }) => `${id}:${String(version)}`)
    .sort()
    .join(" ");
}

async function refusingTakenNames<T>(write: () => Promise<T>): Promise<T | "taken"> {
  try {
    return await write();
  } catch (error) {
    // P2002: a unique constraint, and the name is the only one a writer can hit.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return "taken";
    throw error;
  }
}

function toStored({ id, name, rule, version, updatedAt, updatedByName }: KeyRuleRow): StoredKeyRule {
  const parsed = KeyRule.safeParse(rule);
  return { id, name, rule: parsed.success ? parsed.data : undefined, version, updatedAt, by: updatedByName };
}
