/** Published policies. A trigger refuses changes, so there is nothing here to change with: publishing only adds. */
import "server-only";
import { PolicyDocument } from "@/lib/domain/policy";
import type { PolicyVersionEntry, StoredPolicy } from "@/lib/domain/stored-policy";
import { Prisma, type PolicyVersion as PolicyRow, type PrismaClient } from "@/prisma/generated/client";

export interface NewPolicyVersion {
  readonly document: PolicyDocument;
  readonly hash: string;
  readonly note: string;
  readonly restores?: number | undefined;
  readonly by: { readonly userId: string; readonly name: string };
  /** The newest version that the publisher has seen; 0 for none. */
  readonly expected: number;
}

export interface PolicyRepository {
  /** 0 when nothing was published. One small read. */
  newest(): Promise<number>;
  read(version: number): Promise<StoredPolicy | undefined>;
  /** Newest first. */
  list(limitRows: number): Promise<readonly PolicyVersionEntry[]>;
  /** `stale`: somebody published since `expected`. */
  publish(policy: NewPolicyVersion): Promise<StoredPolicy | "stale">;
}

export function createPolicyRepository(prisma: PrismaClient): PolicyRepository {
  const newest = async () => (await prisma.policyVersion.aggregate({ _max: { version: true } }))._max.version ?? 0;
  return {
    newest,
    async read(version) {
      const row = await prisma.policyVersion.findUnique({ where: { version } });
      return row ? toStored(row) : undefined;
    },
    async list(limitRows) {
      const rows = await prisma.policyVersion.findMany({
        orderBy: { version: "desc" },
        take: limitRows,
        omit: { document: true },
      });
      return rows.map(toEntry);
    },
    async publish({ document, hash, note, restores, by, expected }) {
      if ((await newest()) !== expected) return "stale";
      try {
        const data = { document, hash, note, publishedBy: by.userId, publishedByName: by.name };
        // The number is given here, not by the sequence: of two publishers at once exactly one gets it.
        const row = await prisma.policyVersion.create({
          data: { ...data, version: expected + 1, restores: restores ?? null },
        });
        return toStored(row);
      } catch (error) {
        // P2002: the number is taken.
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return "stale";
        throw error;
      }
    },
  };
}

function toEntry({
  version,
  hash,
  note,
  restores,
  publishedByName,
  publishedAt,
}: Omit<PolicyRow, "document">): PolicyVersionEntry {
  return { version, hash, note, restores: restores ?? undefined, by: publishedByName, at: publishedAt };
}

function toStored(row: PolicyRow): StoredPolicy {
  const parsed = PolicyDocument.safeParse(row.document);
  return { ...toEntry(row), document: parsed.success ? parsed.data : undefined };
}
