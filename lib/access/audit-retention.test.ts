import { expect, it } from "vitest";
import type { AuditEntry } from "@/lib/store/audit-entry";
import type { AuditRepository } from "@/lib/store/audit-repository";
import { pruneAudit, retentionStart } from "./audit-retention";

function aTrail(pruned: Awaited<ReturnType<AuditRepository["prune"]>>) {
  const entries: AuditEntry[] = [];
  const audit = {
    prune: async () => pruned,
    append: async (entry: AuditEntry) => void entries.push(entry),
  } as unknown as AuditRepository;
  return { entries, audit };
}

it("says in the trail what was removed, up to which entry and by which age", async () => {
  const { entries, audit } = aTrail({ removed: 7, through: 9n });
  const before = retentionStart(30, new Date("2026-11-26T00:00:00Z"));
  await pruneAudit({ audit }, before, "system");
  const detail = { before: "2026-10-27T00:00:00.000Z", removed: 7, through: 9 };
  expect(entries).toEqual([{ actor: "system", role: "none", action: "audit.prune", detail }]);
});

it("says nothing when there was nothing to remove", async () => {
  const { entries, audit } = aTrail(undefined);
  expect(await pruneAudit({ audit }, new Date(), "command")).toBeUndefined();
  expect(entries).toEqual([]);
});
