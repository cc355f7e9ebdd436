/** Every column that holds sealed values, in one list: rotation and its report walk it, and a new column joins here. */
import "server-only";
import type { PrismaClient } from "@/prisma/generated/client";

export interface SealedValue {
  readonly id: string;
  readonly sealed: string;
}

export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** By id, after the given one. */
  page(after: string | undefined, take: number): Promise<readonly SealedValue[]>;
  /** False when the value is no longer the one that was read: somebody wrote a new one meanwhile. */
  swap(value: SealedValue, sealed: string): Promise<boolean>;
}

export function sealedColumns(prisma: PrismaClient): readonly SealedColumn[] {
  return [
    {
      ...{ table: "lasting_keys", column: "sealed" },
      async page(after, take) {
        const where = after === undefined ? {} : { purpose: { gt: after } };
        const rows = await prisma.lastingKey.findMany({ where, orderBy: { purpose: "asc" }, take });
        return rows.map(({ purpose, sealed }) => ({ id: purpose, sealed }));
      },
      swap: async ({ id, sealed }, anew) =>
        changed(await prisma.lastingKey.updateMany({ where: { purpose: id, sealed }, data: { sealed: anew } })),
    },
    {
      ...{ table: "sources", column: "secrets" },
      async page(after, take) {
        const where = { secrets: { not: null }, ...(after !== undefined && { id: { gt: after } }) };
        const rows = await prisma.storedSource.findMany({ where, orderBy: { id: "asc" }, take });
        return rows.flatMap(({ id, secrets }) => (secrets === null ? [] : [{ id, sealed: secrets }]));
      },
      swap: async ({ id, sealed }, anew) =>
        changed(await prisma.storedSource.updateMany({ where: { id, secrets: sealed }, data: { secrets: anew } })),
    },
    {
      ...{ table: "alert_hooks", column: "secret" },
      async page(after, take) {
        const where = after === undefined ? {} : { id: { gt: after } };
        const rows = await prisma.alertHook.findMany({ where, orderBy: { id: "asc" }, take });
        return rows.map(({ id, secret }) => ({ id, sealed: secret }));
      },
      swap: async ({ id, sealed }, anew) =>
        changed(await prisma.alertHook.updateMany({ where: { id, secret: sealed }, data: { secret: anew } })),
    },
    {
      ...{ table: "alert_hooks", column: "old_secret" },
      async page(after, take) {
        const where = { oldSecret: { not: null }, ...(after !== undefined && { id: { gt: after } }) };
        const rows = await prisma.alertHook.findMany({ where, orderBy: { id: "asc" }, take });
        return rows.flatMap(({ id, oldSecret }) => (oldSecret === null ? [] : [{ id, sealed: oldSecret }]));
      },
      swap: async ({ id, sealed }, anew) =>
        changed(await prisma.alertHook.updateMany({ where: { id, oldSecret: sealed }, data: { oldSecret: anew } })),
    },
    {
      ...{ table: "share_links", column: "question" },
      async page(after, take) {
        const where = after === undefined ? {} : { id: { gt: after } };
        const rows = await prisma.shareLink.findMany({ where, orderBy: { id: "asc" }, take });
        return rows.map(({ id, question }) => ({ id, sealed: question }));
      },
      swap: async ({ id, sealed }, anew) =>
        changed(await prisma.shareLink.updateMany({ where: { id, question: sealed }, data: { question: anew } })),
    },
    {
      ...{ table: "reveals", column: "asked_keys" },
      async page(after, take) {
        const where = { askedKeys: { not: null }, ...(after !== undefined && { id: { gt: after } }) };
        const rows = await prisma.reveal.findMany({ where, orderBy: { id: "asc" }, take });
        return rows.flatMap(({ id, askedKeys }) => (askedKeys === null ? [] : [{ id, sealed: askedKeys }]));
      },
      swap: async ({ id, sealed }, anew) =>
        changed(await prisma.reveal.updateMany({ where: { id, askedKeys: sealed }, data: { askedKeys: anew } })),
    },
    {
      ...{ table: "stand_ins", column: "sealed" },
      async page(after, take) {
        const where = after === undefined ? {} : { name: { gt: after } };
        const rows = await prisma.standIn.findMany({ where, orderBy: { name: "asc" }, take });
        return rows.map(({ name, sealed }) => ({ id: name, sealed }));
      },
      swap: async ({ id, sealed }, anew) =>
        changed(await prisma.standIn.updateMany({ where: { name: id, sealed }, data: { sealed: anew } })),
    },
  ];
}

function changed({ count }: { readonly count: number }): boolean {
  return count === 1;
}
