/** Removes audit entries that are older than the installation keeps them, and says so in the trail. */
import "server-only";
import { reportError } from "@/lib/platform/report-error";
import type { PrunedEntries } from "@/lib/store/prune-audit";
import { store, type Store } from "@/lib/store/open-store";

const DAY_MS = 86_400_000;
/** So that a process that is restarted every day prunes too. */
const FIRST_AFTER_MS = 10 * 60_000;

/** `actor`: `command`, or `system` for the program's own work. Undefined when there was nothing to remove. */
export async function pruneAudit(
  { audit }: Pick<Store, "audit">,
  before: Date,
  actor: "command" | "system",
): Promise<PrunedEntries | undefined> {
  const pruned = await audit.prune(before);
  if (!pruned) return undefined;
  const detail = { before: before.toISOString(), removed: pruned.removed, through: Number(pruned.through) };
  await audit.append({ actor, role: "none", action: "audit.prune", detail });
  return pruned;
}

export function retentionStart(days: number, now: Date): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

/** From now on once a day, without holding the process. Of several processes one finds something to do. */
export function pruneAuditDaily(days: number): void {
  const prune = (): void => {
    const work = async () => pruneAudit(await store(), retentionStart(days, new Date()), "system");
    work().catch((error: unknown) => {
      reportError(error, { area: "audit.retention", expected: false });
    });
  };
  setTimeout(prune, FIRST_AFTER_MS).unref();
  setInterval(prune, DAY_MS).unref();
}
