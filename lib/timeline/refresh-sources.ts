/** Brings the sources of this process to what is stored: one small read when nothing changed. */
import "server-only";
import type { StoredSource } from "@/lib/domain/stored-source";
import { log } from "@/lib/platform/log";
import { reportError } from "@/lib/platform/report-error";
import type { SourceRepository } from "@/lib/store/source-repository";

export interface SourcesInForce {
  /** Of the stored sources that `useSources` was last called with; empty for none. */
  sourceMark: string;
  useSources(fromPage: readonly StoredSource[]): void;
}

/** Never throws: when the database does not answer, the last known sources stay in force. */
export async function refreshSources(
  inForce: SourcesInForce,
  open: () => Promise<Pick<SourceRepository, "mark" | "list">>,
): Promise<void> {
  try {
    const stored = await open();
    if ((await stored.mark()) === inForce.sourceMark) return;
    const { mark, sources } = await stored.list();
    inForce.useSources(sources);
    inForce.sourceMark = mark;
    log("timeline").info({ sources: sources.length }, "sources of the page changed");
  } catch (error) {
    reportError(error, { area: "timeline.sources", expected: true });
  }
}
