/** Rules of alerting as their sources define them, from one time to another. */
import "server-only";
import type { RuleDefinition } from "@/lib/domain/alert-history";
import type { PrismaClient } from "@/prisma/generated/client";

export interface DefinedRule {
  readonly rule: string;
  readonly name: string;
  /** Changes with what is defined. */
  readonly hash: string;
  readonly definition: RuleDefinition;
}

export interface RuleVersionRepository {
  /**
   * What a source defines now. A changed rule gets a new version; with `mayRemove` one that is not there any more has ended.
   * One call at a time for each source.
   */
  take(source: string, rules: readonly DefinedRule[], mayRemove: boolean, now: Date): Promise<void>;
}

export function createRuleVersionRepository(prisma: PrismaClient): RuleVersionRepository {
  return {
    async take(source, rules, mayRemove, now) {
      const current = await prisma.ruleVersion.findMany({
        where: { source, validTo: null },
        select: { id: true, rule: true, hash: true },
      });
      const hashes = new Map(current.map(({ rule, hash }) => [rule, hash]));
      const defined = new Map(rules.map((one) => [one.rule, one.hash]));
      const begun = rules.filter(({ rule, hash }) => hashes.get(rule) !== hash);
      const ended = current.filter(({ rule, hash }) => {
        const known = defined.get(rule);
        return known === undefined ? mayRemove : known !== hash;
      });
      if (begun.length + ended.length === 0) return;
      await prisma.$transaction([
        prisma.ruleVersion.updateMany({ where: { id: { in: ended.map(({ id }) => id) } }, data: { validTo: now } }),
        prisma.ruleVersion.createMany({ data: begun.map((one) => ({ ...one, source, validFrom: now })) }),
      ]);
    },
  };
}
